package io.github.wenliu.models.extract;

import io.github.wenliu.models.inference.Batcher;
import io.github.wenliu.models.inference.InferenceMetrics;
import io.github.wenliu.models.inference.InferenceParameters;
import io.github.wenliu.models.inference.ManifestFields;
import io.github.wenliu.models.inference.ModelPackage;
import io.github.wenliu.models.inference.SharedMetrics;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What all extractors of one selection in a process share: the tables, the models, the batcher. */
final class OpenExtractor implements AutoCloseable {
  private static final String WARM_UP = "文流读懂每一篇文档。";

  private final FeatureSet features;
  private final ExtractionAssembly assembly;

  /** Category of the lexicon for each type that has one of another name. */
  private final Map<String, String> categories = new HashMap<>();

  private final int maxPositions;
  private final int overlap;
  private final SharedMetrics metrics = new SharedMetrics();
  private final Batcher<EncodedWindow, WindowAnswer> batcher;

  private OpenExtractor(
      ModelPackage from, ModelSelection selection, InferenceParameters parameters) {
    var schemes = new SchemeReader(from);
    var entities = selection.entities() == null ? null : schemes.entities(selection.entities());
    var relations = selection.relations() == null ? null : schemes.relations(selection.relations());
    var encoding = ManifestFields.of(from).object("encoding");
    this.maxPositions = encoding.positive("maxPositions");
    this.overlap = encoding.positive("overlap");
    if (2 * overlap > maxPositions) {
      throw from.wrong("encoding.overlap", "at most half of " + maxPositions, overlap);
    }
    this.features = FeatureSet.read(from);
    this.assembly =
        new ExtractionAssembly(
            entities == null ? List.of() : entities.labels(),
            relations == null ? List.of() : relations.predicates());
    if (relations != null) {
      categories.putAll(relations.categories());
    }
    if (entities != null) {
      categories.putAll(entities.categories());
    }
    this.batcher =
        new Batcher<>(
            from.id(),
            () -> ExtractorModel.open(from, features, entities, relations, parameters, metrics),
            parameters,
            metrics);
  }

  /** Opens a selection and runs it once. */
  static OpenExtractor open(
      ModelPackage from,
      ModelSelection selection,
      InferenceParameters parameters,
      InferenceMetrics metrics) {
    var opened = new OpenExtractor(from, selection, parameters);
    opened.metrics.add(metrics);
    try {
      opened.warmUp();
      return opened;
    } catch (RuntimeException e) {
      opened.close();
      throw e;
    } finally {
      opened.metrics.remove(metrics);
    }
  }

  private void warmUp() {
    var positions = KeySequence.of(WARM_UP);
    var row = features.encode(new KeyWindow(positions, 0, positions.length()), List.of());
    WindowExtractor.await(batcher.submit(row));
  }

  FeatureSet features() {
    return features;
  }

  /** The category of the lexicon whose flags a hint sets. */
  String category(LexiconHint hint) {
    return categories.getOrDefault(hint.category(), hint.category());
  }

  ExtractionAssembly assembly() {
    return assembly;
  }

  int maxPositions() {
    return maxPositions;
  }

  int overlap() {
    return overlap;
  }

  SharedMetrics metrics() {
    return metrics;
  }

  Batcher<EncodedWindow, WindowAnswer> batcher() {
    return batcher;
  }

  @Override
  public void close() {
    batcher.close();
  }
}
