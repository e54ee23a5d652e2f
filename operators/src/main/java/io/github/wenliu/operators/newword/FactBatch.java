package io.github.wenliu.operators.newword;

/**
 * What one direction knows of the candidates of a bucket at a version.
 *
 * @param channel tenant
 * @param epoch the version
 * @param last whether the input has ended
 * @param total occurrences of all symbols
 * @param direction the direction
 * @param bucket of the candidates
 * @param facts packed; see {@link CandidateFacts}
 */
public record FactBatch(
    String channel,
    long epoch,
    boolean last,
    long total,
    Direction direction,
    int bucket,
    byte[] facts) {

  /** The key under which the bucket's candidates are scored. */
  public String key() {
    return channel + "/" + bucket;
  }
}
