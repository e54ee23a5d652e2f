package io.github.wenliu.models.extract;

import io.github.wenliu.models.inference.BatchModel;
import io.github.wenliu.models.inference.InferenceMetrics;
import io.github.wenliu.models.inference.InferenceParameters;
import io.github.wenliu.models.inference.ModelPackage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The models of a selection, over batches of windows: the inputs are written once and read by the
 * model of the entities and by those of the relations. One for each thread that runs batches.
 */
final class ExtractorModel implements BatchModel<EncodedWindow, WindowAnswer> {
  private final BatchTensors tensors;

  /** Or {@code null}. */
  private final EntityHead entities;

  /** Or {@code null}. */
  private final RelationHead relations;

  private ExtractorModel(BatchTensors tensors, EntityHead entities, RelationHead relations) {
    this.tensors = tensors;
    this.entities = entities;
    this.relations = relations;
  }

  /**
   * Opens the graphs of one scheme or two.
   *
   * @param entities scheme of the entities, or {@code null}
   * @param relations scheme of the relations, or {@code null}
   */
  static ExtractorModel open(
      ModelPackage from,
      FeatureSet features,
      EntityScheme entities,
      RelationScheme relations,
      InferenceParameters parameters,
      InferenceMetrics metrics) {
    var tensors = new BatchTensors(features);
    var inputs = tensors.ports();
    var entityHead =
        entities == null ? null : EntityHead.open(from, entities, inputs, parameters, metrics);
    try {
      var relationHead =
          relations == null
              ? null
              : RelationHead.open(from, relations, inputs, parameters, metrics);
      return new ExtractorModel(tensors, entityHead, relationHead);
    } catch (RuntimeException e) {
      if (entityHead != null) {
        entityHead.close();
      }
      throw e;
    }
  }

  @Override
  public int positions(EncodedWindow window) {
    return window.positions();
  }

  @Override
  public List<WindowAnswer> run(List<EncodedWindow> windows) {
    var batch = tensors.write(windows);
    List<List<ScoredSpan>> spans =
        entities == null
            ? Collections.nCopies(windows.size(), List.of())
            : entities.decode(entities.numbers(batch), windows);
    List<List<ScoredTriple>> triples =
        relations == null
            ? Collections.nCopies(windows.size(), List.of())
            : relations.run(batch, windows);
    var answers = new ArrayList<WindowAnswer>(windows.size());
    for (int i = 0; i < windows.size(); i++) {
      answers.add(new WindowAnswer(spans.get(i), triples.get(i)));
    }
    return answers;
  }

  @Override
  public void interrupt() {
    if (entities != null) {
      entities.interrupt();
    }
    if (relations != null) {
      relations.interrupt();
    }
  }

  @Override
  public void close() {
    try {
      if (entities != null) {
        entities.close();
      }
    } finally {
      if (relations != null) {
        relations.close();
      }
    }
  }
}
