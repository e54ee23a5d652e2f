package io.github.wenliu.pipeline;

import io.github.wenliu.models.inference.ModelCatalog;
import io.github.wenliu.models.inference.ModelException;
import io.github.wenliu.models.link.Linkers;
import io.github.wenliu.pipeline.config.PipelineConfig;

/**
 * The linking model that the configuration names, found and checked. It is looked for where the
 * extraction's are.
 *
 * @param id its name with the version that was found, {@code null} without linking
 * @param terms one line on its use, or {@code null} without linking
 */
public record LinkingModel(String id, String terms) {

  /** No linking. */
  static final LinkingModel NONE = new LinkingModel(null, null);

  /**
   * Finds the model and checks its files.
   *
   * @throws ModelException in one line, if there is no such model, its files are not as they should
   *     be, or it does not link
   */
  public static LinkingModel of(PipelineConfig config) {
    if (!config.linkingEnabled()) {
      return NONE;
    }
    var places = config.extraction();
    var found =
        ModelCatalog.configured(places.directory(), places.repository(), places.cache())
            .resolve(config.linkModel());
    // Only a linking model names features.
    Linkers.features(found);
    return new LinkingModel(found.id(), found.terms());
  }

  /** What a person should read of it: which it is, and on what terms. */
  public String line() {
    return id == null
        ? "link.enabled is false: no links"
        : "mentions are linked with %s; %s".formatted(id, terms);
  }
}
