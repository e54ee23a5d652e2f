package io.github.wenliu.operators.newword;

/**
 * Texts of a part of a channel, for the operator that counts each once.
 *
 * @param channel tenant
 * @param part of the fingerprints of the texts
 * @param texts packed, each with its epoch; see {@link TextBuffers}
 */
public record TextBatch(String channel, int part, byte[] texts) {

  /** The key under which the texts that were seen stand. */
  public String key() {
    return channel + "/" + part;
  }

  static String channelOf(String key) {
    return key.substring(0, key.indexOf('/'));
  }
}
