package io.github.wenliu.operators.link;

import io.github.wenliu.models.inference.InferenceMetrics;
import io.github.wenliu.models.inference.InferenceParameters;
import io.github.wenliu.models.inference.ModelCatalog;
import io.github.wenliu.models.link.LinkModel;
import io.github.wenliu.models.link.Linkers;

/**
 * Opens the linking model from where the configuration says that models are, on the machine where
 * it is to run.
 *
 * @param model name and version, or name for the newest version
 * @param inference how it is run
 * @param directory folder of the user's own model packages, or {@code null}
 * @param repository address that packages may be fetched from, or {@code null}
 * @param cache folder where fetched packages are kept, or {@code null} for one among the temporary
 *     files
 */
public record CatalogLinkModels(
    String model, InferenceParameters inference, String directory, String repository, String cache)
    implements LinkModelFactory {

  public CatalogLinkModels {
    if (model == null || inference == null) {
      throw new IllegalArgumentException("model and inference must be given");
    }
  }

  @Override
  public LinkModel open(InferenceMetrics metrics) {
    return Linkers.open(
        ModelCatalog.configured(directory, repository, cache),
        model,
        DocumentLinker.featureNames(),
        inference,
        metrics);
  }
}
