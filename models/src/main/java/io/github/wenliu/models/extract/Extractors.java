package io.github.wenliu.models.extract;

import io.github.wenliu.models.inference.InferenceMetrics;
import io.github.wenliu.models.inference.InferenceParameters;
import io.github.wenliu.models.inference.ModelCatalog;
import io.github.wenliu.models.inference.ModelException;
import io.github.wenliu.models.inference.ModelPackage;
import io.github.wenliu.models.inference.SharedModels;
import java.util.List;
import java.util.Set;

/** Opens extractors, of whatever kind a package is. */
public final class Extractors {

  private Extractors() {}

  /**
   * Opens a selection, or takes a share in it if this process has it open.
   *
   * @param metrics told of the runs, as long as nobody who came before is
   * @throws ModelException in one line, if the package or the machine does not allow it
   */
  public static Extractor open(
      ModelCatalog catalog,
      ModelSelection selection,
      InferenceParameters parameters,
      InferenceMetrics metrics) {
    var from = catalog.resolve(selection.model());
    var resolved = new ModelSelection(from.id(), selection.entities(), selection.relations());
    var key = new SharedModels.Key(from.checksum(), resolved.schemes(), parameters);
    if (from.kind().equals(ModelPackage.TOKEN_CLASSIFIER)) {
      return new TransformerExtractor(
          resolved,
          SharedModels.ofProcess()
              .acquire(
                  key,
                  OpenTransformer.class,
                  () -> OpenTransformer.open(from, resolved, parameters, metrics)),
          metrics);
    }
    var share =
        SharedModels.ofProcess()
            .acquire(
                key,
                OpenExtractor.class,
                () -> OpenExtractor.open(from, resolved, parameters, metrics));
    return new WindowExtractor(resolved, share, metrics);
  }

  /** The names of all label schemes of a package, sorted. */
  public static Set<String> schemes(ModelPackage from) {
    return new SchemeReader(from).names();
  }

  /**
   * The selection of one or two schemes of a package.
   *
   * @param schemes a scheme of entities, one of relations, or one of each in any order
   * @throws ModelException if the package does not have them, or they are of one task
   */
  public static ModelSelection select(ModelPackage from, List<String> schemes) {
    var reader = new SchemeReader(from);
    String entities = null;
    String relations = null;
    for (var scheme : schemes) {
      boolean isRelations = reader.isRelations(scheme);
      if ((isRelations ? relations : entities) != null) {
        throw new ModelException(
            "%s: expected one scheme of entities and one of relations but found %s"
                .formatted(from.id(), schemes));
      }
      if (isRelations) {
        relations = scheme;
      } else {
        entities = scheme;
      }
    }
    return new ModelSelection(from.id(), entities, relations);
  }
}
