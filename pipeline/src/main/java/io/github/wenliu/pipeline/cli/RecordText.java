package io.github.wenliu.pipeline.cli;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/** Bytes of records as text. */
final class RecordText {

  /** Stands where there is nothing. */
  static final String NONE = "-";

  private static final int TO_THE_MINUTE = "yyyy-MM-ddTHH:mm".length();
  private static final String REPLACEMENT = "\uFFFD";
  private static final Pattern BLANK = Pattern.compile("[\\t\\n\\r]");
  private static final Pattern CONTROL = Pattern.compile("\\p{IsControl}");

  private RecordText() {}

  /** The text, or empty if the bytes are not UTF-8. */
  static Optional<String> utf8(byte[] bytes) {
    try {
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  /**
   * The text on one line.
   *
   * @param bytes may be {@code null}
   */
  static String line(byte[] bytes) {
    return bytes == null
        ? "null"
        : new String(bytes, StandardCharsets.UTF_8).replace('\n', ' ').replace('\r', ' ');
  }

  /** The text on one line, safe for a terminal: other control characters are replaced as well. */
  static String shown(byte[] bytes) {
    return shown(line(bytes));
  }

  /** The text without control characters: a document must not steer the terminal it is shown on. */
  static String shown(String text) {
    return CONTROL.matcher(BLANK.matcher(text).replaceAll(" ")).replaceAll(REPLACEMENT);
  }

  /**
   * A time as far as people read it.
   *
   * @param time in ISO-8601, or nothing
   */
  static String minutes(String time) {
    return time.length() < TO_THE_MINUTE
        ? NONE
        : shown(time.substring(0, TO_THE_MINUTE).replace('T', ' '));
  }
}
