package io.github.wenliu.models.inference;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The tagger graph as a batcher wants it: rows of features, answers of scores without padding. */
final class TaggerModel implements BatchModel<float[], float[]> {

  private final OnnxModel model = Graphs.open("tagger.onnx", Graphs.TAGGER);
  private final DirectBuffers buffers = new DirectBuffers();

  @Override
  public int positions(float[] row) {
    return row.length / Graphs.FEATURES;
  }

  @Override
  public List<float[]> run(List<float[]> rows) {
    int length = BatchModel.padded(positions(rows.get(0)));
    var features = buffers.floats("features", rows.size() * length * Graphs.FEATURES);
    var lengths = buffers.ints("lengths", rows.size());
    for (float[] row : rows) {
      features.put(row).put(new float[length * Graphs.FEATURES - row.length]);
      lengths.put(positions(row));
    }
    OutputTensor scores =
        model
            .run(
                Map.of(
                    "features",
                    Tensor.of(features.flip(), rows.size(), length, Graphs.FEATURES),
                    "lengths",
                    Tensor.of(lengths.flip(), rows.size())))
            .get("scores")
            .require("scores", rows.size(), length, Graphs.SCORES);
    var answers = new ArrayList<float[]>();
    for (int i = 0; i < rows.size(); i++) {
      int from = i * length * Graphs.SCORES;
      answers.add(
          Arrays.copyOfRange(
              scores.numbers(), from, from + positions(rows.get(i)) * Graphs.SCORES));
    }
    return answers;
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
