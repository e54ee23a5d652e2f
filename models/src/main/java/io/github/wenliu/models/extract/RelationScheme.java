package io.github.wenliu.models.extract;

import java.util.List;
import java.util.Map;

/**
 * A set of predicates, with the two models that find them: one for subjects, and one for the
 * objects of a subject.
 *
 * @param model file of the graph that encodes the text and finds subjects
 * @param hidden name of its output {@code [rows, positions, width]} that the other graph reads
 * @param subjects name of its output {@code [rows, positions, 2]}
 * @param objectModel file of the graph that finds objects
 * @param objects name of its output {@code [subjects, positions, 2 · predicates]}
 * @param predicates one for each pair of columns; a name may stand in several
 * @param categories the category of the lexicon for each type that has one of another name
 * @param subjectDecoder reads subjects
 * @param objectDecoder reads objects; its labels are the predicates
 * @param scoreThreshold the least product of both probabilities that makes a relation
 */
record RelationScheme(
    String model,
    String hidden,
    String subjects,
    String objectModel,
    String objects,
    List<PredicateSchema> predicates,
    Map<String, String> categories,
    PointerDecoder subjectDecoder,
    PointerDecoder objectDecoder,
    double scoreThreshold) {}
