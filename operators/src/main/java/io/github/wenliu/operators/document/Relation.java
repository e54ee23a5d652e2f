package io.github.wenliu.operators.document;

/**
 * A relation between two entities of the same document.
 *
 * @param subject index into the document's entities
 * @param predicate label of the scheme
 * @param object index into the document's entities
 * @param score probability of the triple
 */
public record Relation(int subject, String predicate, int object, double score) {}
