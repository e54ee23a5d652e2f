package io.github.wenliu.pipeline.codec;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** What can be written as UTF-8 again. */
final class WellFormed {

  private static final char REPLACEMENT = '\uFFFD';
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private WellFormed() {}

  /** The text of bytes without a byte order mark, or {@code null} if they are not UTF-8. */
  static String utf8(byte[] bytes) {
    var text = new String(bytes, StandardCharsets.UTF_8);
    // The quick decoding replaces what is malformed; only a strict one can tell that from a real
    // U+FFFD.
    if (text.indexOf(REPLACEMENT) >= 0 && !isUtf8(bytes)) {
      return null;
    }
    return !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
  }

  private static boolean isUtf8(byte[] bytes) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  /**
   * The first UTF-16 unit that is half a surrogate pair, which JSON can spell and no UTF-8 output
   * can carry; negative if there is none.
   */
  static int halfSurrogate(String text) {
    for (int i = 0; i < text.length(); i++) {
      char unit = text.charAt(i);
      if (Character.isSurrogate(unit)) {
        if (Character.isLowSurrogate(unit)
            || i + 1 == text.length()
            || !Character.isLowSurrogate(text.charAt(i + 1))) {
          return i;
        }
        i++;
      }
    }
    return -1;
  }
}
