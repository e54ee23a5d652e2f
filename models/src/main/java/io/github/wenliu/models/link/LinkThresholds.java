package io.github.wenliu.models.link;

/**
 * From which probabilities on a link is believed.
 *
 * @param found for a place that only the knowledge base says is a mention
 * @param given for a mention that came with the text
 * @param extracted for a mention that an extractor found, and that counts as one for sure
 */
public record LinkThresholds(double found, double given, double extracted) {

  public LinkThresholds {
    if (!(found > 0 && found < 1 && given >= 0 && given < 1 && extracted >= 0 && extracted < 1)) {
      throw new IllegalArgumentException(
          "thresholds are "
              + found
              + ", "
              + given
              + " and "
              + extracted
              + ", must be probabilities");
    }
  }
}
