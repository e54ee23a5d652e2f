package io.github.wenliu.models.extract;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.management.OperatingSystemMXBean;
import io.github.wenliu.models.inference.InferenceMetrics;
import io.github.wenliu.models.inference.InferenceParameters;
import io.github.wenliu.models.inference.ModelCatalog;
import io.github.wenliu.models.inference.ModelPackage;
import io.github.wenliu.models.inference.OutputTensor;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.zip.GZIPInputStream;

/**
 * Where the time of an extraction goes, on one core: looking features up, writing them into
 * batches, the bare run of the model over batches that are written already, reading spans from the
 * answer, and the whole of {@link Extractor#extract}.
 *
 * <p>The text of the files (plain, or the field {@code text} of JSON lines; gzip by its suffix) is
 * cut into sentences of 40 characters. All stages see the same sentences, one stage after the other
 * in each round, and the best round of each counts. Time is processor time, of all threads together
 * where there are several: on a machine that is shared it says what one core would do alone.
 */
public final class ExtractionBenchmark {
  private static final int CHARACTERS = 40;
  private static final int SENTENCES = 2_048;
  private static final int BATCH = 32;
  private static final int ROUNDS = 5;
  private static final long LEAST_NANOS = 400_000_000;

  private final ModelPackage from;
  private final String scheme;
  private final List<String> texts;
  private final FeatureSet features;

  private ExtractionBenchmark(ModelPackage from, String scheme, List<String> texts) {
    this.from = from;
    this.scheme = scheme;
    this.texts = texts;
    this.features = FeatureSet.read(from);
  }

  /** A part of the work; what it returns keeps it from being optimised away. */
  private interface Stage {
    long run();
  }

  public static void main(String[] arguments) throws IOException {
    var files = new ArrayList<String>();
    var model = "fast";
    var scheme = "news";
    for (int i = 0; i < arguments.length; i++) {
      switch (arguments[i]) {
        case "--model" -> model = arguments[++i];
        case "--scheme" -> scheme = arguments[++i];
        default -> files.add(arguments[i]);
      }
    }
    if (files.isEmpty()) {
      System.err.println("usage: bench extract FILE... [--model NAME] [--scheme NAME]");
      System.exit(2);
    }
    var from = ModelCatalog.released().resolve(model);
    new ExtractionBenchmark(from, scheme, sentences(files)).run();
  }

  private static List<String> sentences(List<String> files) throws IOException {
    var json = new ObjectMapper();
    var characters = new StringBuilder();
    for (var file : files) {
      var raw = Files.newInputStream(Path.of(file));
      try (var lines =
          new BufferedReader(
              new InputStreamReader(
                  file.endsWith(".gz") ? new GZIPInputStream(raw) : raw, StandardCharsets.UTF_8))) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          characters.append(
              line.startsWith("{") ? json.readTree(line).path("text").asText() : line);
        }
      }
    }
    int[] codePoints = characters.codePoints().toArray();
    var sentences = new ArrayList<String>();
    for (int i = 0; i + CHARACTERS <= codePoints.length && sentences.size() < SENTENCES; ) {
      sentences.add(new String(codePoints, i, CHARACTERS));
      i += CHARACTERS;
    }
    return sentences;
  }

  private void run() {
    var encoded = new ArrayList<EncodedWindow>();
    texts.forEach(text -> encoded.add(encode(text)));
    var batches = new ArrayList<List<EncodedWindow>>();
    // combining marks make a few sentences shorter, and a batch has one length
    var full = encoded.stream().filter(window -> window.positions() > CHARACTERS - 8).toList();
    for (int i = 0; i + BATCH <= full.size(); i += BATCH) {
      batches.add(full.subList(i, i + BATCH));
    }
    var tensors = new BatchTensors(features);
    var entities = new SchemeReader(from).entities(scheme);
    var selection = new ModelSelection(from.id(), scheme, null);
    try (var head = ReleasedPackages.entities(from, features, entities);
        var extractor =
            Extractors.open(
                ModelCatalog.released(),
                selection,
                InferenceParameters.DEFAULT,
                InferenceMetrics.NONE)) {
      var written = new ArrayList<BatchTensors.Batch>();
      batches.forEach(batch -> written.add(new BatchTensors(features).write(batch)));
      var answers = written.stream().map(head::numbers).toList();
      var names = List.of("features", "batches", "model", "decoding", "in turn", "extract");
      Stage[] stages = {
        () -> texts.stream().mapToLong(text -> encode(text).positions()).sum(),
        () -> batches.stream().mapToLong(batch -> tensors.write(batch).length()).sum(),
        () -> written.stream().mapToLong(batch -> head.numbers(batch).numbers().length).sum(),
        () -> decode(head, answers, batches),
        () -> inTurn(head, tensors, entities),
        () -> extract(extractor)
      };
      report(names, measure(stages), batches.size() * BATCH);
    }
  }

  private EncodedWindow encode(String text) {
    var positions = KeySequence.of(text);
    return features.encode(new KeyWindow(positions, 0, positions.length()), List.of());
  }

  private static long decode(
      EntityHead head, List<OutputTensor> answers, List<List<EncodedWindow>> batches) {
    long spans = 0;
    for (int i = 0; i < answers.size(); i++) {
      spans += head.decode(answers.get(i), batches.get(i)).stream().mapToLong(List::size).sum();
    }
    return spans;
  }

  /** All of it on one thread, in batches of one length where the sentences have one. */
  private long inTurn(EntityHead head, BatchTensors tensors, EntityScheme scheme) {
    var assembly = new ExtractionAssembly(scheme.labels(), List.of());
    long mentions = 0;
    for (int i = 0; i + BATCH <= texts.size(); i += BATCH) {
      var some = texts.subList(i, i + BATCH);
      var positions = some.stream().map(KeySequence::of).toList();
      var windows =
          positions.stream()
              .map(
                  one ->
                      features.encode(
                          new KeyWindow(one, 0, Math.min(one.length(), CHARACTERS)), List.of()))
              .toList();
      var spans = head.decode(head.numbers(tensors.write(windows)), windows);
      for (int k = 0; k < spans.size(); k++) {
        var answer = new WindowAnswer(spans.get(k), List.of());
        mentions +=
            assembly
                .assemble(ExtractionRequest.of(some.get(k)), positions.get(k), answer)
                .entities()
                .size();
      }
    }
    return mentions;
  }

  private long extract(Extractor extractor) {
    var answers = new ArrayList<CompletableFuture<Extraction>>(texts.size());
    texts.forEach(text -> answers.add(extractor.extract(ExtractionRequest.of(text))));
    return answers.stream().mapToLong(answer -> answer.join().entities().size()).sum();
  }

  /** Nanoseconds of processor time of the best round of each stage. */
  private static long[] measure(Stage[] stages) {
    var processor = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    var best = new long[stages.length];
    Arrays.fill(best, Long.MAX_VALUE);
    long seen = 0;
    for (int round = 0; round < ROUNDS; round++) {
      for (int i = 0; i < stages.length; i++) {
        // a clock of processor time ticks slowly
        int times = 0;
        long taken = 0;
        for (long begin = processor.getProcessCpuTime(); taken < LEAST_NANOS; times++) {
          seen += stages[i].run();
          taken = processor.getProcessCpuTime() - begin;
        }
        best[i] = Math.min(best[i], taken / times);
      }
    }
    if (seen == 0) {
      throw new IllegalStateException("nothing was done");
    }
    return best;
  }

  private void report(List<String> names, long[] best, int batched) {
    double model = 0;
    for (int i = 0; i < best.length; i++) {
      int sentences =
          names.get(i).equals("features") || i >= best.length - 2 ? texts.size() : batched;
      double micros = best[i] / 1e3 / sentences;
      if (names.get(i).equals("model")) {
        model = micros;
      }
      System.out.printf(
          Locale.ROOT,
          "%-10s %8.1f us a sentence %10.0f sentences/s%n",
          names.get(i),
          micros,
          1e6 / micros);
      if (i == best.length - 1) {
        System.out.printf(
            Locale.ROOT,
            "%s %s: extract runs at %.2f of the speed of the bare model%n",
            from.id(),
            scheme,
            model / micros);
      }
    }
  }
}
