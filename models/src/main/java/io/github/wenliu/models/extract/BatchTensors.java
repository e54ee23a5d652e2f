package io.github.wenliu.models.extract;

import io.github.wenliu.models.inference.BatchModel;
import io.github.wenliu.models.inference.DirectBuffers;
import io.github.wenliu.models.inference.ElementType;
import io.github.wenliu.models.inference.Signature;
import io.github.wenliu.models.inference.Tensor;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The inputs of a batch: {@code features} float [rows, length, width], {@code lengths} int [rows],
 * and an int [rows, length] for each vocabulary that the model looks up itself. Written into memory
 * that is kept from batch to batch; for one thread.
 *
 * <p>A batch of one row gets a second, empty one: runtimes take another way through a product with
 * one row, whose last bits differ, and a row's answer must not depend on its batch.
 */
final class BatchTensors {
  static final int LEAST_ROWS = 2;

  private static final String FEATURES = "features";
  private static final String LENGTHS = "lengths";

  private final FeatureSet features;
  private final DirectBuffers buffers = new DirectBuffers();

  /** One position, before it goes into the batch. */
  private final float[] position;

  /** Zeros of one position. */
  private final float[] padding;

  /**
   * A batch.
   *
   * @param rows its rows, the empty one included
   * @param length its padded length
   */
  record Batch(Map<String, Tensor> inputs, Tensor lengths, int rows, int length) {}

  BatchTensors(FeatureSet features) {
    this.features = features;
    this.position = new float[features.width()];
    this.padding = new float[features.width()];
  }

  /** What a graph that reads these inputs declares. */
  List<Signature.Port> ports() {
    var ports = new ArrayList<Signature.Port>();
    if (features.width() > 0) {
      ports.add(
          Signature.port(
              FEATURES, ElementType.FLOAT, Signature.ANY, Signature.ANY, features.width()));
    }
    ports.add(lengthsPort());
    for (var name : features.idNames()) {
      ports.add(Signature.port(name, ElementType.INT, Signature.ANY, Signature.ANY));
    }
    return ports;
  }

  static Signature.Port lengthsPort() {
    return Signature.port(LENGTHS, ElementType.INT, Signature.ANY);
  }

  static String lengthsName() {
    return LENGTHS;
  }

  /** Writes windows of one padded length. */
  Batch write(List<EncodedWindow> windows) {
    int length = BatchModel.padded(windows.get(0).positions());
    int rows = Math.max(LEAST_ROWS, windows.size());
    var inputs = new HashMap<String, Tensor>();
    var lengths = Tensor.of(lengths(windows, rows), rows);
    inputs.put(LENGTHS, lengths);
    if (features.width() > 0) {
      inputs.put(FEATURES, Tensor.of(dense(windows, rows, length), rows, length, features.width()));
    }
    var names = features.idNames();
    for (int i = 0; i < names.size(); i++) {
      inputs.put(
          names.get(i), Tensor.of(ids(names.get(i), i, windows, rows, length), rows, length));
    }
    return new Batch(inputs, lengths, rows, length);
  }

  private IntBuffer lengths(List<EncodedWindow> windows, int rows) {
    var lengths = buffers.ints(LENGTHS, rows);
    for (int i = 0; i < rows; i++) {
      // an empty row has one position, so that a mask is never empty
      lengths.put(i, i < windows.size() ? windows.get(i).positions() : 1);
    }
    return lengths;
  }

  private FloatBuffer dense(List<EncodedWindow> windows, int rows, int length) {
    int width = features.width();
    var dense = buffers.floats(FEATURES, rows * length * width);
    for (int i = 0; i < rows; i++) {
      int positions = i < windows.size() ? windows.get(i).positions() : 0;
      int at = i * length * width;
      for (int k = 0; k < positions; k++) {
        features.write(windows.get(i), k, position);
        dense.put(at + k * width, position);
      }
      for (int k = positions; k < length; k++) {
        dense.put(at + k * width, padding);
      }
    }
    return dense;
  }

  private IntBuffer ids(
      String name, int number, List<EncodedWindow> windows, int rows, int length) {
    var ids = buffers.ints(name, rows * length);
    var padded = new int[length];
    for (int i = 0; i < rows; i++) {
      Arrays.fill(padded, 0);
      if (i < windows.size()) {
        int[] found = features.rows(windows.get(i), number);
        System.arraycopy(found, 0, padded, 0, found.length);
      }
      ids.put(i * length, padded, 0, length);
    }
    return ids;
  }
}
