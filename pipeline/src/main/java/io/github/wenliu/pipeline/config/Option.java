package io.github.wenliu.pipeline.config;

import java.util.function.Function;

/**
 * One key of {@code wenliu.yaml}.
 *
 * @param key dotted path
 * @param defaultText default, as it would be written in the file
 * @param meaning what it does, with its unit
 * @param parser reads the text; throws {@link IllegalArgumentException} with what was expected
 */
record Option<T>(String key, String defaultText, String meaning, Function<String, T> parser) {

  T parse(String text) {
    return parser.apply(text);
  }
}
