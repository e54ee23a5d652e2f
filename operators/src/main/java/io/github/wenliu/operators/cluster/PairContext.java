package io.github.wenliu.operators.cluster;

/** Within what two words must stand to occur together. */
public enum PairContext {
  /** Up to a full stop, question or exclamation mark, semicolon, ellipsis or line break. */
  SENTENCE,
  /**
   * Sentences that stand together, until they have sixteen different content words: a short text is
   * one passage.
   */
  PASSAGE,
  /** The whole text. */
  DOCUMENT
}
