package io.github.wenliu.operators.newword;

import io.github.wenliu.models.text.NormalizedText;
import io.github.wenliu.models.text.SymbolCodes;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Finds the words of a corpus: counts all n-grams of up to six symbols exactly and scores those of
 * two to five. A text of eight symbols or more counts once, however often it comes. The result is a
 * function of the texts alone, whatever their order; a stream that has read the same texts has the
 * same words.
 *
 * <p>One that is asked once keeps the texts, two bytes a symbol, and counts a part of the shards
 * after the other, so that some 50 MB of n-grams stand in memory at a time; beyond 16 million
 * symbols a sixteenth of all. One that is asked again and again keeps all n-grams, up to fifty
 * bytes a symbol, and takes in what has come since. The two directions are worked on side by side,
 * in the common pool. Not thread-safe.
 */
public final class NewWordDiscoverer implements WordDiscoverer {

  /** A corpus is one epoch. */
  private static final long EPOCH = 0;

  private static final int CHUNK_BYTES = 1 << 16;

  /** Windows that are collected at most before they are counted. */
  private static final int MAX_WINDOWS = 1 << 19;

  /** Symbols of a corpus whose n-grams are counted in one part. */
  private static final long PART_SYMBOLS = 1 << 20;

  private static final int MAX_PARTS = 16;

  private final int minCount;
  private final SymbolCodes codes = new SymbolCodes();
  private final PackedText packed = new PackedText();
  private final SeenTexts seen = new SeenTexts(Long.MAX_VALUE);
  private final SymbolCounts symbolCounts = new SymbolCounts();
  private final SymbolBuffer newest = new SymbolBuffer();

  /** The texts, as {@link SymbolBuffer} packs them. */
  private final List<byte[]> chunks = new ArrayList<>();

  /** By direction, if they are kept; {@code chunks} are then those that are not counted yet. */
  private final NgramTrie[][] kept;

  private final long partSymbols;

  private NewWordDiscoverer(int minCount, NgramTrie[][] kept, long partSymbols) {
    if (minCount < 2) {
      throw new IllegalArgumentException("minCount is " + minCount + ", must be at least 2");
    }
    this.minCount = minCount;
    this.kept = kept;
    this.partSymbols = partSymbols;
  }

  /**
   * One that is asked once.
   *
   * @param minCount occurrences below which nothing is a candidate, at least 2
   */
  public NewWordDiscoverer(int minCount) {
    this(minCount, null, PART_SYMBOLS);
  }

  /** One that is asked once and counts so many symbols in one part. */
  static NewWordDiscoverer inParts(int minCount, long partSymbols) {
    return new NewWordDiscoverer(minCount, null, partSymbols);
  }

  /** One that is asked again and again. */
  public static NewWordDiscoverer keptUp(int minCount) {
    var kept = new NgramTrie[Direction.values().length][];
    var discoverer = new NewWordDiscoverer(minCount, kept, PART_SYMBOLS);
    for (int way = 0; way < kept.length; way++) {
      kept[way] = discoverer.tries(Ngrams.SHARDS);
    }
    return discoverer;
  }

  private NgramTrie[] tries(int shards) {
    return Stream.generate(() -> new NgramTrie(minCount)).limit(shards).toArray(NgramTrie[]::new);
  }

  @Override
  public int add(String text) {
    codes.read(NormalizedText.of(text));
    packed.read(codes);
    if (!seen.counts(packed.fingerprint(), EPOCH)) {
      return 0;
    }
    symbolCounts.add(codes);
    newest.add(packed, EPOCH);
    if (newest.length() >= CHUNK_BYTES) {
      chunks.add(newest.drain());
    }
    return codes.symbols();
  }

  @Override
  public long symbols() {
    return symbolCounts.total();
  }

  @Override
  public List<WordScore> words() {
    return candidates().stream()
        .map(WordScorer.Candidate::score)
        .sorted(WordScore::compareBestFirst)
        .toList();
  }

  /** All candidates that are frequent enough, with the longer ones that hold them; unordered. */
  List<WordScorer.Candidate> candidates() {
    if (newest.length() > 0) {
      chunks.add(newest.drain());
    }
    var facts = Stream.of(Direction.values()).parallel().map(this::facts).toList();
    var pairs = facts.stream().map(CandidateFacts::pairs).toList();
    var buckets = facts.stream().map(NewWordDiscoverer::byBucket).toList();
    if (kept != null) {
      chunks.clear();
    }
    return IntStream.range(0, Ngrams.BUCKETS)
        .parallel()
        .boxed()
        .flatMap(
            bucket ->
                WordScorer.score(
                    buckets.get(Direction.FORWARD.ordinal()).get(bucket),
                    buckets.get(Direction.BACKWARD.ordinal()).get(bucket),
                    new WordFeatures(
                        symbolCounts.total(),
                        pairs.get(Direction.FORWARD.ordinal()),
                        pairs.get(Direction.BACKWARD.ordinal())),
                    true)
                    .stream())
        .toList();
  }

  private CandidateFacts facts(Direction direction) {
    var facts = new CandidateFacts(direction, minCount, symbolCounts);
    int parts = kept == null ? parts() : 1;
    int shards = Ngrams.SHARDS / parts;
    for (int from = 0; from < Ngrams.SHARDS; from += shards) {
      var tries = kept == null ? tries(shards) : kept[direction.ordinal()];
      count(direction, from, tries);
      for (NgramTrie trie : tries) {
        facts.add(trie);
      }
    }
    return facts;
  }

  private static List<List<byte[]>> byBucket(CandidateFacts facts) {
    var byBucket = new ArrayList<List<byte[]>>();
    for (int bucket = 0; bucket < Ngrams.BUCKETS; bucket++) {
      byBucket.add(new ArrayList<>());
    }
    facts.drain((bucket, bytes) -> byBucket.get(bucket).add(bytes));
    return byBucket;
  }

  /** A power of two. */
  private int parts() {
    int parts = 1;
    while (parts < MAX_PARTS && parts * partSymbols < symbols()) {
      parts *= 2;
    }
    return parts;
  }

  /** Counts all texts in the tries of some shards. */
  private void count(Direction direction, int fromShard, NgramTrie[] tries) {
    var buffers = new WindowBuffers();
    WindowBuffers.Consumer counting = (way, shard, batch) -> tries[shard - fromShard].add(batch);
    var names = new RunNames();
    int windows = 0;
    for (byte[] chunk : chunks) {
      var texts = new PackedReader(chunk, names);
      while (!texts.isAtEnd()) {
        long epoch = WindowBuffers.readEpoch(texts);
        windows +=
            buffers.addEpoch(texts, names, epoch, direction, fromShard, fromShard + tries.length);
        if (windows >= MAX_WINDOWS) {
          buffers.drain(counting);
          windows = 0;
        }
      }
    }
    buffers.drain(counting);
  }
}
