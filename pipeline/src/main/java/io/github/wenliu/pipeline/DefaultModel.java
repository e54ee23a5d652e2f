package io.github.wenliu.pipeline;

import io.github.wenliu.models.inference.ModelException;
import io.github.wenliu.operators.document.ModelChoice;
import io.github.wenliu.operators.extract.CatalogExtractors;
import io.github.wenliu.pipeline.config.PipelineConfig;

/**
 * The model that the configuration names, found and checked: what documents are extracted with
 * where nobody has selected another.
 *
 * @param choice with the version that was found, {@link ModelChoice#NONE} without extraction
 * @param terms one line on its use, or {@code null} without extraction
 */
public record DefaultModel(ModelChoice choice, String terms) {

  /** No extraction. */
  static final DefaultModel NONE = new DefaultModel(ModelChoice.NONE, null);

  /**
   * Finds the model and checks its files.
   *
   * @throws ModelException in one line, if there is no such model, its files are not as they should
   *     be, or it has no such schemes
   */
  public static DefaultModel of(PipelineConfig config) {
    if (!config.extractionEnabled()) {
      return NONE;
    }
    var found = CatalogExtractors.catalog(config.extraction()).resolve(config.extractionModel());
    var selection = CatalogExtractors.selection(found, config.extractionSchemes());
    return new DefaultModel(new ModelChoice(selection.model(), selection.schemes()), found.terms());
  }

  /** What a person should read of it: which it is, and on what terms. */
  public String line() {
    return choice.model() == null
        ? "extract.enabled is false: no entities, no relations"
        : "documents are extracted with %s; %s".formatted(choice.text(), terms);
  }
}
