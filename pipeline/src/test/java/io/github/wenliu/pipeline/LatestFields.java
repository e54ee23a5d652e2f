package io.github.wenliu.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.wenliu.operators.document.EnrichedDocument;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * What in a document depends on how far the branch of the communities had come when it passed, and
 * so on speed: a document without it can be compared with that of another run.
 */
public final class LatestFields {

  private static final ObjectMapper JSON = new ObjectMapper();

  private LatestFields() {}

  static EnrichedDocument removed(EnrichedDocument document) {
    var words = document.words().stream().map(word -> word.in(null)).toList();
    var entities =
        document.entities() == null
            ? null
            : document.entities().stream().map(entity -> entity.in(null)).toList();
    return document.withCommunities(
        words, entities, List.of(), document.versions().withMemberships(0));
  }

  /** The same of an event of the topic {@code enriched}. */
  public static JsonNode removed(byte[] event) {
    try {
      var document = (ObjectNode) JSON.readTree(event);
      document.remove("communities");
      ((ObjectNode) document.path("versions")).remove("memberships");
      document.path("words").forEach(word -> ((ObjectNode) word).remove("community"));
      document.path("entities").forEach(entity -> ((ObjectNode) entity).remove("community"));
      return document;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
