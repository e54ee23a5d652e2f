package io.github.wenliu.models.link;

import io.github.wenliu.models.inference.InferenceMetrics;
import io.github.wenliu.models.inference.InferenceParameters;
import io.github.wenliu.models.inference.ModelCatalog;
import io.github.wenliu.models.inference.ModelException;
import io.github.wenliu.models.inference.ModelPackage;
import io.github.wenliu.models.inference.SharedModels;
import java.util.List;

/** Opens linking models. */
public final class Linkers {

  private Linkers() {}

  /**
   * Opens a model, or takes a share in it if this process has it open.
   *
   * @param model name, or name and version
   * @param features names of the features that the caller makes, in order: those of the model
   * @param metrics told of the runs, as long as nobody who came before is
   * @throws ModelException in one line, if the package or the machine does not allow it
   */
  public static LinkModel open(
      ModelCatalog catalog,
      String model,
      List<String> features,
      InferenceParameters parameters,
      InferenceMetrics metrics) {
    return open(catalog.resolve(model), features, parameters, metrics);
  }

  private static LinkModel open(
      ModelPackage from,
      List<String> features,
      InferenceParameters parameters,
      InferenceMetrics metrics) {
    // Whoever shares it has asked for the same features.
    var key =
        new SharedModels.Key(
            from.checksum(), ModelPackage.LINKER + " " + String.join(" ", features), parameters);
    var share =
        SharedModels.ofProcess()
            .acquire(
                key,
                OpenLinker.class,
                () ->
                    OpenLinker.open(
                        from, LinkerManifest.read(from, features), parameters, metrics));
    return new SharedLinkModel(from.id(), share, metrics);
  }

  /** The names of the features that a package says it needs, in order. */
  public static List<String> features(ModelPackage from) {
    return LinkerManifest.features(from);
  }
}
