package io.github.wenliu.operators.newword;

/**
 * Windows of one shard, for the operator that counts them.
 *
 * @param channel tenant
 * @param direction the way they are read
 * @param shard of the first two symbols of each
 * @param windows packed, each with its epoch; see {@link WindowBuffers}
 */
public record WindowBatch(String channel, Direction direction, int shard, byte[] windows) {

  /** The key under which the statistics of the shard stand. */
  public String key() {
    return key(channel, direction, shard);
  }

  static String key(String channel, Direction direction, int shard) {
    return channel + "/" + direction.ordinal() + "/" + shard;
  }

  static String channelOf(String key) {
    return key.substring(0, key.indexOf('/'));
  }

  static Direction directionOf(String key) {
    return Direction.values()[key.charAt(key.indexOf('/') + 1) - '0'];
  }

  static int shardOf(String key) {
    return Integer.parseInt(key.substring(key.lastIndexOf('/') + 1));
  }
}
