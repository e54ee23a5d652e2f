package io.github.wenliu.models.extract;

import io.github.wenliu.models.inference.InferenceMetrics;
import io.github.wenliu.models.inference.InferenceParameters;
import io.github.wenliu.models.inference.ModelCatalog;
import io.github.wenliu.models.inference.ModelPackage;
import java.util.List;

/** The packages that ship with the project, with what tests do with them. */
final class ReleasedPackages {

  private ReleasedPackages() {}

  /** All extractors among them. */
  static List<ModelPackage> all() {
    var catalog = ModelCatalog.released();
    return catalog.list().stream()
        .map(catalog::resolve)
        .filter(one -> one.kind().equals(ModelPackage.EXTRACTOR))
        .toList();
  }

  static EntityHead entities(ModelPackage from, FeatureSet features, EntityScheme scheme) {
    return EntityHead.open(
        from,
        scheme,
        new BatchTensors(features).ports(),
        InferenceParameters.DEFAULT,
        InferenceMetrics.NONE);
  }

  static RelationHead relations(ModelPackage from, FeatureSet features, RelationScheme scheme) {
    return RelationHead.open(
        from,
        scheme,
        new BatchTensors(features).ports(),
        InferenceParameters.DEFAULT,
        InferenceMetrics.NONE);
  }
}
