package io.github.wenliu.pipeline.codec;

import java.nio.charset.StandardCharsets;

/** What the topics {@code control} and {@code control-acks} have in common. */
final class ControlJson {

  static final String ACTION = "action";
  static final String VALUE = "value";
  static final String EFFECTIVE_FROM = "effectiveFrom";

  static final char SEPARATOR = '/';

  private ControlJson() {}

  /** {@code kind/channel/target}; only the target may hold further slashes. */
  static byte[] key(String kind, String channel, String target) {
    return (kind + SEPARATOR + channel + SEPARATOR + target).getBytes(StandardCharsets.UTF_8);
  }
}
