package io.github.wenliu.models.extract;

import io.github.wenliu.models.inference.ModelException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Vectors of 8-bit numbers with one scale a row: a quarter of the size of what they stand for.
 *
 * <p>File, little endian: the bytes {@code WLT1}, int32 rows, int32 dimensions, float32[rows]
 * scales, int8[rows · dimensions]. An entry is scale · number.
 */
final class QuantizedTable {
  private static final int MAGIC = 'W' | 'L' << 8 | 'T' << 16 | '1' << 24;
  private static final int HEADER = 12;

  private final int rows;
  private final int dimensions;
  private final float[] scales;

  /** Row {@code r} is {@code numbers[r · dimensions] … numbers[(r+1) · dimensions - 1]}. */
  private final byte[] numbers;

  QuantizedTable(int dimensions, float[] scales, byte[] numbers) {
    this.rows = scales.length;
    this.dimensions = dimensions;
    this.scales = scales;
    this.numbers = numbers;
  }

  /**
   * Reads a table.
   *
   * @param file its name, for messages
   */
  static QuantizedTable read(String file, byte[] bytes) {
    var in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    if (bytes.length < HEADER || in.getInt() != MAGIC) {
      throw new ModelException(file + " is no table: expected it to begin with WLT1");
    }
    int rows = in.getInt();
    int dimensions = in.getInt();
    long expected = HEADER + (long) rows * (Float.BYTES + dimensions);
    if (rows < 1 || dimensions < 1 || expected != bytes.length) {
      throw new ModelException(
          "%s has %d rows of %d numbers, expected %d bytes, found %d"
              .formatted(file, rows, dimensions, expected, bytes.length));
    }
    var scales = new float[rows];
    in.asFloatBuffer().get(scales);
    in.position(HEADER + rows * Float.BYTES);
    var numbers = new byte[rows * dimensions];
    in.get(numbers);
    return new QuantizedTable(dimensions, scales, numbers);
  }

  int rows() {
    return rows;
  }

  int dimensions() {
    return dimensions;
  }

  /** Writes a row from {@code out[at]} on. */
  void write(int row, float[] out, int at) {
    float scale = scales[row];
    int from = row * dimensions;
    for (int k = 0; k < dimensions; k++) {
      out[at + k] = scale * numbers[from + k];
    }
  }

  /** Adds a multiple of a row from {@code out[at]} on. */
  void add(int row, float times, float[] out, int at) {
    float scale = scales[row] * times;
    int from = row * dimensions;
    for (int k = 0; k < dimensions; k++) {
      out[at + k] += scale * numbers[from + k];
    }
  }
}
