package io.github.wenliu.operators.extract;

import io.github.wenliu.models.extract.Extractor;
import io.github.wenliu.models.extract.Extractors;
import io.github.wenliu.models.extract.ModelSelection;
import io.github.wenliu.models.inference.InferenceMetrics;
import io.github.wenliu.models.inference.ModelCatalog;
import io.github.wenliu.models.inference.ModelException;
import io.github.wenliu.models.inference.ModelPackage;
import java.util.List;

/**
 * Opens models from where the configuration says that they are: the user's directory, a repository,
 * and those released with the project. The places are looked at where the model is to run, so a
 * directory must be there on every machine.
 */
public final class CatalogExtractors implements ExtractorFactory {

  private static final long serialVersionUID = 1L;

  private final ExtractionParameters parameters;

  public CatalogExtractors(ExtractionParameters parameters) {
    this.parameters = parameters;
  }

  @Override
  public Extractor open(String model, String schemes, InferenceMetrics metrics) {
    var catalog = catalog(parameters);
    return Extractors.open(
        catalog, selection(catalog.resolve(model), schemes), parameters.inference(), metrics);
  }

  /** The models that the parameters give access to. */
  public static ModelCatalog catalog(ExtractionParameters parameters) {
    return ModelCatalog.configured(
        parameters.directory(), parameters.repository(), parameters.cache());
  }

  /**
   * The schemes of a model as they stand in events.
   *
   * @param schemes one, or two with a plus sign between
   * @throws ModelException in one line, if the model has no such schemes
   */
  public static ModelSelection selection(ModelPackage model, String schemes) {
    return Extractors.select(model, List.of(schemes.split("\\+")));
  }
}
