package io.github.wenliu.models.extract;

import java.io.Serializable;

/**
 * Which model extracts, and which of its label schemes.
 *
 * @param model name and version, {@code fast/v1}
 * @param entities scheme of the entities, or {@code null} for none
 * @param relations scheme of the relations, or {@code null} for none
 */
public record ModelSelection(String model, String entities, String relations)
    implements Serializable {

  public ModelSelection {
    if (model == null || entities == null && relations == null) {
      throw new IllegalArgumentException("a selection has a model and at least one scheme");
    }
  }

  /** The schemes as they stand in events: {@code news}, {@code news+duie}. */
  public String schemes() {
    if (entities == null) {
      return relations;
    }
    return relations == null ? entities : entities + "+" + relations;
  }
}
