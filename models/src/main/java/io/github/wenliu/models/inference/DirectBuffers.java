package io.github.wenliu.models.inference;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.util.HashMap;
import java.util.Map;

/**
 * Memory outside the heap for the inputs of one worker, by name, reused from run to run: it grows
 * to the largest input that came and stays there. Contents are what the run before left. For one
 * thread at a time.
 */
public final class DirectBuffers {

  private final Map<String, ByteBuffer> buffers = new HashMap<>();

  /** So many numbers under a name; what was given under that name before must no longer be used. */
  public FloatBuffer floats(String name, int elements) {
    return bytes(name, elements, Float.BYTES).asFloatBuffer().limit(elements);
  }

  /** So many numbers under a name; what was given under that name before must no longer be used. */
  public IntBuffer ints(String name, int elements) {
    return bytes(name, elements, Integer.BYTES).asIntBuffer().limit(elements);
  }

  /** So many numbers under a name; what was given under that name before must no longer be used. */
  public LongBuffer longs(String name, int elements) {
    return bytes(name, elements, Long.BYTES).asLongBuffer().limit(elements);
  }

  private ByteBuffer bytes(String name, int elements, int size) {
    int needed = Math.multiplyExact(elements, size);
    ByteBuffer known = buffers.get(name);
    if (known == null || known.capacity() < needed) {
      // rounded up, so that few sizes are ever asked for
      int rounded = (int) Math.min(Integer.MAX_VALUE - 15, Math.max(1024L, needed + needed / 4L));
      known = Tensor.direct(rounded, 1);
      buffers.put(name, known);
    }
    return known;
  }
}
