package io.github.wenliu.models.extract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.hankcs.hanlp.HanLP;
import com.hankcs.hanlp.seg.Segment;
import com.sun.management.OperatingSystemMXBean;
import io.github.wenliu.models.inference.InferenceMetrics;
import io.github.wenliu.models.inference.InferenceParameters;
import io.github.wenliu.models.inference.ModelCatalog;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Our recognisers beside HanLP's on people, organisations and places: one JSON object a file of
 * {@code {"text", "entities": [{"start", "end", "type"}]}} a line.
 *
 * <p>HanLP's portable jar carries no perceptron and no CRF; what it has are the hidden Markov
 * models over roles for names of people, transliterated and Japanese ones too, of places and of
 * organisations. All are switched on. Speed is texts in a second of processor time, of all threads
 * together, in the best of several rounds in which both take turns.
 */
public final class RecogniserComparison {
  private static final int ROUNDS = 7;
  private static final long LEAST_NANOS = 1_000_000_000;
  private static final Set<String> TYPES = Set.of("PER", "ORG", "LOC");

  private RecogniserComparison() {}

  /** An entity as it is compared. */
  private record Entity(int start, int end, String type) {}

  /** Finds the entities of all texts. */
  private interface Recogniser {
    List<Set<Entity>> find(List<String> texts);
  }

  public static void main(String[] arguments) throws IOException {
    var files = new ArrayList<String>();
    var models = new ArrayList<String>();
    for (int i = 0; i < arguments.length; i++) {
      if (arguments[i].equals("--model")) {
        models.add(arguments[++i]);
      } else {
        files.add(arguments[i]);
      }
    }
    if (files.isEmpty()) {
      System.err.println("usage: bench recognisers FILE... [--model NAME]...");
      System.exit(2);
    }
    HanLP.Config.Normalization = false;
    var names = new ArrayList<>(List.of("hanlp"));
    var recognisers = new ArrayList<Recogniser>();
    var segment =
        HanLP.newSegment().enableAllNamedEntityRecognize(true).enableCustomDictionary(true);
    recognisers.add(texts -> texts.stream().map(text -> entities(segment, text)).toList());
    for (var model : models.isEmpty() ? List.of("fast") : models) {
      var extractor =
          Extractors.open(
              ModelCatalog.released(),
              new ModelSelection(model, "news", null),
              InferenceParameters.DEFAULT,
              InferenceMetrics.NONE);
      names.add(extractor.selection().model());
      recognisers.add(texts -> entities(extractor, texts));
    }
    for (var file : files) {
      System.out.println(compare(Path.of(file), names, recognisers));
    }
    System.exit(0);
  }

  private static String compare(Path file, List<String> names, List<Recogniser> recognisers)
      throws IOException {
    var json = new ObjectMapper();
    var texts = new ArrayList<String>();
    var gold = new ArrayList<Set<Entity>>();
    for (var line : Files.readAllLines(file)) {
      JsonNode row = json.readTree(line);
      texts.add(row.get("text").asText());
      var entities = new HashSet<Entity>();
      for (JsonNode entity : row.get("entities")) {
        entities.add(
            new Entity(
                entity.get("start").asInt(),
                entity.get("end").asInt(),
                entity.get("type").asText()));
      }
      entities.removeIf(entity -> !TYPES.contains(entity.type()));
      gold.add(entities);
    }
    long[] best = measure(texts, recognisers);
    var result = new StringBuilder("{\"file\": \"%s\"".formatted(file.getFileName()));
    for (int i = 0; i < names.size(); i++) {
      var score = new MatchScore<Entity>(Entity::type);
      var found = recognisers.get(i).find(texts);
      for (int k = 0; k < gold.size(); k++) {
        score.add(gold.get(k), found.get(k));
      }
      result.append(", \"%s\": {".formatted(names.get(i)));
      append(result, "all", score.total());
      score.byType().forEach((type, counts) -> append(result, type, counts));
      result.append("\"textsPerSecond\": %d}".formatted(texts.size() * 1_000_000_000L / best[i]));
    }
    return result.append("}").toString();
  }

  private static void append(StringBuilder to, String name, MatchScore.Counts counts) {
    to.append(
        String.format(
            Locale.ROOT,
            "\"%s\": {\"precision\": %.4f, \"recall\": %.4f, \"f1\": %.4f}, ",
            name,
            counts.precision(),
            counts.recall(),
            counts.f1()));
  }

  private static long[] measure(List<String> texts, List<Recogniser> recognisers) {
    var processor = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    var best = new long[recognisers.size()];
    Arrays.fill(best, Long.MAX_VALUE);
    for (int round = 0; round < ROUNDS; round++) {
      for (int i = 0; i < best.length; i++) {
        // a clock of processor time ticks slowly
        int times = 0;
        long taken = 0;
        for (long begin = processor.getProcessCpuTime(); taken < LEAST_NANOS; times++) {
          if (recognisers.get(i).find(texts).stream().allMatch(Set::isEmpty)) {
            throw new IllegalStateException("nothing was found");
          }
          taken = processor.getProcessCpuTime() - begin;
        }
        best[i] = Math.min(best[i], taken / times);
      }
    }
    return best;
  }

  private static Set<Entity> entities(Segment segment, String text) {
    var entities = new HashSet<Entity>();
    int start = 0;
    for (var term : segment.seg(text)) {
      int end = start + term.word.codePointCount(0, term.word.length());
      var nature = term.nature.toString();
      var type =
          nature.startsWith("nr")
              ? "PER"
              : nature.startsWith("ns") ? "LOC" : nature.startsWith("nt") ? "ORG" : null;
      if (type != null) {
        entities.add(new Entity(start, end, type));
      }
      start = end;
    }
    return entities;
  }

  private static List<Set<Entity>> entities(Extractor extractor, List<String> texts) {
    var answers = new ArrayList<CompletableFuture<Extraction>>(texts.size());
    texts.forEach(text -> answers.add(extractor.extract(ExtractionRequest.of(text))));
    var all = new ArrayList<Set<Entity>>(texts.size());
    for (var answer : answers) {
      var entities = new HashSet<Entity>();
      for (var mention : answer.join().entities()) {
        if (TYPES.contains(mention.type())) {
          entities.add(new Entity(mention.start(), mention.end(), mention.type()));
        }
      }
      all.add(entities);
    }
    return all;
  }
}
