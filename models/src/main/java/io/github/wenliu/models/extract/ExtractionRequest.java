package io.github.wenliu.models.extract;

import java.util.List;

/**
 * A text to extract from.
 *
 * @param text any string
 * @param hints what is known about it beside the model
 */
public record ExtractionRequest(String text, List<LexiconHint> hints) {

  public ExtractionRequest {
    if (text == null) {
      throw new IllegalArgumentException("text must be given");
    }
    hints = List.copyOf(hints);
  }

  /** A text of which nothing else is known. */
  public static ExtractionRequest of(String text) {
    return new ExtractionRequest(text, List.of());
  }
}
