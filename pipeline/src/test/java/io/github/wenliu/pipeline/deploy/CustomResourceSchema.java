package io.github.wenliu.pipeline.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The structural schema of a custom resource, as the API server would apply it with strict field
 * validation: what the schema does not know is an error. Reads the part of OpenAPI that Kubernetes'
 * generators write: type, properties, required, enum, items, additionalProperties,
 * x-kubernetes-int-or-string and x-kubernetes-preserve-unknown-fields.
 */
final class CustomResourceSchema {

  private static final List<String> ENVELOPE = List.of("apiVersion", "kind", "metadata");

  private final JsonNode definition;
  private final JsonNode version;

  private CustomResourceSchema(JsonNode definition) {
    this.definition = definition;
    this.version = definition.at("/spec/versions/0");
  }

  /** Reads a custom resource definition from the class path. */
  static CustomResourceSchema ofResource(String name) throws IOException {
    try (var in = CustomResourceSchema.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IOException(name + " is not on the class path");
      }
      return new CustomResourceSchema(new YAMLMapper().readTree(in));
    }
  }

  /** Adds a value to an enumeration of the schema, given as a path of property names. */
  CustomResourceSchema allow(String value, String... path) {
    var schema = root();
    for (String property : path) {
      schema = schema.path("properties").path(property);
    }
    ((ArrayNode) schema.get("enum")).add(value);
    return this;
  }

  String kind() {
    return definition.at("/spec/names/kind").asText();
  }

  String apiVersion() {
    return definition.at("/spec/group").asText() + "/" + version.path("name").asText();
  }

  /** What is wrong with a resource, one line a problem. */
  List<String> problems(JsonNode resource) {
    var problems = new ArrayList<String>();
    if (!apiVersion().equals(resource.path("apiVersion").asText())) {
      problems.add("apiVersion is not " + apiVersion());
    }
    if (!kind().equals(resource.path("kind").asText())) {
      problems.add("kind is not " + kind());
    }
    if (resource.at("/metadata/name").asText().isEmpty()) {
      problems.add("metadata.name is missing");
    }
    ObjectNode content = resource.deepCopy();
    content.remove(ENVELOPE);
    check(root(), content, "", problems);
    return problems;
  }

  private JsonNode root() {
    return version.at("/schema/openAPIV3Schema");
  }

  private static void check(JsonNode schema, JsonNode value, String at, List<String> problems) {
    if (schema.path("x-kubernetes-int-or-string").asBoolean()) {
      if (!value.isIntegralNumber() && !value.isTextual()) {
        problems.add(at + " is not a whole number or a string");
      }
      return;
    }
    if (!hasType(schema, value)) {
      problems.add(at + " is not of type " + schema.path("type").asText());
      return;
    }
    if (schema.has("enum") && !contains(schema.get("enum"), value)) {
      problems.add(at + " is " + value + ", not one of " + schema.get("enum"));
    }
    if (value.isObject()) {
      checkObject(schema, value, at, problems);
    } else if (value.isArray()) {
      for (int i = 0; i < value.size(); i++) {
        check(schema.path("items"), value.get(i), at + "[" + i + "]", problems);
      }
    }
  }

  private static void checkObject(
      JsonNode schema, JsonNode value, String at, List<String> problems) {
    for (JsonNode required : schema.path("required")) {
      if (!value.has(required.asText())) {
        problems.add(at + "." + required.asText() + " is missing");
      }
    }
    for (var property : value.properties()) {
      var name = at.isEmpty() ? property.getKey() : at + "." + property.getKey();
      var known = schema.path("properties").get(property.getKey());
      var additional = schema.get("additionalProperties");
      if (known != null) {
        check(known, property.getValue(), name, problems);
      } else if (additional != null && additional.isObject()) {
        check(additional, property.getValue(), name, problems);
      } else if (!isOpen(schema)) {
        problems.add(name + " is not a field of " + (at.isEmpty() ? "the resource" : at));
      }
    }
  }

  /** Whether an object may have fields that its schema does not name. */
  private static boolean isOpen(JsonNode schema) {
    return schema.path("x-kubernetes-preserve-unknown-fields").asBoolean()
        || schema.path("additionalProperties").asBoolean();
  }

  private static boolean hasType(JsonNode schema, JsonNode value) {
    return switch (schema.path("type").asText(schema.has("properties") ? "object" : "")) {
      case "object" -> value.isObject();
      case "array" -> value.isArray();
      case "string" -> value.isTextual();
      case "integer" -> value.isIntegralNumber();
      case "number" -> value.isNumber();
      case "boolean" -> value.isBoolean();
      default -> true;
    };
  }

  private static boolean contains(JsonNode values, JsonNode value) {
    for (JsonNode each : values) {
      if (each.equals(value)) {
        return true;
      }
    }
    return false;
  }
}
