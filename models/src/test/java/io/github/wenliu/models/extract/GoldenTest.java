package io.github.wenliu.models.extract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.wenliu.models.inference.ModelPackage;
import io.github.wenliu.models.inference.OutputTensor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every released model answers to the sentences of its golden file as the training kit did. */
final class GoldenTest {
  private static final double FEATURE = 1e-6;
  private static final double LOGIT = 1e-3;
  private static final double SCORE = 1e-3;

  private final ObjectMapper json = new ObjectMapper();

  @TestFactory
  Stream<DynamicTest> answersAsTheTrainingKitDid() throws IOException {
    var tests = new ArrayList<DynamicTest>();
    for (var from : ReleasedPackages.all()) {
      var features = FeatureSet.read(from);
      var byScheme = new HashMap<String, List<JsonNode>>();
      new String(from.bytes("golden.jsonl"), StandardCharsets.UTF_8)
          .lines()
          .map(this::parse)
          .forEach(
              line ->
                  byScheme
                      .computeIfAbsent(line.get("scheme").asText(), name -> new ArrayList<>())
                      .add(line));
      assertThat(byScheme).containsOnlyKeys(new SchemeReader(from).names());
      byScheme.forEach(
          (scheme, lines) ->
              tests.add(
                  DynamicTest.dynamicTest(
                      from.id() + " " + scheme, () -> check(from, features, scheme, lines))));
    }
    return tests.stream();
  }

  private JsonNode parse(String line) {
    try {
      return json.readTree(line);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void check(
      ModelPackage from, FeatureSet features, String name, List<JsonNode> lines) {
    var reader = new SchemeReader(from);
    if (reader.isRelations(name)) {
      var scheme = reader.relations(name);
      try (var head = ReleasedPackages.relations(from, features, scheme)) {
        lines.forEach(line -> checkRelations(features, scheme, head, line));
      }
    } else {
      var scheme = reader.entities(name);
      try (var head = ReleasedPackages.entities(from, features, scheme)) {
        lines.forEach(line -> checkEntities(features, scheme, head, line));
      }
    }
  }

  private static void checkEntities(
      FeatureSet features, EntityScheme scheme, EntityHead head, JsonNode line) {
    var positions = KeySequence.of(line.get("text").asText());
    var window = window(features, positions, line, scheme.categories());
    OutputTensor numbers = head.numbers(new BatchTensors(features).write(List.of(window)));
    JsonNode logits = line.get("scores").get(0);
    for (int k = 0; k < logits.size(); k++) {
      assertThat((double) numbers.numbers()[k])
          .as("%s: logit %d", line.get("text"), k)
          .isCloseTo(logits.get(k).doubleValue(), within(LOGIT));
    }
    var spans = head.decode(numbers, List.of(window)).get(0);
    var assembly = new ExtractionAssembly(scheme.labels(), List.of());
    var found = assembly.assemble(request(line), positions, new WindowAnswer(spans, List.of()));
    JsonNode expected = line.get("entities");
    assertThat(found.entities()).as(line.toString()).hasSize(expected.size());
    for (int i = 0; i < expected.size(); i++) {
      var mention = found.entities().get(i);
      JsonNode entity = expected.get(i);
      assertThat(List.of(mention.start(), mention.end(), mention.type()))
          .as(line.toString())
          .isEqualTo(
              List.of(
                  entity.get("start").asInt(),
                  entity.get("end").asInt(),
                  entity.get("type").asText()));
      assertThat(mention.score()).isCloseTo(entity.get("score").doubleValue(), within(SCORE));
    }
  }

  private static void checkRelations(
      FeatureSet features, RelationScheme scheme, RelationHead head, JsonNode line) {
    var positions = KeySequence.of(line.get("text").asText());
    var window = window(features, positions, line, scheme.categories());
    var batch = new BatchTensors(features).write(List.of(window));
    var triples = head.run(batch, List.of(window)).get(0);
    var assembly = new ExtractionAssembly(List.of(), scheme.predicates());
    var found = assembly.assemble(request(line), positions, new WindowAnswer(List.of(), triples));
    var scores = new HashMap<List<Object>, Double>();
    for (var relation : found.relations()) {
      var subject = found.entities().get(relation.subject());
      var object = found.entities().get(relation.object());
      scores.put(
          List.of(
              subject.start(), subject.end(), relation.predicate(), object.start(), object.end()),
          relation.score());
    }
    var expected = new HashMap<List<Object>, Double>();
    for (JsonNode relation : line.get("relations")) {
      expected.put(
          List.of(
              relation.get("subject").get(0).asInt(),
              relation.get("subject").get(1).asInt(),
              relation.get("predicate").asText(),
              relation.get("object").get(0).asInt(),
              relation.get("object").get(1).asInt()),
          relation.get("score").doubleValue());
    }
    assertThat(scores).as(line.toString()).containsOnlyKeys(expected.keySet());
    expected.forEach(
        (triple, score) -> assertThat(scores.get(triple)).isCloseTo(score, within(SCORE)));
  }

  /** Encodes the text of a line and compares its features. */
  private static EncodedWindow window(
      FeatureSet features, KeySequence positions, JsonNode line, Map<String, String> categories) {
    var hints = new ArrayList<WindowHint>();
    for (JsonNode pin : line.path("pinned")) {
      var type = pin.get("type").asText();
      addHints(hints, positions, pin.get("text").asText(), categories.getOrDefault(type, type));
    }
    for (JsonNode word : line.path("words")) {
      addHints(hints, positions, word.asText(), LexiconHint.WORD);
    }
    var window = features.encode(new KeyWindow(positions, 0, positions.length()), hints);
    assertThat(window.positions()).isEqualTo(line.get("positions").asInt());
    var dense = new float[features.width()];
    features.write(window, 0, dense);
    JsonNode first = line.get("features").get("first");
    for (int k = 0; k < first.size(); k++) {
      assertThat((double) dense[k])
          .as("%s: feature %d", line.get("text"), k)
          .isCloseTo(first.get(k).doubleValue(), within(FEATURE));
    }
    double sum = 0;
    double size = 0;
    for (int i = 0; i < window.positions(); i++) {
      features.write(window, i, dense);
      for (float number : dense) {
        sum += number;
        size += Math.abs(number);
      }
    }
    assertThat(sum)
        .as("%s: sum of features", line.get("text"))
        .isCloseTo(line.get("features").get("sum").doubleValue(), within(FEATURE * size));
    return window;
  }

  /** Hints wherever a word stands, without overlaps. */
  private static void addHints(
      List<WindowHint> hints, KeySequence positions, String word, String category) {
    var keys = KeySequence.of(word);
    for (int i = 0; i + keys.length() <= positions.length(); i++) {
      int matched = 0;
      while (matched < keys.length() && positions.key(i + matched) == keys.key(matched)) {
        matched++;
      }
      if (matched == keys.length()) {
        hints.add(new WindowHint(i, i + matched - 1, category));
        i += matched - 1;
      }
    }
  }

  private static ExtractionRequest request(JsonNode line) {
    return ExtractionRequest.of(line.get("text").asText());
  }
}
