package io.github.wenliu.models.link;

import io.github.wenliu.models.inference.DirectBuffers;
import io.github.wenliu.models.inference.ElementType;
import io.github.wenliu.models.inference.InferenceMetrics;
import io.github.wenliu.models.inference.InferenceParameters;
import io.github.wenliu.models.inference.ModelException;
import io.github.wenliu.models.inference.ModelPackage;
import io.github.wenliu.models.inference.OnnxModel;
import io.github.wenliu.models.inference.Signature;
import io.github.wenliu.models.inference.Tensor;
import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The graph that reads descriptions: {@code tokens} int {@code [batch, tokens]} to {@code vector}
 * float {@code [batch, vector]}, of length 1 or 0, kept as a signed byte a dimension. Runs on the
 * thread that asks. Thread-safe.
 */
final class Describer implements AutoCloseable {

  /** Descriptions of one run. */
  private static final int MOST_ROWS = 64;

  /** One row alone would be multiplied by other kernels, which round differently. */
  private static final int LEAST_ROWS = 2;

  /** By how much a number of a vector may be beyond 1. */
  private static final float ROUNDING = 1e-3f;

  private static final byte[] NOTHING = {};
  private static final String TOKENS = "tokens";
  private static final String VECTOR = "vector";

  private final String name;
  private final int tokens;
  private final int vector;
  private final OnnxModel model;

  /** Those that no thread uses just now. */
  private final ConcurrentLinkedQueue<DirectBuffers> buffers = new ConcurrentLinkedQueue<>();

  private Describer(String name, LinkerManifest manifest, OnnxModel model) {
    this.name = name;
    this.tokens = manifest.tokens();
    this.vector = manifest.vector();
    this.model = model;
  }

  static Describer open(
      ModelPackage from,
      LinkerManifest manifest,
      InferenceParameters parameters,
      InferenceMetrics metrics) {
    long any = Signature.ANY;
    var signature =
        new Signature(
            List.of(Signature.port(TOKENS, ElementType.INT, any, manifest.tokens())),
            List.of(Signature.port(VECTOR, ElementType.FLOAT, any, manifest.vector())));
    return new Describer(
        from.id() + "/" + manifest.describer(),
        manifest,
        OnnxModel.open(from, manifest.describer(), signature, parameters, metrics));
  }

  /** The vectors of descriptions, in order; empty where there are no tokens. */
  List<byte[]> describe(List<int[]> descriptions) {
    var vectors = new byte[descriptions.size()][];
    var there = new ArrayList<Integer>(descriptions.size());
    for (int i = 0; i < vectors.length; i++) {
      vectors[i] = NOTHING;
      if (descriptions.get(i).length > tokens) {
        throw new IllegalArgumentException(
            "a description has at most %d tokens but this one %d"
                .formatted(tokens, descriptions.get(i).length));
      }
      if (descriptions.get(i).length > 0) {
        there.add(i);
      }
    }
    for (int from = 0; from < there.size(); from += MOST_ROWS) {
      describe(
          descriptions, there.subList(from, Math.min(from + MOST_ROWS, there.size())), vectors);
    }
    return List.of(vectors);
  }

  /** One run. */
  private void describe(List<int[]> descriptions, List<Integer> which, byte[][] vectors) {
    int rows = Math.max(LEAST_ROWS, which.size());
    var own = buffers.poll();
    var used = own == null ? new DirectBuffers() : own;
    try {
      var all = used.ints(TOKENS, rows * tokens);
      which.forEach(number -> put(descriptions.get(number), all));
      all.put(new int[(rows - which.size()) * tokens]);
      float[] numbers =
          model
              .run(Map.of(TOKENS, Tensor.of(all.flip(), rows, tokens)))
              .get(VECTOR)
              .require(VECTOR, rows, vector)
              .numbers();
      for (int i = 0; i < which.size(); i++) {
        vectors[which.get(i)] = bytes(numbers, i * vector);
      }
    } finally {
      buffers.add(used);
    }
  }

  private void put(int[] description, IntBuffer to) {
    to.put(description);
    to.put(new int[tokens - description.length]);
  }

  private byte[] bytes(float[] numbers, int from) {
    var bytes = new byte[vector];
    for (int i = 0; i < vector; i++) {
      float number = numbers[from + i];
      if (Math.abs(number) > 1 + ROUNDING) {
        throw new ModelException(
            "%s: output %s: expected numbers between -1 and 1 but found others: %s"
                .formatted(name, VECTOR, number));
      }
      bytes[i] = (byte) Math.round(Math.max(-1, Math.min(1, number)) * Byte.MAX_VALUE);
    }
    return bytes;
  }

  @Override
  public void close() {
    model.close();
  }
}
