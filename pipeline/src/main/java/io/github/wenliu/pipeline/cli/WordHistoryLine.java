package io.github.wenliu.pipeline.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;

/** An event of a word as a line of its history: when, what, with which statistics, and why. */
final class WordHistoryLine {

  private static final String COLUMNS = "%-24s  %10s  %-9s  %8s %8s %8s %6s %6s  %s";

  private WordHistoryLine() {}

  static String heading() {
    return COLUMNS.formatted(
        "TIME", "EPOCH", "EVENT", "SCORE", "COUNT", "COHESION", "LEFT", "RIGHT", "WORD, REASON");
  }

  /**
   * One line. What comes last is as wide as it likes.
   *
   * @param event as the topic of events has it
   */
  static String of(JsonNode event) {
    return COLUMNS.formatted(
        RecordText.shown(event.path("time").asText()),
        RecordText.shown(event.path("epoch").asText()),
        RecordText.shown(event.path("type").asText()),
        number(event, "score"),
        event.has("count") ? RecordText.shown(event.path("count").asText()) : RecordText.NONE,
        number(event, "cohesion"),
        number(event, "leftEntropy"),
        number(event, "rightEntropy"),
        RecordText.shown(why(event)));
  }

  private static String why(JsonNode event) {
    var longer = event.has("by") ? ": " + event.path("by").asText() : "";
    return event.path("word").asText() + ": " + event.path("reason").asText() + longer;
  }

  private static String number(JsonNode event, String name) {
    return event.has(name)
        ? String.format(Locale.ROOT, "%.2f", event.path(name).asDouble())
        : RecordText.NONE;
  }
}
