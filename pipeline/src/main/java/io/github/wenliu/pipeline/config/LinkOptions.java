package io.github.wenliu.pipeline.config;

import io.github.wenliu.models.inference.InferenceParameters;
import io.github.wenliu.operators.async.FailurePolicy;
import io.github.wenliu.operators.link.LinkParameters;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** The keys of entity linking, and what they come to. */
final class LinkOptions {

  private static final List<Option<?>> ALL = new ArrayList<>();

  static final Option<Boolean> ENABLED =
      option(
          "link.enabled",
          "true",
          "Whether what documents mention is linked to the entries of the topic kb.",
          Parsers::flag);

  static final Option<String> MODEL =
      option(
          "link.model",
          "link",
          "The model that weighs entries, NAME/VERSION, or NAME for the newest version there is when"
              + " the job is submitted. It comes from where those of extract come from, and runs"
              + " where they run.",
          Parsers::model);

  static final Option<Integer> MAX_MENTIONS =
      option(
          "link.maxMentions",
          "256",
          "Places of one document that are weighed, those of the extractor first, then the longest.",
          Parsers.positive());

  static final Option<Integer> MAX_CANDIDATES =
      option(
          "link.maxCandidates",
          "16",
          "Entries that are weighed for one name, those of the highest prior first; the others are"
              + " only counted.",
          Parsers.positive());

  static final Option<Integer> SHOWN_CANDIDATES =
      option(
          "link.candidates",
          "5",
          "Candidates that a link lists, at most link.maxCandidates.",
          Parsers.positive());

  static final Option<Boolean> ENTITIES_ARE_MENTIONS =
      option(
          "link.entitiesAreMentions",
          "true",
          "Whether what the extractor finds is a mention for sure, so that only its meaning is judged;"
              + " if not, it is judged like any other place whether it is worth a link.",
          Parsers::flag);

  static final Option<Duration> BOOTSTRAP_LIMIT =
      option(
          "link.bootstrapLimit",
          "30 min",
          "How long the reading of what stood in the topic kb may take, while documents wait; a job"
              + " that takes longer fails and says so.",
          Parsers::positiveDuration);

  static final Option<Integer> BATCH_ROWS =
      option("link.batch.rows", "32", "Most documents of a batch.", Parsers.positive());

  static final Option<Duration> LINGER =
      option(
          "link.batch.linger",
          "2 ms",
          "How long a document waits at most for others of its size.",
          Parsers::duration);

  static final Option<Integer> CAPACITY =
      option(
          "link.capacity",
          "128",
          "Documents that one subtask has under way at most; they are in every checkpoint.",
          Parsers.positive());

  static final Option<Duration> TIMEOUT =
      option(
          "link.timeout",
          "90 s",
          "How long the model may take for one document, waiting included; above"
              + " extract.runTimeout.",
          Parsers::positiveDuration);

  static final Option<FailurePolicy> ON_FAILURE =
      option(
          "link.onFailure",
          "dead-letter",
          "What becomes of a document on which the model fails: dead-letter, or pass for going on"
              + " without links, flagged error.",
          Parsers.oneOf(FailurePolicy.class));

  static final Option<Integer> NIL_MIN_MENTIONS =
      option(
          "link.nil.minMentions",
          "3",
          "Mentions below which a group of unlinked ones is not published.",
          Parsers.positive());

  static final Option<Integer> NIL_MIN_DOCUMENTS =
      option(
          "link.nil.minDocuments",
          "2",
          "Documents below which a group of unlinked mentions is not published.",
          Parsers.positive());

  static final Option<Duration> NIL_RETENTION =
      option(
          "link.nil.retention",
          "30 d",
          "After how long, in event time, a group that is not seen again is forgotten.",
          Parsers::positiveDuration);

  static final Option<Integer> NIL_GROUPS_PER_NAME =
      option(
          "link.nil.groupsPerName",
          "8",
          "Groups that one name has at most; beyond, a mention goes to the one that is most alike.",
          Parsers.positive());

  static final Option<Set<String>> NIL_EXCEPT_TYPES =
      option(
          "link.nil.exceptTypes",
          "TITLE, position, PRO, EDU, CONT, PER.NOM, ORG.NOM, LOC.NOM, GPE.NOM",
          "Labels of the extractor whose mentions are not put to groups, as they say what something is"
              + " and not what it is called; none for grouping all. What is pinned is grouped under any.",
          Parsers::labelsOrNone);

  private LinkOptions() {}

  /** In the order in which they are documented. */
  static List<Option<?>> all() {
    return List.copyOf(ALL);
  }

  /** The bounds, or {@code null} if there are problems. */
  static LinkParameters parameters(ExtractionOptions.Values values, List<String> problems) {
    int shown = values.get(SHOWN_CANDIDATES);
    int weighed = values.get(MAX_CANDIDATES);
    if (shown > weighed) {
      problems.add(
          "link.candidates is "
              + shown
              + " but link.maxCandidates only "
              + weighed
              + ": lower the one or raise the other");
      return null;
    }
    long run = values.get(ExtractionOptions.RUN_TIMEOUT).toMillis();
    long whole = values.get(TIMEOUT).toMillis();
    if (whole <= run) {
      problems.add(
          "link.timeout is "
              + whole
              + " ms but must be above extract.runTimeout = "
              + run
              + " ms, or no run would ever be seen to hang: raise it");
      return null;
    }
    return new LinkParameters(
        values.get(MAX_MENTIONS), weighed, shown, values.get(ENTITIES_ARE_MENTIONS));
  }

  /** How the model runs: as those of extraction, in batches of its own. */
  static InferenceParameters inference(
      ExtractionOptions.Values values, InferenceParameters extraction) {
    return new InferenceParameters(
        extraction.provider(),
        extraction.deviceId(),
        extraction.fallbackToCpu(),
        extraction.threads(),
        extraction.workers(),
        values.get(BATCH_ROWS),
        extraction.maxBatchTokens(),
        values.get(LINGER),
        extraction.queueCapacity(),
        extraction.timeout(),
        extraction.deviceMemoryBytes());
  }

  private static <T> Option<T> option(
      String key, String defaultText, String meaning, Function<String, T> parser) {
    var option = new Option<>(key, defaultText, meaning, parser);
    ALL.add(option);
    return option;
  }
}
