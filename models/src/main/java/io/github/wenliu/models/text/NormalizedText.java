package io.github.wenliu.models.text;

import java.text.Normalizer;

/**
 * A text as it is matched, with the way back to the text as it was written.
 *
 * <p>The text is a sequence of <em>symbols</em>. A symbol is the smallest thing a span may begin or
 * end with: a Han character, a run of Latin letters and digits, one emoji, one web address. Every
 * code point of the original belongs to exactly one symbol, so symbol {@code i} ends where symbol
 * {@code i + 1} starts and no span can cut through a character.
 *
 * <p>Symbols compare by their normalised characters: NFKC and lower case, for matching only.
 *
 * <ul>
 *   <li>A character that NFKC spreads out (㍿, ½, U+FDFA) stays one symbol, with several normalised
 *       characters: ㍿ is matched by the word 株式会社 and by nothing shorter.
 *   <li>Combining marks belong to their base and compose with it; beyond 31 marks on one base they
 *       only lengthen its span. A mark after a blank, an address, a mention or an emoji stands
 *       alone, as punctuation.
 *   <li>Default_Ignorable code points (zero width, soft hyphen, BOM, bidi controls, variation
 *       selectors) have no normalised characters. They belong to the symbol before them; after a
 *       blank or at the start, to the symbol after them; between blanks they are blank too.
 *   <li>Half a surrogate pair is punctuation and matched as U+FFFD.
 *   <li>{@code @} and up to 30 letters, digits, {@code _} or {@code -} are a mention, unless a run
 *       stands before them. A web address begins with {@code http://}, {@code https://}, {@code
 *       ftp://} or {@code www.}, consists of ASCII, and ends before its closing punctuation.
 * </ul>
 *
 * <p>Cost: O(length of the text), whatever it contains.
 */
public final class NormalizedText {
  /** Names the rules above; it stands in every output event. */
  public static final String VERSION = "nfkc-1";

  private final String original;
  private final int symbols;

  /** Ordinal of each symbol's {@link SymbolKind}. */
  private final byte[] kind;

  /** Symbol {@code i} is the original's UTF-16 units {@code startUtf16[i] … startUtf16[i+1]-1}. */
  private final int[] startUtf16;

  /** The same in code points; the same array where the text has no surrogate pair. */
  private final int[] start;

  /** Symbol {@code i} is matched as {@code normal[first[i]] … normal[first[i+1]-1]}. */
  private final int[] first;

  private final char[] normal;

  NormalizedText(
      String original,
      int symbols,
      byte[] kind,
      int[] startUtf16,
      int[] start,
      int[] first,
      char[] normal) {
    this.original = original;
    this.symbols = symbols;
    this.kind = kind;
    this.startUtf16 = startUtf16;
    this.start = start;
    this.first = first;
    this.normal = normal;
  }

  /** Normalises any string; never throws for a string that is not null. */
  public static NormalizedText of(String text) {
    return new TextScanner(text).scan();
  }

  /** The form under which a word is stored and looked up: its normalised characters. */
  public static String normalize(String text) {
    return of(text).normalized();
  }

  public String original() {
    return original;
  }

  /** The number of symbols. */
  public int symbols() {
    return symbols;
  }

  public SymbolKind kind(int symbol) {
    return SymbolKind.of(kind[symbol]);
  }

  /** Where a symbol starts, in code points; {@code start(symbols())} is the length of the text. */
  public int start(int symbol) {
    return start[symbol];
  }

  /** Where a symbol ends, exclusive, in code points. */
  public int end(int symbol) {
    return start[symbol + 1];
  }

  /** Where a symbol starts, in UTF-16 units. */
  public int startUtf16(int symbol) {
    return startUtf16[symbol];
  }

  /** Where a symbol ends, exclusive, in UTF-16 units. */
  public int endUtf16(int symbol) {
    return startUtf16[symbol + 1];
  }

  /** The original text of the symbols {@code from … to-1}. */
  public String slice(int from, int to) {
    return original.substring(startUtf16[from], startUtf16[to]);
  }

  /** The normalised characters of the symbols {@code from … to-1}. */
  public String normalized(int from, int to) {
    return new String(normal, first[from], first[to] - first[from]);
  }

  /** The normalised characters of a symbol, with its letters as they were written: BA, not ba. */
  public String written(int symbol) {
    var slice = slice(symbol, symbol + 1);
    var normalized = normalized(symbol, symbol + 1);
    if (slice.equals(normalized)
        || slice.equalsIgnoreCase(normalized)
            && Normalizer.isNormalized(slice, Normalizer.Form.NFKC)) {
      return slice;
    }
    var shown = new StringBuilder();
    slice
        .codePoints()
        .filter(c -> !CodePointClasses.isIgnorable(c))
        .forEach(shown::appendCodePoint);
    var written = Normalizer.normalize(shown, Normalizer.Form.NFKC);
    return CodePointClasses.fold(written).equals(normalized) ? written : normalized;
  }

  /** All normalised characters. */
  public String normalized() {
    return normalized(0, symbols);
  }

  /** Where the normalised characters of a symbol begin in {@link #normalized()}. */
  public int first(int symbol) {
    return first[symbol];
  }

  int normalLength() {
    return first[symbols];
  }

  char[] normal() {
    return normal;
  }

  int[] firsts() {
    return first;
  }

  byte[] kinds() {
    return kind;
  }
}
