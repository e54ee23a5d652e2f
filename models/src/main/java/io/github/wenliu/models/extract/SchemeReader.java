package io.github.wenliu.models.extract;

import io.github.wenliu.models.inference.ManifestFields;
import io.github.wenliu.models.inference.ModelPackage;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Reads the label schemes of a package. */
final class SchemeReader {
  private static final String ENTITIES = "entities";
  private static final String RELATIONS = "relations";

  private final ModelPackage from;
  private final ManifestFields schemes;

  SchemeReader(ModelPackage from) {
    if (from.kind().equals(ModelPackage.LINKER)) {
      throw from.wrong("kind", "one that extracts", from.kind());
    }
    this.from = from;
    this.schemes = ManifestFields.of(from).object("schemes");
  }

  /** Names of all schemes, sorted. */
  Set<String> names() {
    var names = new TreeSet<String>();
    schemes.node().fieldNames().forEachRemaining(names::add);
    return names;
  }

  /** Whether a scheme is one of relations, not of entities. */
  boolean isRelations(String name) {
    var task = scheme(name).text("task");
    if (!task.equals(ENTITIES) && !task.equals(RELATIONS)) {
      throw from.wrong(scheme(name).at("task"), ENTITIES + " or " + RELATIONS, task);
    }
    return task.equals(RELATIONS);
  }

  EntityScheme entities(String name) {
    var fields = scheme(name, ENTITIES);
    var labels = fields.texts("labels");
    if (labels.isEmpty() || Set.copyOf(labels).size() < labels.size()) {
      throw from.wrong(fields.at("labels"), "labels, each once", labels);
    }
    return new EntityScheme(
        fields.text("model"),
        fields.text("output"),
        labels,
        fields.optionalTexts("categories"),
        decoder(fields, labels));
  }

  RelationScheme relations(String name) {
    var fields = scheme(name, RELATIONS);
    var predicates = new ArrayList<PredicateSchema>();
    for (var entry : fields.objects("predicates")) {
      predicates.add(
          new PredicateSchema(
              entry.text("name"), entry.text("subjectType"), entry.text("objectType")));
    }
    if (predicates.isEmpty()) {
      throw from.wrong(fields.at("predicates"), "predicates", "none");
    }
    int maxSpan = fields.positive("maxSpan");
    return new RelationScheme(
        fields.text("model"),
        fields.text("hidden"),
        fields.text("subjects"),
        fields.text("objectModel"),
        fields.text("objects"),
        List.copyOf(predicates),
        fields.optionalTexts("categories"),
        pointer(fields, 1, "subjectThreshold", "subjectThreshold", maxSpan),
        pointer(fields, predicates.size(), "objectThreshold", "objectThreshold", maxSpan),
        fields.has("scoreThreshold") ? fields.probability("scoreThreshold") : 0);
  }

  private SpanDecoder decoder(ManifestFields fields, List<String> labels) {
    return switch (fields.text("decoder")) {
      case "half-pointer" ->
          pointer(
              fields, labels.size(), "startThreshold", "endThreshold", fields.positive("maxSpan"));
      case "crf" -> tags(fields, labels);
      default ->
          throw from.wrong(fields.at("decoder"), "half-pointer or crf", fields.text("decoder"));
    };
  }

  private static PointerDecoder pointer(
      ManifestFields fields, int labels, String start, String end, int maxSpan) {
    return new PointerDecoder(labels, fields.probability(start), fields.probability(end), maxSpan);
  }

  private TagDecoder tags(ManifestFields fields, List<String> labels) {
    try {
      return new TagDecoder(
          labels,
          fields.texts("tags"),
          fields.matrix("transitions"),
          fields.numbers("starts"),
          fields.numbers("ends"));
    } catch (IllegalArgumentException e) {
      throw from.wrong(fields.path(), "tags with their transitions", e.getMessage());
    }
  }

  private ManifestFields scheme(String name, String task) {
    if (isRelations(name) != task.equals(RELATIONS)) {
      throw from.wrong(scheme(name).at("task"), task, scheme(name).text("task"));
    }
    return scheme(name);
  }

  private ManifestFields scheme(String name) {
    if (!schemes.has(name)) {
      throw from.wrong("schemes", name, names());
    }
    return schemes.object(name);
  }
}
