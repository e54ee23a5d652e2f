package io.github.wenliu.models.inference;

import java.util.Arrays;

/**
 * Finite numbers that a model gave, in row-major order.
 *
 * @param numbers as many as the shape says
 * @param shape sizes
 */
public record OutputTensor(float[] numbers, int[] shape) {

  /** Checks the shape; {@link Signature#ANY} accepts every size. */
  public OutputTensor require(String name, long... expected) {
    boolean fits = shape.length == expected.length;
    for (int i = 0; fits && i < expected.length; i++) {
      fits = expected[i] == Signature.ANY || expected[i] == shape[i];
    }
    if (!fits) {
      throw new ModelException(
          "output %s: expected shape %s but found %s"
              .formatted(name, Arrays.toString(expected), Arrays.toString(shape)));
    }
    return this;
  }

  /** Whether all are neither infinite nor not a number. */
  boolean isFinite() {
    // x * 0 is 0 for finite x only; four sums, so that they need not wait for one another
    float a = 0;
    float b = 0;
    float c = 0;
    float d = 0;
    int i = 0;
    for (; i + 3 < numbers.length; i += 4) {
      a += numbers[i] * 0f;
      b += numbers[i + 1] * 0f;
      c += numbers[i + 2] * 0f;
      d += numbers[i + 3] * 0f;
    }
    for (; i < numbers.length; i++) {
      a += numbers[i] * 0f;
    }
    return a + b + c + d == 0f;
  }
}
