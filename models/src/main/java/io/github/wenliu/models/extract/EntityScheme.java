package io.github.wenliu.models.extract;

import java.util.List;
import java.util.Map;

/**
 * A label set for entities, with the model that knows it.
 *
 * @param model file of the graph
 * @param output name of its output
 * @param labels types of entities
 * @param categories the category of the lexicon for each type that has one of another name
 * @param decoder how spans are read from the output
 */
record EntityScheme(
    String model,
    String output,
    List<String> labels,
    Map<String, String> categories,
    SpanDecoder decoder) {}
