package io.github.wenliu.models.extract;

import io.github.wenliu.models.inference.ElementType;
import io.github.wenliu.models.inference.InferenceMetrics;
import io.github.wenliu.models.inference.InferenceParameters;
import io.github.wenliu.models.inference.ModelPackage;
import io.github.wenliu.models.inference.OnnxModel;
import io.github.wenliu.models.inference.OutputTensor;
import io.github.wenliu.models.inference.Signature;
import java.util.ArrayList;
import java.util.List;

/** The model of an entity scheme: numbers for each position, read as spans. */
final class EntityHead implements AutoCloseable {
  private final EntityScheme scheme;
  private final OnnxModel model;

  private EntityHead(EntityScheme scheme, OnnxModel model) {
    this.scheme = scheme;
    this.model = model;
  }

  /**
   * Opens the graph of a scheme.
   *
   * @param inputs what the batches hold
   */
  static EntityHead open(
      ModelPackage from,
      EntityScheme scheme,
      List<Signature.Port> inputs,
      InferenceParameters parameters,
      InferenceMetrics metrics) {
    var output =
        Signature.port(
            scheme.output(),
            ElementType.FLOAT,
            Signature.ANY,
            Signature.ANY,
            scheme.decoder().columns());
    var signature = new Signature(inputs, List.of(output));
    return new EntityHead(
        scheme, OnnxModel.open(from, scheme.model(), signature, parameters, metrics));
  }

  /** The numbers of a batch, {@code [rows, length, columns]}. */
  OutputTensor numbers(BatchTensors.Batch batch) {
    return model
        .run(batch.inputs())
        .get(scheme.output())
        .require(scheme.output(), batch.rows(), batch.length(), scheme.decoder().columns());
  }

  /** The spans of each window of a batch, without overlaps. */
  List<List<ScoredSpan>> decode(OutputTensor numbers, List<EncodedWindow> windows) {
    int rowSize = numbers.shape()[1] * numbers.shape()[2];
    var answers = new ArrayList<List<ScoredSpan>>(windows.size());
    for (int i = 0; i < windows.size(); i++) {
      var spans =
          scheme.decoder().decode(numbers.numbers(), i * rowSize, windows.get(i).positions());
      answers.add(ScoredSpan.withoutOverlaps(spans, ScoredSpan.BEST_FIRST));
    }
    return answers;
  }

  void interrupt() {
    model.interrupt();
  }

  @Override
  public void close() {
    model.close();
  }
}
