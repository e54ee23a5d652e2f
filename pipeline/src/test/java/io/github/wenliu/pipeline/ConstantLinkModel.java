package io.github.wenliu.pipeline;

import io.github.wenliu.models.link.LinkModel;
import io.github.wenliu.models.link.LinkPairs;
import io.github.wenliu.models.link.LinkStatistics;
import io.github.wenliu.models.link.LinkThresholds;
import java.util.concurrent.CompletableFuture;

/** A model that says of every description how many tokens it has, and has learned nothing. */
record ConstantLinkModel() implements LinkModel {

  @Override
  public String id() {
    return "constant/v1";
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
    return 1;
  }

  @Override
  public LinkStatistics statistics() {
    return LinkStatistics.NONE;
  }

  @Override
  public LinkThresholds thresholds() {
    return new LinkThresholds(0.5, 0.1, 0.1);
  }

  @Override
  public byte[] describe(int[] tokens) {
    return new byte[] {(byte) tokens.length};
  }

  @Override
  public CompletableFuture<float[]> score(LinkPairs pairs) {
    throw new UnsupportedOperationException("nobody asks here");
  }

  @Override
  public void close() {}
}
