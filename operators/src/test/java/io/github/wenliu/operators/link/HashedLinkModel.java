package io.github.wenliu.operators.link;

import io.github.wenliu.models.inference.InferenceMetrics;
import io.github.wenliu.models.link.LinkModel;
import io.github.wenliu.models.link.LinkPairs;
import io.github.wenliu.models.link.LinkStatistics;
import io.github.wenliu.models.link.LinkThresholds;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/** A model that learned one name, and whose vector of a description is the hash of its tokens. */
final class HashedLinkModel implements LinkModel {

  /** What annotated texts call the entry {@link #LEARNED_ID}. */
  static final String LEARNED = "学来的名字";

  static final String LEARNED_ID = "learned";

  final AtomicInteger described = new AtomicInteger();
  final AtomicInteger closed = new AtomicInteger();

  private final LinkStatistics statistics = new LinkStatistics();

  HashedLinkModel() {
    statistics.add(LinkStatistics.NAME, LinkStatistics.pair(LEARNED, LEARNED_ID), true);
  }

  /** Opens one anew in each subtask. */
  static LinkModelFactory factory() {
    return (InferenceMetrics metrics) -> new HashedLinkModel();
  }

  @Override
  public String id() {
    return "hashed/v1";
  }

  @Override
  public int features() {
    return 1;
  }

  @Override
  public int tokens() {
    return 16;
  }

  @Override
  public int vector() {
    return 2;
  }

  @Override
  public LinkStatistics statistics() {
    return statistics;
  }

  @Override
  public LinkThresholds thresholds() {
    return new LinkThresholds(0.5, 0.1, 0.1);
  }

  @Override
  public byte[] describe(int[] tokens) {
    if (tokens.length == 0) {
      return new byte[0];
    }
    described.incrementAndGet();
    int hash = Arrays.hashCode(tokens);
    return new byte[] {(byte) hash, (byte) (hash >> 8)};
  }

  @Override
  public CompletableFuture<float[]> score(LinkPairs pairs) {
    throw new UnsupportedOperationException("nobody asks here");
  }

  @Override
  public void close() {
    closed.incrementAndGet();
  }
}
