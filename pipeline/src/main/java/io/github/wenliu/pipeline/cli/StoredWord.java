package io.github.wenliu.pipeline.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.wenliu.operators.newword.WordScore;
import java.util.Comparator;
import java.util.Locale;

/**
 * A word as the topic {@code words} holds it.
 *
 * @param state the value of the record
 */
record StoredWord(JsonNode state) {

  /** Best first, as everywhere; what has no score comes last. */
  static final Comparator<StoredWord> BEST_FIRST =
      Comparator.comparing(StoredWord::hasScore)
          .reversed()
          .thenComparing(StoredWord::score, WordScore::compareBestFirst);

  private boolean hasScore() {
    return state.has("score");
  }

  private WordScore score() {
    return new WordScore(
        state.path("word").asText(),
        state.path("score").asDouble(),
        state.path("count").asLong(),
        state.path("cohesion").asDouble(),
        state.path("leftEntropy").asDouble(),
        state.path("rightEntropy").asDouble());
  }

  String channel() {
    return state.path("channel").asText();
  }

  String status() {
    return state.path("status").asText();
  }

  /** One line for people. The word comes last: nobody can tell how wide a terminal shows it. */
  String summary() {
    return "%8s %8s %8s %6s %6s  %-9s  %-16s  %-16s  %s"
        .formatted(
            number("score"),
            state.has("count") ? state.path("count").asText() : RecordText.NONE,
            number("cohesion"),
            number("leftEntropy"),
            number("rightEntropy"),
            RecordText.shown(status()),
            RecordText.minutes(state.path("firstSeen").asText()),
            RecordText.minutes(state.path("lastSeen").asText()),
            RecordText.shown(state.path("word").asText() + remark()));
  }

  /** Heads the lines of {@link #summary()}. */
  static String heading() {
    return "%8s %8s %8s %6s %6s  %-9s  %-16s  %-16s  %s"
        .formatted(
            "SCORE",
            "COUNT",
            "COHESION",
            "LEFT",
            "RIGHT",
            "STATUS",
            "FIRST SEEN",
            "LAST SEEN",
            "WORD");
  }

  private String remark() {
    var remark = state.path("known").asBoolean() ? "  (known)" : "";
    return state.has("absorbedBy")
        ? remark + "  (in " + state.path("absorbedBy").asText() + ")"
        : remark;
  }

  private String number(String name) {
    return state.has(name)
        ? String.format(Locale.ROOT, "%.2f", state.path(name).asDouble())
        : RecordText.NONE;
  }
}
