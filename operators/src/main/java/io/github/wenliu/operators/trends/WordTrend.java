package io.github.wenliu.operators.trends;

/**
 * What is kept of a word.
 *
 * @param documents that have held it in all its life
 * @param weight the same decayed, as {@link io.github.wenliu.operators.decay.ForwardDecay} weighs
 * @param landmark of the decay when the weight was written
 * @param hot whether it is hot
 */
public record WordTrend(long documents, double weight, long landmark, boolean hot) {

  /** No double survives a larger power of two. */
  private static final int MOST_SHIFT = 4_096;

  /** A copy whose weight is seen from another landmark; exact, as it is a power of two. */
  WordTrend from(long newLandmark) {
    long shift = Math.max(-MOST_SHIFT, Math.min(MOST_SHIFT, landmark - newLandmark));
    return shift == 0
        ? this
        : new WordTrend(documents, StrictMath.scalb(weight, (int) shift), newLandmark, hot);
  }

  WordTrend plus(int more, double weightOfOne) {
    return new WordTrend(documents + more, weight + more * weightOfOne, landmark, hot);
  }

  WordTrend withAtLeast(long before) {
    return new WordTrend(Math.max(documents, before), weight, landmark, hot);
  }

  WordTrend as(boolean nowHot) {
    return new WordTrend(documents, weight, landmark, nowHot);
  }
}
