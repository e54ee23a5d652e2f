package io.github.wenliu.models.extract;

import java.util.List;

/** Reads spans from the numbers that a model gives for each position. Plain and deterministic. */
sealed interface SpanDecoder permits PointerDecoder, TagDecoder {

  /** Numbers of a position. */
  int columns();

  /**
   * Spans with the labels of the scheme; they may overlap.
   *
   * @param numbers {@code [positions, columns]} from {@code at} on
   */
  List<ScoredSpan> decode(float[] numbers, int at, int positions);
}
