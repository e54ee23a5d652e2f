package io.github.wenliu.pipeline.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Comparator;
import java.util.Locale;

/**
 * A community as the topic {@code communities} holds it.
 *
 * @param state the value of the record
 */
record StoredCommunity(JsonNode state) {

  /** Those that more of the stream is about come first. */
  static final Comparator<StoredCommunity> MOST_FLOW_FIRST =
      Comparator.comparingDouble(StoredCommunity::flow)
          .reversed()
          .thenComparing(StoredCommunity::id);

  String channel() {
    return state.path("channel").asText();
  }

  private String id() {
    return state.path("community").asText();
  }

  private double flow() {
    return state.path("flow").asDouble();
  }

  /** One line for people. The label comes last: nobody can tell how wide a terminal shows it. */
  String summary() {
    return "%-8s %6s %8s  %-16s  %s"
        .formatted(
            RecordText.shown(id()),
            state.path("size").asInt(),
            percent(flow()),
            RecordText.minutes(state.path("born").asText()),
            RecordText.shown(state.path("label").asText()));
  }

  /** Heads the lines of {@link #summary()}. */
  static String heading() {
    return "%-8s %6s %8s  %-16s  %s".formatted("ID", "WORDS", "FLOW", "BORN", "LABEL");
  }

  /** The lines of its members, those of most flow first, as the topic has them. */
  String members() {
    var lines = new StringBuilder();
    for (JsonNode member : state.path("members")) {
      lines
          .append("%24s  ".formatted(percent(member.path("flow").asDouble())))
          .append(RecordText.shown(member.path("name").asText()));
      for (JsonNode other : member.path("also")) {
        lines.append(
            "  (%s %s)"
                .formatted(
                    RecordText.shown(other.path("community").asText()),
                    percent(other.path("share").asDouble())));
      }
      lines.append('\n');
    }
    int more = state.path("size").asInt() - state.path("members").size();
    return more > 0 ? lines + "%24s  %d more\n".formatted("", more) : lines.toString();
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.2f%%", 100 * share);
  }
}
