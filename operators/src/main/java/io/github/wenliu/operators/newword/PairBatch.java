package io.github.wenliu.operators.newword;

/**
 * What a part of the shards of one direction knows of the pairs of symbols at a version.
 *
 * @param channel tenant
 * @param epoch the version
 * @param direction the direction
 * @param sums packed; see {@link PairSums}
 */
public record PairBatch(String channel, long epoch, Direction direction, byte[] sums) {}
