package io.github.wenliu.operators.trends;

/** Which words can be hot. */
public enum TrendWords {
  /** Those that the stream has discovered and the base lexicon does not have. */
  NEW,
  /** Those of the base lexicon, too, if they have two letters or more. */
  ALL
}
