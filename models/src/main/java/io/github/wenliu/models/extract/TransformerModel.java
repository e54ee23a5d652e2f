package io.github.wenliu.models.extract;

import io.github.wenliu.models.inference.BatchModel;
import io.github.wenliu.models.inference.DirectBuffers;
import io.github.wenliu.models.inference.ElementType;
import io.github.wenliu.models.inference.InferenceMetrics;
import io.github.wenliu.models.inference.InferenceParameters;
import io.github.wenliu.models.inference.ModelPackage;
import io.github.wenliu.models.inference.OnnxModel;
import io.github.wenliu.models.inference.Signature;
import io.github.wenliu.models.inference.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;

/**
 * A transformer as exporters write it: {@code input_ids}, {@code attention_mask} and, if it has it,
 * {@code token_type_ids}, all {@code [batch, sequence]} of 64-bit integers; out come numbers {@code
 * [batch, sequence, tag]}. A row is answered with those of its text's own tokens. For one thread at
 * a time.
 */
final class TransformerModel implements BatchModel<TokenWindow, float[]> {
  private static final String IDS = "input_ids";
  private static final String MASK = "attention_mask";
  private static final String TYPES = "token_type_ids";

  private final TransformerScheme scheme;
  private final OnnxModel model;
  private final DirectBuffers buffers = new DirectBuffers();

  private TransformerModel(TransformerScheme scheme, OnnxModel model) {
    this.scheme = scheme;
    this.model = model;
  }

  static TransformerModel open(
      ModelPackage from,
      TransformerScheme scheme,
      InferenceParameters parameters,
      InferenceMetrics metrics) {
    long any = Signature.ANY;
    var signature =
        new Signature(
            List.of(
                Signature.port(IDS, ElementType.LONG, any, any),
                Signature.port(MASK, ElementType.LONG, any, any),
                Signature.optional(TYPES, ElementType.LONG, any, any)),
            List.of(Signature.port(scheme.output(), ElementType.FLOAT, any, any, scheme.tags())));
    return new TransformerModel(
        scheme, OnnxModel.open(from, scheme.model(), signature, parameters, metrics));
  }

  @Override
  public int positions(TokenWindow row) {
    return row.positions();
  }

  @Override
  public List<float[]> run(List<TokenWindow> rows) {
    int length = BatchModel.padded(rows.get(0).positions());
    // one row alone would be multiplied by other kernels, which round differently
    int height = Math.max(2, rows.size());
    var ids = new long[height * length];
    var mask = new long[height * length];
    var types = new long[height * length];
    for (int i = 0; i < height; i++) {
      var row = rows.get(Math.min(i, rows.size() - 1));
      for (int position = 0; position < row.positions(); position++) {
        int token = row.token(position);
        ids[i * length + position] = row.text().ids()[token];
        types[i * length + position] = row.text().types()[token];
        mask[i * length + position] = 1;
      }
    }
    var inputs = new HashMap<String, Tensor>();
    inputs.put(IDS, tensor(IDS, ids, height, length));
    inputs.put(MASK, tensor(MASK, mask, height, length));
    if (model.hasInput(TYPES)) {
      inputs.put(TYPES, tensor(TYPES, types, height, length));
    }
    float[] numbers =
        model
            .run(inputs)
            .get(scheme.output())
            .require(scheme.output(), height, length, scheme.tags())
            .numbers();
    var answers = new ArrayList<float[]>(rows.size());
    for (int i = 0; i < rows.size(); i++) {
      var row = rows.get(i);
      int from = (i * length + row.text().prefix()) * scheme.tags();
      answers.add(
          Arrays.copyOfRange(numbers, from, from + (row.to() - row.from()) * scheme.tags()));
    }
    return answers;
  }

  private Tensor tensor(String name, long[] numbers, int height, int length) {
    return Tensor.of(buffers.longs(name, numbers.length).put(numbers).flip(), height, length);
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
