package io.github.wenliu.pipeline.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.github.wenliu.operators.link.Promotion;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The entry that a group of unlinked mentions shall become, as the value of a control record. */
final class PromotionJson {

  private static final String ID = "id";
  private static final String NAME = "name";
  private static final String ALIASES = "aliases";
  private static final String TYPES = "types";
  private static final String DESCRIPTION = "description";

  private PromotionJson() {}

  /**
   * Reads an object to its end. What it leaves out, or is null, follows from the group; unknown
   * fields are for people and left alone.
   *
   * @param parser at the start of the object
   * @param group id of the group
   * @throws IllegalArgumentException that says what is wrong in words that quote nothing
   */
  static Promotion read(JsonParser parser, String group) throws IOException {
    String id = null;
    String name = null;
    var aliases = List.<String>of();
    var types = List.<String>of();
    String description = null;
    String problem = null;
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      var field = parser.currentName();
      parser.nextToken();
      try {
        switch (field) {
          case ID -> id = text(parser, field);
          case NAME -> name = text(parser, field);
          case ALIASES -> aliases = texts(parser, field);
          case TYPES -> types = texts(parser, field);
          case DESCRIPTION -> description = text(parser, field);
          default -> parser.skipChildren();
        }
      } catch (IllegalArgumentException e) {
        // Reading goes on: what follows may not even be JSON.
        problem = e.getMessage();
      }
    }
    if (problem != null) {
      throw new IllegalArgumentException(problem);
    }
    return of(group, id, name, aliases, types, description);
  }

  /** The entry of which nothing is said but the group. */
  static Promotion of(String group) {
    return of(group, null, null, List.of(), List.of(), null);
  }

  private static Promotion of(
      String group,
      String id,
      String name,
      List<String> aliases,
      List<String> types,
      String description) {
    return new Promotion(
        id == null ? Promotion.idOf(group) : id,
        name == null ? Promotion.nameOf(group) : name,
        aliases,
        types,
        description == null ? "" : description);
  }

  static void write(JsonGenerator out, Promotion promotion) throws IOException {
    out.writeStartObject();
    out.writeStringField(ID, promotion.id());
    out.writeStringField(NAME, promotion.name());
    writeIfAny(out, ALIASES, promotion.aliases());
    writeIfAny(out, TYPES, promotion.types());
    if (!promotion.description().isEmpty()) {
      out.writeStringField(DESCRIPTION, promotion.description());
    }
    out.writeEndObject();
  }

  private static void writeIfAny(JsonGenerator out, String field, List<String> texts)
      throws IOException {
    if (!texts.isEmpty()) {
      out.writeArrayFieldStart(field);
      for (String text : texts) {
        out.writeString(text);
      }
      out.writeEndArray();
    }
  }

  private static String text(JsonParser parser, String field) throws IOException {
    if (parser.currentToken() == JsonToken.VALUE_NULL) {
      return null;
    }
    if (parser.currentToken() != JsonToken.VALUE_STRING) {
      parser.skipChildren();
      throw new IllegalArgumentException(field + " is no string");
    }
    return parser.getText();
  }

  private static List<String> texts(JsonParser parser, String field) throws IOException {
    if (parser.currentToken() == JsonToken.VALUE_NULL) {
      return List.of();
    }
    boolean isArray = parser.currentToken() == JsonToken.START_ARRAY;
    var texts = new ArrayList<String>();
    boolean areTexts = isArray;
    while (isArray && parser.nextToken() != JsonToken.END_ARRAY) {
      areTexts &= parser.currentToken() == JsonToken.VALUE_STRING;
      if (areTexts) {
        texts.add(parser.getText());
      } else {
        parser.skipChildren();
      }
    }
    if (!areTexts) {
      if (!isArray) {
        parser.skipChildren();
      }
      throw new IllegalArgumentException(field + " is no list of strings");
    }
    return texts;
  }
}
