package io.github.wenliu.models.extract;

/**
 * A relation between two entities of a text.
 *
 * @param subject index into the entities
 * @param predicate label of the scheme
 * @param object index into the entities
 * @param score probability
 */
public record RelationTriple(int subject, String predicate, int object, double score) {}
