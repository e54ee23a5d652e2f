package io.github.wenliu.operators.cluster;

import java.util.Map;

/**
 * Which community each word belongs to, in one version of one channel.
 *
 * @param epoch the version
 * @param communities ids by the names of words
 */
public record Memberships(long epoch, Map<String, String> communities) {

  /** Valid before the first version. */
  static final Memberships NONE = new Memberships(0, Map.of());
}
