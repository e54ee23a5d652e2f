package io.github.wenliu.models.text;

/** What a symbol of a {@link NormalizedText} is. Everything but text and run breaks a word. */
public enum SymbolKind {
  /** A Han character, kana, a letter of any other script, a private-use character. */
  TEXT,
  /** Latin letters and digits that stand together: {@code 5G}, {@code BA}, {@code 2024}. */
  RUN,
  /** Punctuation, symbols, a mark without a base, half a surrogate pair. */
  PUNCTUATION,
  /** A web address. */
  URL,
  /** {@code @name}. */
  MENTION,
  /** One emoji as a reader sees it: flag, keycap, skin tone and family included. */
  EMOJI,
  /** A run of white space. */
  SPACE,
  /** A control character, or ignorable characters with nothing to hold on to. */
  CONTROL;

  private static final SymbolKind[] KINDS = values();

  static SymbolKind of(byte ordinal) {
    return KINDS[ordinal];
  }

  /** Whether no word may contain or cross this symbol. */
  public boolean isBreak() {
    return this != TEXT && this != RUN;
  }

  /** Whether the symbol shows nothing: white space and control characters. */
  public boolean isBlank() {
    return this == SPACE || this == CONTROL;
  }
}
