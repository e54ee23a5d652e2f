package io.github.wenliu.models.inference;

import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;

/**
 * Numbers that go into a model, in row-major order, and their shape. A direct buffer in native
 * order is used as it is, without a copy, and must not change while the model runs: that is the way
 * for large inputs, see {@link DirectBuffers}. An array is copied into a fresh direct buffer.
 *
 * <p>The numbers are those from the buffer's position on, as many as the shape asks for.
 */
public final class Tensor {

  private final ElementType type;
  private final Buffer buffer;
  private final long[] shape;

  private Tensor(ElementType type, Buffer buffer, long[] shape) {
    long elements = 1;
    for (long size : shape) {
      if (size < 0) {
        throw new IllegalArgumentException("a shape has no negative sizes but is " + text(shape));
      }
      elements = Math.multiplyExact(elements, size);
    }
    if (elements > buffer.remaining()) {
      throw new IllegalArgumentException(
          "shape %s needs %d numbers but there are %d"
              .formatted(text(shape), elements, buffer.remaining()));
    }
    if (!buffer.isDirect()) {
      throw new IllegalArgumentException("the buffer must be direct");
    }
    this.type = type;
    this.buffer = buffer;
    this.shape = shape.clone();
    buffer.limit(buffer.position() + (int) elements);
  }

  public static Tensor of(FloatBuffer direct, long... shape) {
    requireNative(direct.order());
    return new Tensor(ElementType.FLOAT, direct.duplicate(), shape);
  }

  public static Tensor of(IntBuffer direct, long... shape) {
    requireNative(direct.order());
    return new Tensor(ElementType.INT, direct.duplicate(), shape);
  }

  public static Tensor of(LongBuffer direct, long... shape) {
    requireNative(direct.order());
    return new Tensor(ElementType.LONG, direct.duplicate(), shape);
  }

  public static Tensor of(float[] numbers, long... shape) {
    return of(direct(numbers.length, Float.BYTES).asFloatBuffer().put(numbers).rewind(), shape);
  }

  public static Tensor of(int[] numbers, long... shape) {
    return of(direct(numbers.length, Integer.BYTES).asIntBuffer().put(numbers).rewind(), shape);
  }

  public static Tensor of(long[] numbers, long... shape) {
    return of(direct(numbers.length, Long.BYTES).asLongBuffer().put(numbers).rewind(), shape);
  }

  public ElementType type() {
    return type;
  }

  public long[] shape() {
    return shape.clone();
  }

  Buffer buffer() {
    return buffer;
  }

  static ByteBuffer direct(int elements, int bytes) {
    return ByteBuffer.allocateDirect(Math.multiplyExact(elements, bytes))
        .order(ByteOrder.nativeOrder());
  }

  private static void requireNative(ByteOrder order) {
    if (order != ByteOrder.nativeOrder()) {
      throw new IllegalArgumentException("the buffer must be in native order but is " + order);
    }
  }

  private static String text(long[] shape) {
    return Arrays.toString(shape);
  }
}
