package io.github.wenliu.pipeline.codec;

import java.nio.charset.StandardCharsets;

/** What stands in the records of the topic {@code kb}. */
final class KbJson {

  static final String ID = "id";
  static final String CHANNEL = "channel";
  static final String NAME = "name";
  static final String ALIASES = "aliases";
  static final String TYPES = "types";
  static final String DESCRIPTION = "description";
  static final String FACTS = "facts";
  static final String PREDICATE = "p";
  static final String OBJECT = "o";
  static final String PRIOR = "prior";
  static final String REDIRECT = "redirect";
  static final String EFFECTIVE_FROM = "effectiveFrom";

  static final char SEPARATOR = '/';

  private KbJson() {}

  /** {@code channel/id}; only the id may hold further slashes. */
  static byte[] key(String channel, String id) {
    return (channel + SEPARATOR + id).getBytes(StandardCharsets.UTF_8);
  }
}
