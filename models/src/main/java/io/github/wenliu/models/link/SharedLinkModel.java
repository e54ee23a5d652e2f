package io.github.wenliu.models.link;

import io.github.wenliu.models.inference.InferenceMetrics;
import io.github.wenliu.models.inference.SharedModels;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A share in a linking model that this process has open. */
final class SharedLinkModel implements LinkModel {

  private final String id;
  private final SharedModels.Share<OpenLinker> share;
  private final InferenceMetrics metrics;

  /** What the share holds. */
  private final OpenLinker opened;

  SharedLinkModel(String id, SharedModels.Share<OpenLinker> share, InferenceMetrics metrics) {
    this.id = id;
    this.share = share;
    this.metrics = metrics;
    this.opened = share.value();
    opened.metrics().add(metrics);
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public int features() {
    return opened.manifest().features().size();
  }

  @Override
  public int tokens() {
    return opened.manifest().tokens();
  }

  @Override
  public int vector() {
    return opened.manifest().vector();
  }

  @Override
  public LinkStatistics statistics() {
    return opened.manifest().statistics();
  }

  @Override
  public LinkThresholds thresholds() {
    return opened.manifest().thresholds();
  }

  @Override
  public byte[] describe(int[] tokens) {
    return opened.describer().describe(List.of(tokens)).get(0);
  }

  @Override
  public List<byte[]> describe(List<int[]> descriptions) {
    return opened.describer().describe(descriptions);
  }

  @Override
  public CompletableFuture<float[]> score(LinkPairs pairs) {
    return opened.score(pairs);
  }

  @Override
  public void close() {
    opened.metrics().remove(metrics);
    share.close();
  }
}
