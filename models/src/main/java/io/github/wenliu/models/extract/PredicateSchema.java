package io.github.wenliu.models.extract;

/**
 * A predicate and what it relates.
 *
 * @param name the predicate
 * @param subjectType type of its subjects
 * @param objectType type of its objects
 */
record PredicateSchema(String name, String subjectType, String objectType) {}
