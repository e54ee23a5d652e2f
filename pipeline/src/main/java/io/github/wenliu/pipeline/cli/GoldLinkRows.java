package io.github.wenliu.pipeline.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.wenliu.operators.link.GoldLinks;
import io.github.wenliu.operators.link.GoldLinks.Place;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads what annotated texts link to, in two forms: {@code {"text", "mentions": [{"start", "end",
 * "kb_id"}], "kb_ids"?}} with offsets in code points, and that of CCKS 2019 and DuEL, {@code
 * {"text", "mention_data": [{"kb_id", "mention", "offset"}]}}. An id that is missing, null or
 * begins with {@code NIL} means no entry.
 */
final class GoldLinkRows {

  private static final String NIL = "NIL";

  private GoldLinkRows() {}

  /** The links of a row, whose text is known to be there. */
  static GoldLinks of(String file, JsonNode row) throws IOException {
    var text = row.get("text").textValue();
    var places = row.has("mention_data") ? ofDuel(file, row, text) : ofOurs(file, row, text);
    Set<String> ids = new HashSet<>();
    for (JsonNode id : row.path("kb_ids")) {
      ids.add(id.asText());
    }
    for (Place place : places) {
      if (place.id() != null) {
        ids.add(place.id());
      }
    }
    return new GoldLinks(places, ids);
  }

  private static List<Place> ofOurs(String file, JsonNode row, String text) throws IOException {
    if (!row.path("mentions").isArray()) {
      throw new IOException(file + ": expected a list of mentions in every row");
    }
    var places = new ArrayList<Place>();
    int length = text.codePointCount(0, text.length());
    for (JsonNode mention : row.get("mentions")) {
      int start = mention.path("start").asInt(-1);
      int end = mention.path("end").asInt(-1);
      if (start < 0 || end <= start || end > length) {
        throw new IOException(file + ": expected start and end within the text in every mention");
      }
      places.add(new Place(start, end, id(mention.get("kb_id"))));
    }
    return places;
  }

  private static List<Place> ofDuel(String file, JsonNode row, String text) throws IOException {
    var places = new ArrayList<Place>();
    for (JsonNode mention : row.get("mention_data")) {
      var surface = mention.path("mention").asText();
      int start = mention.path("offset").asInt(-1);
      int length = surface.codePointCount(0, surface.length());
      if (start < 0 || length == 0 || start + length > text.codePointCount(0, text.length())) {
        throw new IOException(file + ": expected mention and offset within the text");
      }
      places.add(new Place(start, start + length, id(mention.get("kb_id"))));
    }
    return places;
  }

  private static String id(JsonNode id) {
    return id == null || id.isNull() || id.asText().isBlank() || id.asText().startsWith(NIL)
        ? null
        : id.asText();
  }
}
