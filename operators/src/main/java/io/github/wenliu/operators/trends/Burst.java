package io.github.wenliu.operators.trends;

/**
 * How much more often than usual a word is said, at one moment.
 *
 * @param score log-likelihood ratio of the recent to the lifetime rate, in nats; 0 if the word is
 *     not said more often than usual
 * @param documents recent documents that hold it, each decayed by its age
 * @param rate share of the recent documents that hold it
 * @param lifetimeRate share of all documents that hold it
 */
public record Burst(double score, double documents, double rate, double lifetimeRate) {

  /**
   * @param word decayed documents that hold the word
   * @param channel decayed documents of the channel
   * @param lifetimeRate share of all documents that hold it
   */
  static Burst of(double word, double channel, double lifetimeRate) {
    double rate = channel == 0 ? 0 : word / channel;
    double expected = channel * lifetimeRate;
    double score =
        rate > lifetimeRate ? word * StrictMath.log(word / expected) - word + expected : 0;
    return new Burst(Math.max(0, score), word, rate, lifetimeRate);
  }
}
