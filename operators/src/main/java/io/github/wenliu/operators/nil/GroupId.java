package io.github.wenliu.operators.nil;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Ids of groups: {@code stem#number}. The stem is the name, or of a long one its beginning and a
 * hash; so an id is short enough to be asked for through {@code control}.
 */
final class GroupId {

  /** Longest stem, in UTF-16 units. */
  static final int MAX_STEM = 48;

  private static final char SEPARATOR = '#';
  private static final int HASH_BYTES = 8;
  private static final int HEAD = MAX_STEM - 2 * HASH_BYTES - 1;

  private GroupId() {}

  /** What the ids of all groups of a name begin with. */
  static String stem(String name) {
    if (name.length() <= MAX_STEM) {
      return name;
    }
    int head = Character.isHighSurrogate(name.charAt(HEAD - 1)) ? HEAD - 1 : HEAD;
    return name.substring(0, head) + "~" + hash(name);
  }

  /** The key of the state of a stem. */
  static String key(String channel, String stem) {
    return channel + "/" + stem;
  }

  static String of(String stem, long number) {
    return stem + SEPARATOR + number;
  }

  /** The stem of an id. */
  static String stemOf(String id) {
    return id.substring(0, id.lastIndexOf(SEPARATOR));
  }

  /** The number of an id. */
  static long numberOf(String id) {
    return Long.parseLong(id.substring(id.lastIndexOf(SEPARATOR) + 1));
  }

  private static String hash(String name) {
    try {
      var digest =
          MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, HASH_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
