package io.github.wenliu.pipeline.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.wenliu.models.extract.EntityMention;
import io.github.wenliu.models.extract.Extraction;
import io.github.wenliu.models.extract.RelationTriple;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a model answered to a sentence when it was released, against what it answers here: the same
 * spans, types and predicates, and scores that are equal but for the rounding of another machine.
 */
final class GoldenAnswer {

  private static final double TOLERANCE = 1e-3;

  private GoldenAnswer() {}

  /** In what an answer differs; {@code null} if in nothing. */
  static String difference(JsonNode sentence, Extraction answer) {
    boolean isRelations = sentence.has("relations");
    var expected = isRelations ? relations(sentence) : entities(sentence);
    var found = isRelations ? relations(answer) : entities(answer);
    if (!found.keySet().equals(expected.keySet())) {
      return "expected " + expected.keySet() + " but found " + found.keySet();
    }
    for (var entry : expected.entrySet()) {
      double score = found.get(entry.getKey());
      if (Math.abs(score - entry.getValue()) > TOLERANCE) {
        return "%s: expected the score %.4f but found %.4f"
            .formatted(entry.getKey(), entry.getValue(), score);
      }
    }
    return null;
  }

  private static Map<String, Double> entities(JsonNode sentence) {
    var scores = new TreeMap<String, Double>();
    for (JsonNode entity : sentence.path("entities")) {
      scores.put(
          "%s %d-%d"
              .formatted(
                  entity.path("type").asText(),
                  entity.path("start").asInt(),
                  entity.path("end").asInt()),
          entity.path("score").asDouble());
    }
    return scores;
  }

  private static Map<String, Double> entities(Extraction answer) {
    var scores = new TreeMap<String, Double>();
    for (EntityMention entity : answer.entities()) {
      scores.put("%s %d-%d".formatted(entity.type(), entity.start(), entity.end()), entity.score());
    }
    return scores;
  }

  private static Map<String, Double> relations(JsonNode sentence) {
    var scores = new TreeMap<String, Double>();
    for (JsonNode relation : sentence.path("relations")) {
      scores.put(
          "%d-%d %s %d-%d"
              .formatted(
                  relation.path("subject").path(0).asInt(),
                  relation.path("subject").path(1).asInt(),
                  relation.path("predicate").asText(),
                  relation.path("object").path(0).asInt(),
                  relation.path("object").path(1).asInt()),
          relation.path("score").asDouble());
    }
    return scores;
  }

  private static Map<String, Double> relations(Extraction answer) {
    var scores = new TreeMap<String, Double>();
    for (RelationTriple relation : answer.relations()) {
      var subject = answer.entities().get(relation.subject());
      var object = answer.entities().get(relation.object());
      scores.put(
          "%d-%d %s %d-%d"
              .formatted(
                  subject.start(),
                  subject.end(),
                  relation.predicate(),
                  object.start(),
                  object.end()),
          relation.score());
    }
    return scores;
  }
}
