package io.github.wenliu.models.extract;

import java.util.List;

/**
 * What was found in a text.
 *
 * @param entities sorted by start, end, type; one for each (start, end, type)
 * @param relations sorted by subject, object, predicate
 */
public record Extraction(List<EntityMention> entities, List<RelationTriple> relations) {

  public Extraction {
    entities = List.copyOf(entities);
    relations = List.copyOf(relations);
  }
}
