package io.github.wenliu.models.inference;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * An object in the manifest of a package, read field by field; what is wrong is told with the place
 * in the manifest.
 *
 * @param from the package
 * @param path of the object in the manifest, for messages
 * @param node the object
 */
public record ManifestFields(ModelPackage from, String path, JsonNode node) {

  public ManifestFields {
    if (node == null || !node.isObject()) {
      throw from.wrong(path, "an object", node);
    }
  }

  /** The manifest itself. */
  public static ManifestFields of(ModelPackage from) {
    return new ManifestFields(from, "", from.manifest());
  }

  public boolean has(String field) {
    return node.hasNonNull(field);
  }

  public ManifestFields object(String field) {
    return new ManifestFields(from, at(field), node.get(field));
  }

  public List<ManifestFields> objects(String field) {
    var objects = new ArrayList<ManifestFields>();
    for (JsonNode element : array(field)) {
      objects.add(new ManifestFields(from, "%s[%d]".formatted(at(field), objects.size()), element));
    }
    return objects;
  }

  public String text(String field) {
    return checked(field, "a string", JsonNode::isTextual).textValue();
  }

  public List<String> texts(String field) {
    var texts = new ArrayList<String>();
    for (JsonNode element : array(field)) {
      if (!element.isTextual()) {
        throw from.wrong(at(field), "strings", element);
      }
      texts.add(element.textValue());
    }
    return texts;
  }

  /** An object of strings; empty if the field is missing. */
  public Map<String, String> optionalTexts(String field) {
    var texts = new HashMap<String, String>();
    if (has(field)) {
      var fields = object(field);
      fields.node.fieldNames().forEachRemaining(name -> texts.put(name, fields.text(name)));
    }
    return Map.copyOf(texts);
  }

  public int positive(String field) {
    return checked(field, "a positive whole number", value -> value.isInt() && value.intValue() > 0)
        .intValue();
  }

  /** A number between 0 and 1, both excluded. */
  public double probability(String field) {
    return checked(
            field,
            "a number between 0 and 1",
            value -> value.isNumber() && value.doubleValue() > 0 && value.doubleValue() < 1)
        .doubleValue();
  }

  public double number(String field) {
    return checked(field, "a number", JsonNode::isNumber).doubleValue();
  }

  public double[] numbers(String field) {
    return numbers(field, array(field));
  }

  public double[][] matrix(String field) {
    var rows = new ArrayList<double[]>();
    for (JsonNode row : array(field)) {
      rows.add(numbers(field, row));
    }
    return rows.toArray(double[][]::new);
  }

  /** The content of the file that a field names. */
  public byte[] bytes(String field) {
    return from.bytes(text(field));
  }

  /** The lines of the file that a field names. */
  public List<String> lines(String field) {
    var lines = new ArrayList<String>();
    var content = new String(bytes(field), StandardCharsets.UTF_8);
    // not String.lines(): a character of its own line may be any other line end of Unicode
    for (int at = 0; at < content.length(); ) {
      int end = content.indexOf('\n', at);
      end = end < 0 ? content.length() : end;
      lines.add(content.substring(at, end));
      at = end + 1;
    }
    return lines;
  }

  private double[] numbers(String field, JsonNode row) {
    var numbers = new double[row.size()];
    for (int i = 0; i < numbers.length; i++) {
      if (!row.get(i).isNumber()) {
        throw from.wrong(at(field), "numbers", row.get(i));
      }
      numbers[i] = row.get(i).doubleValue();
    }
    return numbers;
  }

  private JsonNode array(String field) {
    return checked(field, "a list", JsonNode::isArray);
  }

  private JsonNode checked(String field, String expected, Predicate<JsonNode> isRight) {
    JsonNode value = node.get(field);
    if (value == null || !isRight.test(value)) {
      throw from.wrong(at(field), expected, value);
    }
    return value;
  }

  public String at(String field) {
    return path.isEmpty() ? field : path + "." + field;
  }
}
