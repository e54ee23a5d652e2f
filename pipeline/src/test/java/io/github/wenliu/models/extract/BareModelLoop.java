package io.github.wenliu.models.extract;

import io.github.wenliu.models.inference.BatchModel;
import io.github.wenliu.models.inference.InferenceMetrics;
import io.github.wenliu.models.inference.InferenceParameters;
import io.github.wenliu.models.inference.ManifestFields;
import io.github.wenliu.models.inference.ModelPackage;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * Nothing but runs of a model, one after the other, over batches that stand in memory: what a job
 * that extracts can be held against. Texts are cut, sorted by length and put into full batches
 * beforehand. The subjects of relations are read from their graph's answer, as the second graph
 * asks about them; the entities are not. Lives in the package of the models, whose classes it
 * needs.
 */
public final class BareModelLoop implements AutoCloseable {

  private record Prepared(BatchTensors.Batch batch, List<EncodedWindow> windows) {}

  private final List<Prepared> batches = new ArrayList<>();
  private final EntityHead entities;
  private final RelationHead relations;

  /**
   * @param texts all of their batches stand in memory, some 2 KiB a character
   */
  public BareModelLoop(
      ModelPackage from,
      ModelSelection selection,
      InferenceParameters parameters,
      List<String> texts) {
    var features = FeatureSet.read(from);
    var schemes = new SchemeReader(from);
    var inputs = new BatchTensors(features).ports();
    entities =
        selection.entities() == null
            ? null
            : EntityHead.open(
                from,
                schemes.entities(selection.entities()),
                inputs,
                parameters,
                InferenceMetrics.NONE);
    relations =
        selection.relations() == null
            ? null
            : RelationHead.open(
                from,
                schemes.relations(selection.relations()),
                inputs,
                parameters,
                InferenceMetrics.NONE);
    var encoding = ManifestFields.of(from).object("encoding");
    var byLength = new TreeMap<Integer, List<EncodedWindow>>();
    for (String text : texts) {
      var positions = KeySequence.of(text);
      for (var window :
          TextWindow.cut(
              text, positions, encoding.positive("maxPositions"), encoding.positive("overlap"))) {
        var encoded =
            features.encode(new KeyWindow(positions, window.from(), window.to()), List.of());
        byLength
            .computeIfAbsent(BatchModel.padded(encoded.positions()), unused -> new ArrayList<>())
            .add(encoded);
      }
    }
    for (List<EncodedWindow> windows : byLength.values()) {
      for (int i = 0; i < windows.size(); i += parameters.maxBatch()) {
        var rows = windows.subList(i, Math.min(windows.size(), i + parameters.maxBatch()));
        batches.add(new Prepared(new BatchTensors(features).write(rows), rows));
      }
    }
  }

  /** Runs all batches. */
  public void run() {
    for (Prepared prepared : batches) {
      if (entities != null) {
        entities.numbers(prepared.batch());
      }
      if (relations != null) {
        relations.run(prepared.batch(), prepared.windows());
      }
    }
  }

  @Override
  public void close() {
    if (entities != null) {
      entities.close();
    }
    if (relations != null) {
      relations.close();
    }
  }
}
