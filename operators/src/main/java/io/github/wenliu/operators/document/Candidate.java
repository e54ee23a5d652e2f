package io.github.wenliu.operators.document;

/**
 * A knowledge-base entry that a mention was weighed against.
 *
 * @param id id of the entry
 * @param score calibrated probability
 */
public record Candidate(String id, double score) {}
