package io.github.wenliu.pipeline.codec;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.wenliu.operators.document.ErrorClass;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/** A JSON object with fields of known types; one that is {@code null} counts as missing. */
final class KbObject {

  private static final ObjectMapper MAPPER =
      new ObjectMapper(StrictJson.factory()).enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private final JsonNode object;

  private KbObject(JsonNode object) {
    this.object = object;
  }

  /** Reads the one object that bytes hold. */
  static KbObject parse(byte[] bytes) throws RejectedException {
    var text = WellFormed.utf8(bytes);
    if (text == null) {
      throw KbRules.rejected(ErrorClass.ENCODING, "the value is not UTF-8");
    }
    try {
      return of("the value", MAPPER.readTree(text));
    } catch (JsonProcessingException e) {
      var where = e.getLocation();
      throw new RejectedException(
          ErrorClass.PARSE,
          "malformed JSON, or beyond the parser's limits"
              + (where == null ? "" : ", at character " + where.getCharOffset()),
          e.getClass().getName());
    }
  }

  private static KbObject of(String what, JsonNode node) throws RejectedException {
    if (!node.isObject()) {
      throw KbRules.rejected(ErrorClass.SCHEMA, what + " is not a JSON object");
    }
    return new KbObject(node);
  }

  boolean has(String field) {
    return object.hasNonNull(field);
  }

  /** A text, or {@code null} if it is missing. */
  String text(String field) throws RejectedException {
    if (!has(field)) {
      return null;
    }
    return textOf(field, object.get(field));
  }

  /** A text, or another if it is missing. */
  String text(String field, String missing) throws RejectedException {
    var text = text(field);
    return text == null ? missing : text;
  }

  /** A list of texts, empty if it is missing. */
  List<String> texts(String field) throws RejectedException {
    var texts = new ArrayList<String>();
    for (var element : list(field, "strings")) {
      texts.add(textOf("an element of " + field, element));
    }
    return texts;
  }

  /** A list of objects, empty if it is missing. */
  List<KbObject> objects(String field) throws RejectedException {
    var objects = new ArrayList<KbObject>();
    for (var element : list(field, "objects")) {
      objects.add(of("an element of " + field, element));
    }
    return objects;
  }

  /** Texts that stand in a list, or one by itself; empty if it is missing. */
  List<String> textOrTexts(String field) throws RejectedException {
    return has(field) && object.get(field).isTextual()
        ? List.of(object.get(field).textValue())
        : texts(field);
  }

  /** A number that is finite and not negative, or {@code null} if it is missing. */
  Double weight(String field) throws RejectedException {
    if (!has(field)) {
      return null;
    }
    double number = object.get(field).isNumber() ? object.get(field).doubleValue() : -1;
    if (!(number >= 0 && number < Double.POSITIVE_INFINITY)) {
      throw KbRules.rejected(ErrorClass.SCHEMA, field + " is not a finite number of at least 0");
    }
    return number;
  }

  /** A time in epoch milliseconds, or {@code null} if it is missing. */
  Long time(String field, ZoneId zone) throws RejectedException {
    if (!has(field)) {
      return null;
    }
    var node = object.get(field);
    try {
      if (node.isTextual()) {
        return EventTimes.parse(node.textValue(), zone);
      }
      if (node.isIntegralNumber() && node.canConvertToLong()) {
        return EventTimes.check(node.longValue());
      }
    } catch (DateTimeException e) {
      throw noTime(field);
    }
    throw noTime(field);
  }

  private static RejectedException noTime(String field) {
    return KbRules.rejected(
        ErrorClass.SCHEMA,
        field + " is neither ISO-8601 nor epoch milliseconds of the years 1 to 9999");
  }

  private Iterable<JsonNode> list(String field, String of) throws RejectedException {
    if (!has(field)) {
      return List.of();
    }
    if (!object.get(field).isArray()) {
      throw KbRules.rejected(ErrorClass.SCHEMA, field + " is not a list of " + of);
    }
    return object.get(field);
  }

  private static String textOf(String what, JsonNode node) throws RejectedException {
    if (!node.isTextual()) {
      throw KbRules.rejected(ErrorClass.SCHEMA, what + " is not a string");
    }
    return node.textValue();
  }
}
