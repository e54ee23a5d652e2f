package io.github.wenliu.pipeline.config;

import io.github.wenliu.models.inference.InferenceParameters;
import io.github.wenliu.models.inference.Provider;
import io.github.wenliu.operators.async.FailurePolicy;
import io.github.wenliu.operators.extract.ExtractionParameters;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.configuration.MemorySize;

/** The keys of extraction, and what they come to. */
final class ExtractionOptions {

  private static final List<Option<?>> ALL = new ArrayList<>();

  static final Option<Boolean> ENABLED =
      option(
          "extract.enabled",
          "true",
          "Whether entities and relations are extracted from documents.",
          Parsers::flag);

  static final Option<String> MODEL =
      option(
          "extract.model",
          "fast",
          "The model of documents for which nobody has selected another, NAME/VERSION, or NAME for the"
              + " newest version there is when the job is submitted.",
          Parsers::model);

  static final Option<Optional<String>> SCHEME =
      option(
          "extract.scheme", "news", "Label scheme of the entities, or none.", Parsers::nameOrNone);

  static final Option<Optional<String>> RELATIONS =
      option(
          "extract.relations",
          "duie",
          "Label scheme of the relations, or none.",
          Parsers::nameOrNone);

  static final Option<Optional<String>> DIRECTORY =
      option(
          "extract.directory",
          "none",
          "Folder of your own models, NAME/VERSION below it, on every machine; or none.",
          Parsers::textOrNone);

  static final Option<Optional<String>> REPOSITORY =
      option(
          "extract.repository",
          "none",
          "http or https address below which models are fetched from, NAME/VERSION; or none.",
          Parsers::webAddressOrNone);

  static final Option<Optional<String>> CACHE =
      option(
          "extract.cache",
          "none",
          "Folder where fetched models are kept; none for one among the temporary files.",
          Parsers::textOrNone);

  static final Option<Provider> PROVIDER =
      option(
          "extract.provider",
          "cpu",
          "Where models run: cpu, cuda, or auto for a GPU if there is one.",
          Parsers.oneOf(Provider.class));

  static final Option<Integer> DEVICE =
      option(
          "extract.device",
          "0",
          "Number of the GPU.",
          Parsers.atLeast(0, "expected a whole number that is not negative"));

  static final Option<Boolean> FALLBACK =
      option(
          "extract.fallbackToCpu",
          "false",
          "Whether provider cuda may become the processor where there is no GPU.",
          Parsers::flag);

  static final Option<MemorySize> DEVICE_MEMORY =
      option(
          "extract.deviceMemory",
          "2 gb",
          "Most memory of the GPU that one session of a model takes.",
          Parsers::memory);

  static final Option<Integer> THREADS =
      option("extract.threads", "1", "Threads of one run on the processor.", Parsers.positive());

  static final Option<Integer> WORKERS =
      option(
          "extract.workers",
          "1",
          "Batches of one model that a process runs at the same time, each in a session of its own.",
          Parsers.positive());

  static final Option<Integer> BATCH_ROWS =
      option("extract.batch.rows", "32", "Most texts of a batch.", Parsers.positive());

  static final Option<Integer> BATCH_TOKENS =
      option(
          "extract.batch.tokens",
          "8192",
          "Most characters of a batch, padding included.",
          Parsers.positive());

  static final Option<Duration> LINGER =
      option(
          "extract.batch.linger",
          "2 ms",
          "How long a text waits at most for others of its length.",
          Parsers::duration);

  static final Option<Integer> QUEUE =
      option(
          "extract.queue",
          "1024",
          "Texts, or windows of long ones, that may wait for a model in one process.",
          Parsers.positive());

  static final Option<Integer> CAPACITY =
      option(
          "extract.capacity",
          "128",
          "Documents that one subtask has under way at most; they are in every checkpoint.",
          Parsers.positive());

  static final Option<Duration> RUN_TIMEOUT =
      option(
          "extract.runTimeout",
          "30 s",
          "After how long a batch that runs is given up as hung.",
          Parsers::positiveDuration);

  static final Option<Duration> TIMEOUT =
      option(
          "extract.timeout",
          "90 s",
          "How long one document may take, waiting included; above extract.runTimeout.",
          Parsers::positiveDuration);

  static final Option<FailurePolicy> ON_FAILURE =
      option(
          "extract.onFailure",
          "dead-letter",
          "What becomes of a document on which the model fails: dead-letter, or pass for going on"
              + " without, flagged error.",
          Parsers.oneOf(FailurePolicy.class));

  /** Says what stands under a key. */
  interface Values {

    <T> T get(Option<T> option);
  }

  private ExtractionOptions() {}

  /** In the order in which they are documented. */
  static List<Option<?>> all() {
    return List.copyOf(ALL);
  }

  /** The label schemes as they stand in events; empty if there is none. */
  static String schemes(Values values) {
    return Stream.of(SCHEME, RELATIONS)
        .flatMap(option -> values.get(option).stream())
        .collect(Collectors.joining("+"));
  }

  /** The parameters, or {@code null} if there are problems. */
  static ExtractionParameters parameters(Values values, List<String> problems) {
    if (values.get(ENABLED) && schemes(values).isEmpty()) {
      problems.add(
          "extract.scheme and extract.relations are both none: name one, or set extract.enabled to"
              + " false");
    }
    long run = values.get(RUN_TIMEOUT).toMillis();
    long whole = values.get(TIMEOUT).toMillis();
    if (whole <= run) {
      problems.add(
          "extract.timeout is "
              + whole
              + " ms but must be above extract.runTimeout = "
              + run
              + " ms, or no run would ever be seen to hang: raise it");
      return null;
    }
    return new ExtractionParameters(
        values.get(ON_FAILURE),
        values.get(CAPACITY),
        values.get(TIMEOUT),
        inference(values),
        values.get(DIRECTORY).orElse(null),
        values.get(REPOSITORY).orElse(null),
        values.get(CACHE).orElse(null));
  }

  private static InferenceParameters inference(Values values) {
    return new InferenceParameters(
        values.get(PROVIDER),
        values.get(DEVICE),
        values.get(FALLBACK),
        values.get(THREADS),
        values.get(WORKERS),
        values.get(BATCH_ROWS),
        values.get(BATCH_TOKENS),
        values.get(LINGER),
        values.get(QUEUE),
        values.get(RUN_TIMEOUT),
        values.get(DEVICE_MEMORY).getBytes());
  }

  private static <T> Option<T> option(
      String key, String defaultText, String meaning, Function<String, T> parser) {
    var option = new Option<>(key, defaultText, meaning, parser);
    ALL.add(option);
    return option;
  }
}
