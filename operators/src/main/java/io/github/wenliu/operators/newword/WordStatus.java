package io.github.wenliu.operators.newword;

import java.util.Locale;

/** Where a word stands that the stream has formed. */
public enum WordStatus {
  /** Its score is at least 0. */
  ANNOUNCED,
  /** Its score has fallen below 0, but not far enough to take the word back. */
  HELD,
  /** It occurs almost only inside a longer word that is known, too. */
  ABSORBED,
  /** It is a word because somebody said so. */
  PINNED;

  /** The name in output events. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
