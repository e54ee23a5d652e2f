package io.github.wenliu.pipeline.codec;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;

/** JSON as it is accepted from outside: no name twice in an object, nothing beyond all measure. */
final class StrictJson {

  /** Deepest nesting. */
  static final int MAX_DEPTH = 500;

  /** Longest number, in characters. */
  static final int MAX_NUMBER_LENGTH = 1_000;

  private StrictJson() {}

  static JsonFactory factory() {
    return JsonFactory.builder()
        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
        .streamReadConstraints(
            StreamReadConstraints.builder()
                .maxNestingDepth(MAX_DEPTH)
                .maxNumberLength(MAX_NUMBER_LENGTH)
                .build())
        .build();
  }
}
