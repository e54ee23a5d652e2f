package io.github.wenliu.operators.newword;

import io.github.wenliu.models.text.NormalizedText;
import io.github.wenliu.models.text.SymbolCodes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Finds the words of a corpus: counts all n-grams of up to six symbols exactly and scores those of
 * two to five. The result is a function of the texts alone, whatever their order; a stream that has
 * read the same texts has the same words.
 *
 * <p>Cost: two windows a symbol, each sorted into its shard a bounded number of times. Memory:
 * about seven bytes for each distinct window, of which there are one and a half a symbol, and up to
 * 64 MiB of windows that are not sorted in yet. The two directions are worked on side by side, in
 * the common pool. Not thread-safe.
 */
public final class NewWordDiscoverer implements WordDiscoverer {

  /** A corpus is one epoch. */
  private static final long EPOCH = 0;

  /** Shards with so many bytes of new windows are settled each time that so many came in all. */
  private static final int SETTLE_BYTES = 1 << 15;

  private static final int SETTLE_WINDOWS = 1 << 22;

  private final int minCount;
  private final SymbolCodes codes = new SymbolCodes();
  private final SymbolCounts symbolCounts = new SymbolCounts();
  private final WindowBuffers buffers = new WindowBuffers();
  private final NgramTrie[] shards = new NgramTrie[2 * Ngrams.SHARDS];
  private long windows;

  /**
   * @param minCount occurrences below which nothing is a candidate, at least 2
   */
  public NewWordDiscoverer(int minCount) {
    if (minCount < 2) {
      throw new IllegalArgumentException("minCount is " + minCount + ", must be at least 2");
    }
    this.minCount = minCount;
    Arrays.setAll(shards, i -> new NgramTrie(minCount));
  }

  @Override
  public int add(String text) {
    codes.read(NormalizedText.of(text));
    symbolCounts.add(codes);
    windows += buffers.add(codes, EPOCH);
    if (windows >= SETTLE_WINDOWS) {
      settle(SETTLE_BYTES);
      windows = 0;
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
    settle(1);
    var facts = Stream.of(Direction.values()).parallel().map(this::facts).toList();
    return IntStream.range(0, Ngrams.BUCKETS)
        .parallel()
        .boxed()
        .flatMap(
            bucket ->
                WordScorer.score(
                    facts.get(Direction.FORWARD.ordinal()).get(bucket),
                    facts.get(Direction.BACKWARD.ordinal()).get(bucket),
                    symbolCounts.total(),
                    true)
                    .stream())
        .toList();
  }

  /** Sorts in the windows of shards that have collected at least so many bytes. */
  private void settle(int bytes) {
    Stream.of(Direction.values())
        .parallel()
        .forEach(direction -> buffers.drain(direction, bytes, this::settle));
  }

  private void settle(Direction direction, int shard, byte[] batch) {
    int at = direction.ordinal() * Ngrams.SHARDS + shard;
    shards[at].add(batch);
  }

  private List<List<byte[]>> facts(Direction direction) {
    var facts = new CandidateFacts(direction, minCount, symbolCounts);
    for (int shard = 0; shard < Ngrams.SHARDS; shard++) {
      facts.add(shards[direction.ordinal() * Ngrams.SHARDS + shard]);
    }
    var byBucket = new ArrayList<List<byte[]>>();
    for (int bucket = 0; bucket < Ngrams.BUCKETS; bucket++) {
      byBucket.add(new ArrayList<>());
    }
    facts.drain((bucket, bytes) -> byBucket.get(bucket).add(bytes));
    return byBucket;
  }
}
