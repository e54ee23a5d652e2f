package io.github.wenliu.operators.cluster;

/** Within what two words must stand to occur together. */
public enum PairContext {
  /** Up to a full stop, question or exclamation mark, semicolon, ellipsis or line break. */
  SENTENCE,
  /** The whole text. */
  DOCUMENT
}
