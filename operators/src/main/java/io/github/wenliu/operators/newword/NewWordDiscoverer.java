package io.github.wenliu.operators.newword;

import io.github.wenliu.models.text.NormalizedText;
import io.github.wenliu.models.text.SymbolCodes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Finds the words of a corpus: counts all n-grams of up to six symbols exactly and scores those of
 * two to five. The result is a function of the texts alone, whatever their order; a stream that has
 * read the same texts has the same words.
 *
 * <p>Cost: two windows a symbol, each sorted into its shard a bounded number of times. Memory:
 * about 15 bytes for each distinct window, at most 30 bytes a symbol. Not thread-safe.
 */
public final class NewWordDiscoverer implements WordDiscoverer {

  /** A corpus is one epoch. */
  private static final long EPOCH = 0;

  /** A shard is settled when its new windows have grown to this many bytes. */
  private static final int SETTLE_BYTES = 1 << 16;

  private static final int CHECK_WINDOWS = 1 << 22;

  private final int minCount;
  private final SymbolCodes codes = new SymbolCodes();
  private final SymbolCounts symbolCounts = new SymbolCounts();
  private final WindowBuffers buffers = new WindowBuffers();
  private final NgramShard[] shards = new NgramShard[2 * Ngrams.SHARDS];
  private long nextCheck = CHECK_WINDOWS;

  /**
   * @param minCount occurrences below which nothing is a candidate, at least 2
   */
  public NewWordDiscoverer(int minCount) {
    if (minCount < 2) {
      throw new IllegalArgumentException("minCount is " + minCount + ", must be at least 2");
    }
    this.minCount = minCount;
    Arrays.fill(shards, NgramShard.EMPTY);
  }

  @Override
  public int add(String text) {
    codes.read(NormalizedText.of(text));
    symbolCounts.add(codes);
    buffers.add(codes, EPOCH);
    if (buffers.windows() >= nextCheck) {
      buffers.drainLargerThan(SETTLE_BYTES, this::settle);
      nextCheck += CHECK_WINDOWS;
    }
    return codes.symbols();
  }

  @Override
  public long symbols() {
    return symbolCounts.total();
  }

  @Override
  public List<WordScore> words() {
    buffers.drain(this::settle);
    nextCheck = CHECK_WINDOWS;
    var forward = facts(Direction.FORWARD);
    var backward = facts(Direction.BACKWARD);
    var words = new ArrayList<WordScore>();
    for (int bucket = 0; bucket < Ngrams.BUCKETS; bucket++) {
      for (var candidate :
          WordScorer.score(forward.get(bucket), backward.get(bucket), symbolCounts.total())) {
        words.add(candidate.score());
      }
    }
    words.sort(WordScore::compareBestFirst);
    return words;
  }

  private void settle(Direction direction, int shard, byte[] batch) {
    int at = direction.ordinal() * Ngrams.SHARDS + shard;
    shards[at] = shards[at].settled(List.of(batch));
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
