package io.github.wenliu.pipeline.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.wenliu.operators.link.Promotion;
import io.github.wenliu.pipeline.config.PipelineConfig;
import io.github.wenliu.pipeline.kafka.Topic;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A group of unlinked mentions as the topic {@code entity-candidates} holds it.
 *
 * @param state the value of the record
 */
record StoredCandidate(JsonNode state) {

  /** Those that are mentioned most come first. */
  static final Comparator<StoredCandidate> MOST_MENTIONS_FIRST =
      Comparator.comparingLong(StoredCandidate::mentions)
          .reversed()
          .thenComparing(StoredCandidate::group);

  private static final String SEPARATOR = "、";
  private static final int SHOWN_CONTEXT = 6;

  /** The groups of a channel, those that are mentioned most first. */
  static Stream<StoredCandidate> of(PipelineConfig config, String channel) {
    return CompactedTopic.live(config, Topic.ENTITY_CANDIDATES).values().stream()
        .map(StoredCandidate::new)
        .filter(candidate -> candidate.channel().equals(channel))
        .sorted(MOST_MENTIONS_FIRST);
  }

  /** A group of a channel, if it is there. */
  static Optional<StoredCandidate> find(PipelineConfig config, String channel, String group) {
    return Optional.ofNullable(
            CompactedTopic.live(config, Topic.ENTITY_CANDIDATES).get(channel + "/" + group))
        .map(StoredCandidate::new);
  }

  /** Says that a group is not there. */
  static String missing(String channel, String group) {
    return "no candidate "
        + RecordText.shown(group)
        + " in channel "
        + RecordText.shown(channel)
        + ": see candidates ls";
  }

  private String channel() {
    return state.path("channel").asText();
  }

  private String group() {
    return state.path("group").asText();
  }

  private long mentions() {
    return state.path("mentions").asLong();
  }

  /** One line for people. The texts come last: nobody can tell how wide a terminal shows them. */
  String summary() {
    return "%8s %8s  %-9s  %-16s  %-8s  %s"
        .formatted(
            mentions(),
            state.path("documents").asLong(),
            RecordText.shown(state.path("status").asText()),
            RecordText.minutes(state.path("lastSeen").asText()),
            RecordText.shown(first(texts("types"))),
            RecordText.shown(group() + remark()));
  }

  /** Heads the lines of {@link #summary()}. */
  static String heading() {
    return "%8s %8s  %-9s  %-16s  %-8s  %s"
        .formatted("MENTIONS", "TEXTS", "STATUS", "LAST SEEN", "TYPE", "CANDIDATE");
  }

  private String remark() {
    var context = String.join(SEPARATOR, texts("context").stream().limit(SHOWN_CONTEXT).toList());
    var entity = state.has("entity") ? "  = " + state.path("entity").asText() : "";
    return context.isEmpty() ? entity : entity + "  (" + context + ")";
  }

  /** All that the topic has of it, on several lines. */
  String details() {
    var lines = new StringBuilder();
    tallies(lines, "written", "surfaces");
    tallies(lines, "types", "types");
    tallies(lines, "around it", "context");
    for (JsonNode place : state.path("evidence")) {
      lines.append(
          "%-10s %s  %s%n"
              .formatted(
                  "seen in",
                  RecordText.shown(place.path("origin").asText()),
                  RecordText.shown(place.path("excerpt").asText())));
    }
    return lines.toString();
  }

  private void tallies(StringBuilder lines, String heading, String field) {
    var shown = new ArrayList<String>();
    for (JsonNode tally : state.path(field)) {
      shown.add(tally.path("text").asText() + " " + tally.path("count").asText());
    }
    lines.append("%-10s %s%n".formatted(heading, RecordText.shown(String.join(SEPARATOR, shown))));
  }

  /**
   * The entry that it becomes.
   *
   * @param id {@code null} for the one that it has been promoted to, or follows from the group
   * @param name {@code null} for how it is written most often
   * @param aliases {@code null} for how else it is written
   * @param types {@code null} for its most frequent type
   * @param description {@code null} for the words around it
   */
  Promotion promotion(
      String id, String name, List<String> aliases, List<String> types, String description) {
    var surfaces = texts("surfaces");
    var named = name == null ? first(surfaces) : name;
    try {
      return new Promotion(
          id == null ? state.path("entity").asText(Promotion.idOf(group())) : id,
          named,
          aliases == null
              ? surfaces.stream().filter(surface -> !surface.equals(named)).toList()
              : aliases,
          types == null ? texts("types").stream().limit(1).toList() : types,
          description == null ? String.join(SEPARATOR, texts("context")) : description);
    } catch (IllegalArgumentException e) {
      throw new UsageException(
          "'" + RecordText.shown(group()) + "' cannot be promoted: " + e.getMessage());
    }
  }

  private List<String> texts(String field) {
    var texts = new ArrayList<String>();
    state.path(field).forEach(tally -> texts.add(tally.path("text").asText()));
    return texts;
  }

  private static String first(List<String> texts) {
    return texts.isEmpty() ? RecordText.NONE : texts.get(0);
  }
}
