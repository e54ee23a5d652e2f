package io.github.wenliu.models.link;

import io.github.wenliu.models.inference.BatchModel;
import io.github.wenliu.models.inference.DirectBuffers;
import io.github.wenliu.models.inference.ElementType;
import io.github.wenliu.models.inference.InferenceMetrics;
import io.github.wenliu.models.inference.InferenceParameters;
import io.github.wenliu.models.inference.ModelPackage;
import io.github.wenliu.models.inference.OnnxModel;
import io.github.wenliu.models.inference.Signature;
import io.github.wenliu.models.inference.Tensor;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The graph that scores pairs: {@code features} float {@code [batch, pairs, features]}, {@code
 * context} int {@code [batch, pairs, tokens]} and {@code description} float {@code [batch, pairs,
 * vector]} to {@code logits} float {@code [batch, pairs, 2]}. Rows are padded with pairs of zeros
 * to a length of their own, eight at least, so that no product ever has one row; the graph must not
 * look from one pair at another. For one thread at a time.
 */
final class PairScorer implements BatchModel<PairRow, float[]> {

  /** Numbers that a pair is answered with. */
  static final int LOGITS = 2;

  /** What the bytes of a vector stand for, by the byte less the smallest. */
  private static final float[] PARTS = new float[1 << Byte.SIZE];

  private static final String FEATURES = "features";
  private static final String CONTEXT = "context";
  private static final String DESCRIPTION = "description";
  private static final String OUTPUT = "logits";

  static {
    for (int i = 0; i < PARTS.length; i++) {
      PARTS[i] = (float) (i + Byte.MIN_VALUE) / Byte.MAX_VALUE;
    }
  }

  private final LinkerManifest manifest;
  private final OnnxModel model;
  private final DirectBuffers buffers = new DirectBuffers();

  private PairScorer(LinkerManifest manifest, OnnxModel model) {
    this.manifest = manifest;
    this.model = model;
  }

  static PairScorer open(
      ModelPackage from,
      LinkerManifest manifest,
      InferenceParameters parameters,
      InferenceMetrics metrics) {
    long any = Signature.ANY;
    var signature =
        new Signature(
            List.of(
                Signature.port(FEATURES, ElementType.FLOAT, any, any, manifest.features().size()),
                Signature.port(CONTEXT, ElementType.INT, any, any, manifest.tokens()),
                Signature.port(DESCRIPTION, ElementType.FLOAT, any, any, manifest.vector())),
            List.of(Signature.port(OUTPUT, ElementType.FLOAT, any, any, LOGITS)));
    return new PairScorer(
        manifest, OnnxModel.open(from, manifest.scorer(), signature, parameters, metrics));
  }

  @Override
  public int positions(PairRow row) {
    return row.size();
  }

  @Override
  public List<float[]> run(List<PairRow> rows) {
    int length = BatchModel.padded(rows.get(0).size());
    var logits =
        model
            .run(
                Map.of(
                    FEATURES,
                    Tensor.of(features(rows, length), rows.size(), length, width()),
                    CONTEXT,
                    Tensor.of(context(rows, length), rows.size(), length, manifest.tokens()),
                    DESCRIPTION,
                    Tensor.of(descriptions(rows, length), rows.size(), length, manifest.vector())))
            .get(OUTPUT)
            .require(OUTPUT, rows.size(), length, LOGITS)
            .numbers();
    var answers = new ArrayList<float[]>(rows.size());
    for (int i = 0; i < rows.size(); i++) {
      int from = i * length * LOGITS;
      answers.add(Arrays.copyOfRange(logits, from, from + rows.get(i).size() * LOGITS));
    }
    return answers;
  }

  private int width() {
    return manifest.features().size();
  }

  private FloatBuffer features(List<PairRow> rows, int length) {
    var all = buffers.floats(FEATURES, rows.size() * length * width());
    var padding = new float[BatchModel.GRANULE * width()];
    for (var row : rows) {
      all.put(row.pairs().features(), row.from() * width(), row.size() * width());
      all.put(padding, 0, (length - row.size()) * width());
    }
    return all.flip();
  }

  private IntBuffer context(List<PairRow> rows, int length) {
    int width = manifest.tokens();
    var all = buffers.ints(CONTEXT, rows.size() * length * width);
    var padding = new int[BatchModel.GRANULE * width];
    for (var row : rows) {
      all.put(row.pairs().context(), row.from() * width, row.size() * width);
      all.put(padding, 0, (length - row.size()) * width);
    }
    return all.flip();
  }

  private FloatBuffer descriptions(List<PairRow> rows, int length) {
    int width = manifest.vector();
    var all = buffers.floats(DESCRIPTION, rows.size() * length * width);
    var parts = new float[length * width];
    for (var row : rows) {
      byte[] vectors = row.pairs().descriptions();
      int first = row.from() * width;
      int size = row.size() * width;
      for (int i = 0; i < size; i++) {
        parts[i] = PARTS[vectors[first + i] - Byte.MIN_VALUE];
      }
      Arrays.fill(parts, size, parts.length, 0);
      all.put(parts);
    }
    return all.flip();
  }

  @Override
  public void interrupt() {
    model.interrupt();
  }

  @Override
  public void close() {
    model.close();
  }
}
