package io.github.wenliu.operators.newword;

/**
 * What is asked of a candidate. The order is that of the weights; a share of nothing counts as one
 * occurrence.
 */
enum WordFeature {
  /** Logarithm of its occurrences. */
  LOG_COUNT,

  /** Its cohesion. */
  LEAST_SPLIT,

  /** The same at its most cohesive split. */
  GREATEST_SPLIT,

  /** Entropy of what stands before it, in nats. */
  LEFT_ENTROPY,

  /** Entropy of what stands behind it. */
  RIGHT_ENTROPY,

  /** Entropy, relative to the largest that so many occurrences permit. */
  LEFT_ENTROPY_SHARE,

  /** The same. */
  RIGHT_ENTROPY_SHARE,

  /** Logarithm of the share of its most frequent extension. */
  LEFT_LONGER,

  /** The same. */
  RIGHT_LONGER,

  /** Logarithm of the number of extensions, relative to that of occurrences. */
  LEFT_DIFFERENT,

  /** The same. */
  RIGHT_DIFFERENT,

  /** Extensions that occur once, relative to its occurrences. */
  LEFT_ONCE,

  /** The same. */
  RIGHT_ONCE,

  /** Logarithm of the share of its occurrences with nothing before them. */
  LEFT_EDGE,

  /** The same with nothing behind them. */
  RIGHT_EDGE,

  /** How much more often what stands before it does so than by chance, in nats. */
  LEFT_BOUND,

  /** The same of what stands behind it. */
  RIGHT_BOUND,

  /** The greater of the two shares of a most frequent extension. */
  LONGER,

  /** Logarithm of its first symbol's share of all symbols. */
  FIRST_SHARE,

  /** The same of the last. */
  LAST_SHARE,

  /** Logarithm of its share of its first symbol's occurrences. */
  OF_FIRST,

  /** The same of the last. */
  OF_LAST,

  /** Logarithm of its share of the occurrences of all but its last symbol. */
  OF_BEGINNING,

  /** The same of all but its first. */
  OF_ENDING,

  /** How much of its first symbol's occurrences have nothing before them. */
  FIRST_AT_START,

  /** Nothing behind them. */
  FIRST_AT_END,

  /** How much of its last symbol's occurrences have nothing before them. */
  LAST_AT_START,

  /** Nothing behind them. */
  LAST_AT_END,

  /** Entropy of what stands before its first symbol anywhere, in nats. */
  FIRST_LEFT_ENTROPY,

  /** Entropy of what stands behind it. */
  FIRST_RIGHT_ENTROPY,

  /** Entropy of what stands before its last symbol anywhere. */
  LAST_LEFT_ENTROPY,

  /** Entropy of what stands behind it. */
  LAST_RIGHT_ENTROPY,

  /** Whether it has so many symbols. */
  TWO,

  /** The same. */
  THREE,

  /** The same. */
  FOUR,

  /** The same. */
  FIVE;

  /** The name in the file of weights: ofBeginning. */
  String key() {
    var key = new StringBuilder();
    boolean upper = false;
    for (char letter : name().toCharArray()) {
      if (letter == '_') {
        upper = true;
      } else {
        key.append(upper ? letter : Character.toLowerCase(letter));
        upper = false;
      }
    }
    return key.toString();
  }
}
