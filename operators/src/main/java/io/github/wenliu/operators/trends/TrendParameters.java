package io.github.wenliu.operators.trends;

import java.io.Serializable;

/**
 * What can be set about hot words.
 *
 * @param words which words can be hot
 * @param halfLifeEpochs epochs after which a document weighs half
 * @param windowEpochs epochs of a window, at the end of which its hottest words are told
 * @param top words that a window tells at most
 * @param on burst score from which a word is hot
 * @param off burst score below which a hot word has cooled
 * @param minDocuments decayed count of documents below which a word does not become hot
 */
public record TrendParameters(
    TrendWords words,
    long halfLifeEpochs,
    long windowEpochs,
    int top,
    double on,
    double off,
    double minDocuments)
    implements Serializable {

  /** A half-life and a window of one day of ten-second epochs. */
  public static final TrendParameters DEFAULT =
      new TrendParameters(TrendWords.NEW, 8_640, 8_640, 10, 8, 3, 3);

  /** Looks at hot words that are not seen, by half-life. */
  private static final int SWEEPS = 64;

  public TrendParameters {
    if (words == null) {
      throw new IllegalArgumentException("words is missing");
    }
    if (halfLifeEpochs < 1) {
      throw new IllegalArgumentException(
          "halfLifeEpochs is " + halfLifeEpochs + ", must be positive");
    }
    if (windowEpochs < 1) {
      throw new IllegalArgumentException("windowEpochs is " + windowEpochs + ", must be positive");
    }
    if (top < 0) {
      throw new IllegalArgumentException("top is " + top + ", must not be negative");
    }
    if (!(off >= 0 && off <= on)) {
      throw new IllegalArgumentException("off is " + off + ", must be in [0, on], on is " + on);
    }
    if (!(minDocuments >= 0)) {
      throw new IllegalArgumentException(
          "minDocuments is " + minDocuments + ", must not be negative");
    }
  }

  /** The last epoch of the window that an epoch belongs to. */
  long lastOfWindow(long epoch) {
    return (Math.floorDiv(epoch, windowEpochs) + 1) * windowEpochs - 1;
  }

  /** Hot words that are not seen are looked at in the first epoch with another of these numbers. */
  long sweepOf(long epoch) {
    return Math.floorDiv(epoch, Math.max(1, halfLifeEpochs / SWEEPS));
  }
}
