package io.github.wenliu.models.text;

import java.text.Normalizer;
import java.util.Arrays;

/** One pass over a text that cuts it into the symbols of a {@link NormalizedText}. */
final class TextScanner {
  private static final int MAX_MARKS = 31;
  private static final int MAX_CLUSTER = 32;
  private static final int MAX_NAME = 30;
  private static final int NONE = -1;
  private static final char EMOJI_FORM = '\uFE0F';
  private static final char KEYCAP = '\u20E3';
  private static final char JOINER = '\u200D';

  private static final byte TEXT = (byte) SymbolKind.TEXT.ordinal();
  private static final byte RUN = (byte) SymbolKind.RUN.ordinal();
  private static final byte PUNCTUATION = (byte) SymbolKind.PUNCTUATION.ordinal();
  private static final byte URL = (byte) SymbolKind.URL.ordinal();
  private static final byte MENTION = (byte) SymbolKind.MENTION.ordinal();
  private static final byte EMOJI = (byte) SymbolKind.EMOJI.ordinal();
  private static final byte SPACE = (byte) SymbolKind.SPACE.ordinal();
  private static final byte CONTROL = (byte) SymbolKind.CONTROL.ordinal();

  private final String text;
  private final int length;

  /** Arrays as in {@link NormalizedText}. */
  private final byte[] kind;

  private final int[] start;
  private final int[] first;
  private char[] normal;
  private int symbols;
  private int written;

  /** Where ignorable characters began that wait for the symbol after them, or {@link #NONE}. */
  private int pending = NONE;

  TextScanner(String text) {
    this.text = text;
    this.length = text.length();
    this.kind = new byte[length];
    this.start = new int[length + 1];
    this.first = new int[length + 1];
    this.normal = new char[length + MAX_CLUSTER];
  }

  NormalizedText scan() {
    int at = 0;
    while (at < length) {
      char c = text.charAt(at);
      byte type = CodePointClasses.of(c);
      if (Character.isSurrogate(c)) {
        int codePoint = text.codePointAt(at);
        if (codePoint == c) {
          at = attachedAt(at + 1) ? cluster(at, c) : single(at, PUNCTUATION, '\uFFFD');
          continue;
        }
        at = other(at, codePoint, CodePointClasses.of(codePoint));
      } else if (type == CodePointClasses.TEXT && !attachedAt(at + 1)) {
        at = single(at, TEXT, CodePointClasses.folded(c));
      } else {
        at = other(at, c, type);
      }
    }
    flushPending();
    start[symbols] = length;
    first[symbols] = written;
    boolean pairs = text.codePointCount(0, length) < length;
    return new NormalizedText(
        text, symbols, kind, start, pairs ? codePointStarts() : start, first, normal);
  }

  private int other(int at, int codePoint, byte type) {
    return switch (type) {
      case CodePointClasses.SPACE -> space(at);
      case CodePointClasses.CONTROL -> control(at);
      case CodePointClasses.IGNORABLE -> ignorable(at, codePoint);
      case CodePointClasses.EMOJI, CodePointClasses.REGIONAL -> emoji(at, codePoint, type);
      case CodePointClasses.RUN -> run(at, codePoint);
      case CodePointClasses.PUNCTUATION -> punctuation(at, codePoint);
      default -> cluster(at, codePoint);
    };
  }

  // ---- symbols of one character ----

  private int single(int at, byte of, char normalised) {
    open(at, of);
    normal[written++] = normalised;
    return at + 1;
  }

  private int space(int at) {
    if (symbols > 0 && kind[symbols - 1] == SPACE) {
      pending = NONE;
    } else {
      flushPending();
      single(at, SPACE, ' ');
    }
    return at + 1;
  }

  private int control(int at) {
    flushPending();
    return single(at, CONTROL, text.charAt(at));
  }

  private int ignorable(int at, int codePoint) {
    if (!holdsOn() && pending == NONE) {
      pending = at;
    }
    return at + Character.charCount(codePoint);
  }

  /** Whether the last symbol shows something that a mark or an ignorable can belong to. */
  private boolean holdsOn() {
    return pending == NONE
        && symbols > 0
        && kind[symbols - 1] != SPACE
        && kind[symbols - 1] != CONTROL;
  }

  // ---- runs, addresses, names ----

  private int run(int at, int codePoint) {
    boolean continues = continuesRun();
    if (!continues) {
      int end = addressEnd(at);
      if (end > at) {
        open(at, URL);
        write(CodePointClasses.fold(text.substring(at, end)));
        return end;
      }
    }
    if (codePoint > 0xFFFF || attachedAt(at + 1)) {
      return cluster(at, codePoint);
    }
    if (!continues) {
      open(at, RUN);
    }
    normal[written++] = CodePointClasses.folded((char) codePoint);
    return at + 1;
  }

  private boolean continuesRun() {
    return holdsOn() && kind[symbols - 1] == RUN;
  }

  private int addressEnd(int at) {
    char c = text.charAt(at);
    int body;
    if ((c == 'h' || c == 'H') && startsWith(at, "http://")) {
      body = at + 7;
    } else if ((c == 'h' || c == 'H') && startsWith(at, "https://")) {
      body = at + 8;
    } else if ((c == 'f' || c == 'F') && startsWith(at, "ftp://")) {
      body = at + 6;
    } else if ((c == 'w' || c == 'W') && startsWith(at, "www.")) {
      body = at + 4;
    } else {
      return NONE;
    }
    int end = body;
    while (end < length && isAddressCharacter(text.charAt(end))) {
      end++;
    }
    if (end > body && markFollows(end)) {
      end--;
    }
    while (end > body && ".,;:!?'()[]*~".indexOf(text.charAt(end - 1)) >= 0) {
      end--;
    }
    return end > body ? end : NONE;
  }

  private boolean startsWith(int at, String prefix) {
    return text.regionMatches(true, at, prefix, 0, prefix.length());
  }

  private static boolean isAddressCharacter(char c) {
    return c > ' ' && c < 0x7F && "\"<>\\^`{|}".indexOf(c) < 0;
  }

  private int punctuation(int at, int codePoint) {
    if (codePoint > 0xFFFF || attachedAt(at + 1)) {
      return cluster(at, codePoint);
    }
    char c = CodePointClasses.folded((char) codePoint);
    if (c == '@' && !continuesRun()) {
      int end = nameEnd(at + 1);
      if (end > at + 1) {
        open(at, MENTION);
        write(CodePointClasses.fold(text.substring(at, end)));
        return end;
      }
    }
    return single(at, PUNCTUATION, c);
  }

  private int nameEnd(int from) {
    int end = from;
    for (int i = 0; i < MAX_NAME && end < length; i++) {
      int codePoint = text.codePointAt(end);
      byte type = CodePointClasses.of(codePoint);
      boolean inName =
          type == CodePointClasses.TEXT
              || type == CodePointClasses.RUN
              || codePoint == '_'
              || codePoint == '-';
      int next = end + Character.charCount(codePoint);
      if (!inName || markFollows(next)) {
        break;
      }
      end = next;
    }
    return end;
  }

  // ---- emoji ----

  private int emoji(int at, int codePoint, byte type) {
    int end = at + Character.charCount(codePoint);
    if (type == CodePointClasses.REGIONAL) {
      if (end < length && CodePointClasses.of(text.codePointAt(end)) == CodePointClasses.REGIONAL) {
        end += 2;
      }
    } else {
      end = emojiEnd(end);
    }
    return emitEmoji(at, end);
  }

  /** The end of an emoji sequence whose first base ends at {@code from}. */
  private int emojiEnd(int from) {
    int end = from;
    while (end < length) {
      int codePoint = text.codePointAt(end);
      boolean modifier =
          codePoint >= 0x1F3FB && codePoint <= 0x1F3FF
              || codePoint == EMOJI_FORM
              || codePoint == KEYCAP
              || codePoint >= 0xE0020 && codePoint <= 0xE007F;
      if (modifier) {
        end += Character.charCount(codePoint);
      } else if (codePoint == JOINER && end + 1 < length && joins(text.codePointAt(end + 1))) {
        end += 1 + Character.charCount(text.codePointAt(end + 1));
      } else {
        break;
      }
    }
    return end;
  }

  private static boolean joins(int codePoint) {
    return CodePointClasses.of(codePoint) == CodePointClasses.EMOJI
        || CodePointClasses.takesEmojiForm(codePoint);
  }

  private int emitEmoji(int at, int end) {
    open(at, EMOJI);
    var shown = new StringBuilder();
    text.substring(at, end)
        .codePoints()
        .filter(c -> !CodePointClasses.isIgnorable(c))
        .forEach(shown::appendCodePoint);
    write(CodePointClasses.fold(shown.toString()));
    return end;
  }

  // ---- a base with what belongs to it ----

  private int cluster(int at, int base) {
    int end = at + Character.charCount(base);
    if (isEmojiForm(end, base)) {
      return emitEmoji(at, emojiEnd(end));
    }
    var characters = new StringBuilder(8).appendCodePoint(base);
    // A compatibility letter (ㄱ) joins as what it is matched as does.
    boolean hangul =
        CodePointClasses.isHangul(base > 0xFFFF ? base : CodePointClasses.folded((char) base));
    int marks = 0;
    while (end < length) {
      int codePoint = text.codePointAt(end);
      byte type = CodePointClasses.of(codePoint);
      boolean joins = type == CodePointClasses.JAMO && hangul;
      if (type != CodePointClasses.MARK && type != CodePointClasses.IGNORABLE && !joins) {
        break;
      }
      if (type != CodePointClasses.IGNORABLE && marks < MAX_MARKS) {
        characters.appendCodePoint(codePoint);
        hangul = joins;
        marks++;
      }
      end += Character.charCount(codePoint);
    }
    String folded = truncated(foldedCluster(characters.toString()));
    byte of = kindOf(folded);
    if (of != RUN || !continuesRun()) {
      open(at, of);
    }
    write(folded);
    return end;
  }

  /** Accents that stand alone (´, ˘) stay: NFKC would make them a blank and a mark. */
  private static String foldedCluster(String characters) {
    String folded = CodePointClasses.fold(characters);
    return folded.charAt(0) == ' ' ? Normalizer.normalize(characters, Normalizer.Form.NFC) : folded;
  }

  private boolean isEmojiForm(int next, int base) {
    if (next >= length) {
      return false;
    }
    char c = text.charAt(next);
    boolean key = base >= '0' && base <= '9' || base == '#' || base == '*';
    if (key) {
      return c == KEYCAP || c == EMOJI_FORM && next + 1 < length && text.charAt(next + 1) == KEYCAP;
    }
    return c == EMOJI_FORM && CodePointClasses.takesEmojiForm(base);
  }

  private static String truncated(String folded) {
    int count = folded.codePointCount(0, folded.length());
    return count <= MAX_CLUSTER
        ? folded
        : folded.substring(0, folded.offsetByCodePoints(0, MAX_CLUSTER));
  }

  private static byte kindOf(String folded) {
    boolean run = true;
    boolean letters = false;
    for (int i = 0; i < folded.length(); i += Character.charCount(folded.codePointAt(i))) {
      byte type = CodePointClasses.of(folded.codePointAt(i));
      boolean runs = type == CodePointClasses.RUN;
      letters |= runs || type == CodePointClasses.TEXT || type == CodePointClasses.JAMO;
      run &= runs || i > 0 && type == CodePointClasses.MARK;
    }
    if (run) {
      return RUN;
    }
    return letters ? TEXT : PUNCTUATION;
  }

  // ---- writing ----

  private boolean attachedAt(int at) {
    if (at >= length) {
      return false;
    }
    char c = text.charAt(at);
    byte type = Character.isHighSurrogate(c) ? CodePointClasses.of(text.codePointAt(at)) : 0;
    return (type == 0 ? CodePointClasses.of(c) : type) >= CodePointClasses.FIRST_ATTACHED;
  }

  /**
   * Whether the character before belongs with a mark, so that an address or name ends before it.
   */
  private boolean markFollows(int at) {
    int next = at;
    while (next < length) {
      int codePoint = text.codePointAt(next);
      byte type = CodePointClasses.of(codePoint);
      if (type != CodePointClasses.IGNORABLE) {
        return type >= CodePointClasses.FIRST_ATTACHED;
      }
      next += Character.charCount(codePoint);
    }
    return false;
  }

  private void open(int at, byte of) {
    kind[symbols] = of;
    start[symbols] = pending == NONE ? at : pending;
    first[symbols] = written;
    pending = NONE;
    symbols++;
  }

  private void flushPending() {
    if (pending != NONE) {
      open(pending, CONTROL);
    }
  }

  private void write(String characters) {
    int room = characters.length() + length - start[symbols - 1];
    if (written + room > normal.length) {
      normal = Arrays.copyOf(normal, Math.max(written + room, normal.length * 2));
    }
    characters.getChars(0, characters.length(), normal, written);
    written += characters.length();
  }

  private int[] codePointStarts() {
    int[] result = new int[symbols + 1];
    for (int i = 0; i < symbols; i++) {
      result[i + 1] = result[i] + text.codePointCount(start[i], start[i + 1]);
    }
    return result;
  }
}
