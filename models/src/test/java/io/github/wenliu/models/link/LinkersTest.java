package io.github.wenliu.models.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.wenliu.models.extract.Extractors;
import io.github.wenliu.models.inference.InferenceMetrics;
import io.github.wenliu.models.inference.InferenceParameters;
import io.github.wenliu.models.inference.ModelCatalog;
import io.github.wenliu.models.inference.ModelException;
import io.github.wenliu.models.inference.SharedModels;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(value = 1, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LinkersTest {

  private static final double GOLDEN = 1e-4;
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path directory;

  /** A copy of the tiny model, for tests that change it. */
  private Path copy;

  @BeforeEach
  void copyTheModel() throws IOException {
    copy = Files.createDirectories(directory.resolve(TinyLinker.ID));
    try (var files = Files.list(TinyLinker.folder().resolve(TinyLinker.ID))) {
      for (Path file : files.toList()) {
        Files.copy(file, copy.resolve(file.getFileName()));
      }
    }
  }

  private LinkerManifest manifest() {
    return LinkerManifest.read(TinyLinker.read(), TinyLinker.FEATURES);
  }

  @Test
  void saysWhatTheManifestSays() {
    try (var model = TinyLinker.open()) {
      assertThat(model.id()).isEqualTo("tiny-linker/v1");
      assertThat(model.features()).isEqualTo(3);
      assertThat(model.tokens()).isEqualTo(TinyLinker.TOKENS);
      assertThat(model.vector()).isEqualTo(TinyLinker.VECTOR);
      assertThat(model.thresholds()).isEqualTo(new LinkThresholds(0.4, 0.1, 0.2));
      assertThat(model.statistics().of(LinkStatistics.SURFACE, "风"))
          .isEqualTo(new LinkStatistics.Count(9, 5));
      assertThat(model.statistics().namesOf("Q1")).containsExactly("风");
    }
    assertThat(Linkers.features(TinyLinker.read())).isEqualTo(TinyLinker.FEATURES);
  }

  @Test
  void answersAsTheScriptThatMadeItDid() throws IOException {
    var lines = new String(TinyLinker.read().bytes("golden.jsonl"), StandardCharsets.UTF_8);
    try (var model = TinyLinker.open()) {
      for (String line : lines.lines().toList()) {
        var golden = JSON.readTree(line);
        float[] logits = model.score(pairs(golden, model)).join();
        for (int i = 0; i < logits.length; i++) {
          assertThat((double) logits[i])
              .isCloseTo(
                  golden.at("/logits/%d/%d".formatted(i / 2, i % 2)).doubleValue(), within(GOLDEN));
        }
      }
    }
    assertThat(lines.lines()).hasSizeGreaterThan(2);
  }

  private static LinkPairs pairs(JsonNode golden, LinkModel model) {
    int pairs = golden.get("logits").size();
    var features = new float[pairs * model.features()];
    var context = new int[pairs * model.tokens()];
    var descriptions = new byte[pairs * model.vector()];
    for (int i = 0; i < pairs; i++) {
      for (int k = 0; k < model.features(); k++) {
        features[i * model.features() + k] = golden.get("features").get(i).get(k).floatValue();
      }
      int[] around = integers(golden.get("context").get(i));
      System.arraycopy(around, 0, context, i * model.tokens(), around.length);
      byte[] vector = model.describe(integers(golden.get("descriptions").get(i)));
      System.arraycopy(vector, 0, descriptions, i * model.vector(), vector.length);
    }
    return new LinkPairs(pairs, features, context, descriptions);
  }

  private static int[] integers(JsonNode list) {
    return IntStream.range(0, list.size()).map(i -> list.get(i).intValue()).toArray();
  }

  @Test
  void isSharedAndClosedByTheLast() {
    int before = SharedModels.ofProcess().size();
    var first = TinyLinker.open();
    var second = TinyLinker.open();
    assertThat(SharedModels.ofProcess().size()).isEqualTo(before + 1);
    first.close();
    first.close();
    var pairs = TinyLinker.pairs(manifest(), 3, new Random(1));
    assertThat(second.score(pairs).join()).hasSize(6);
    second.close();
    assertThat(SharedModels.ofProcess().size()).isEqualTo(before);
    assertThatThrownBy(() -> second.score(pairs).join())
        .cause()
        .isInstanceOf(ModelException.class)
        .hasMessage("tiny-linker/v1: is closed");
    assertThatThrownBy(() -> second.describe(new int[] {1}))
        .isInstanceOf(ModelException.class)
        .hasMessage("tiny-linker/v1/describer.onnx: is closed");
  }

  @Test
  void describesOnManyThreadsAtOnce() {
    var random = new Random(2);
    var descriptions =
        IntStream.range(0, 2_000)
            .mapToObj(i -> TinyLinker.description(manifest(), random))
            .toList();
    try (var model = TinyLinker.open()) {
      var expected = model.describe(descriptions);
      var found =
          IntStream.range(0, 8)
              .mapToObj(
                  thread ->
                      CompletableFuture.supplyAsync(
                          () -> descriptions.stream().map(model::describe).toList()))
              .toList();
      for (var vectors : found) {
        assertThat(vectors.join()).usingRecursiveComparison().isEqualTo(expected);
      }
      assertThat(expected.stream().map(Arrays::hashCode).distinct().count()).isGreaterThan(1_000);
    }
  }

  @Test
  void noTokensHaveNoVector() {
    try (var model = TinyLinker.open()) {
      assertThat(model.describe(new int[0])).isEmpty();
      assertThat(model.describe(List.<int[]>of())).isEmpty();
    }
  }

  @Test
  void tellsThatACallerDoesNotKeepTheSizes() {
    try (var model = TinyLinker.open()) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> model.describe(new int[9]))
          .withMessage("a description has at most 8 tokens but this one 9");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> model.score(new LinkPairs(0, new float[0], new int[0], new byte[0])));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> model.score(new LinkPairs(1, new float[4], new int[8], new byte[8])))
          .withMessageContaining("1 pairs of 3 features need at least one and 3 numbers");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> model.score(new LinkPairs(1, new float[3], new int[7], new byte[8])))
          .withMessageContaining("tokens of context");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> model.score(new LinkPairs(2, new float[6], new int[16], new byte[8])))
          .withMessageContaining("numbers of a description");
    }
  }

  @Test
  void whatIsNoNumberIsAFailureOfThatDocumentAlone() {
    var manifest = manifest();
    try (var model = TinyLinker.open()) {
      var answers = new ArrayList<CompletableFuture<float[]>>();
      for (int i = 0; i < 20; i++) {
        // one of them has, in its last pair, a feature whose logarithm is none
        var pairs = TinyLinker.pairs(manifest, i == 7 ? 1_000 : 5, new Random(i));
        if (i == 7) {
          pairs.features()[pairs.features().length - 1] = -2;
        }
        answers.add(model.score(pairs));
      }
      for (int i = 0; i < 20; i++) {
        var answer = answers.get(i);
        if (i == 7) {
          assertThatThrownBy(answer::join)
              .isInstanceOf(CompletionException.class)
              .cause()
              .isInstanceOf(ModelException.class)
              .hasMessage(
                  "tiny-linker/v1/scorer.onnx: output logits: expected finite numbers but found"
                      + " others");
        } else {
          assertThat(answer.join()).hasSize(10);
        }
      }
    }
  }

  static Stream<Arguments> mistakes() {
    return Stream.of(
        mistake("kind: expected linker but found extractor", m -> m.put("kind", "extractor")),
        mistake("linker: expected an object but found nothing", m -> m.remove("linker")),
        linker("features: expected a list but found nothing", l -> l.remove("features")),
        linker(
            "features[1]: expected feature-1 but found other",
            l -> l.putArray("features").add("feature-0").add("other").add("feature-2")),
        linker(
            "features[2]: expected feature-2 but found no more",
            l -> l.putArray("features").add("feature-0").add("feature-1")),
        linker(
            "features[3]: expected no more but found feature-3",
            l -> l.withArray("features").add("feature-3")),
        linker("tokens: expected a positive whole number but found 0", l -> l.put("tokens", 0)),
        linker("vector: expected a positive whole number", l -> l.put("vector", "8")),
        linker("vector: expected a multiple of 8 but found 12", l -> l.put("vector", 12)),
        linker("vocabulary: expected 32768 but found 1000", l -> l.put("vocabulary", 1_000)),
        linker(
            "thresholds.found: expected a number but found nothing",
            l -> l.putObject("thresholds").put("given", 0.1)),
        linker(
            "thresholds: expected probabilities but found 1.0, 0.1, 0.2",
            l -> l.putObject("thresholds").put("found", 1).put("given", 0.1).put("extracted", 0.2)),
        linker("scorer: expected a string but found nothing", l -> l.remove("scorer")),
        linker("describer: expected a string but found nothing", l -> l.remove("describer")),
        linker("statistics: expected a string but found nothing", l -> l.remove("statistics")),
        linker(
            "files: expected an entry for nowhere.onnx but found none",
            l -> l.put("describer", "nowhere.onnx")),
        linker(
            "files: expected an entry for nowhere.onnx but found none",
            l -> l.put("scorer", "nowhere.onnx")),
        linker(
            "golden.jsonl: expected lines of kind, key, seen and linked but found others: expected"
                + " four fields",
            l -> l.put("statistics", "golden.jsonl")));
  }

  private static Arguments mistake(String message, Consumer<ObjectNode> change) {
    return Arguments.of("manifest.json: " + message, change);
  }

  private static Arguments linker(String message, Consumer<ObjectNode> change) {
    String at = message.matches("(files|golden.jsonl): .*") ? message : "linker." + message;
    return mistake(at, manifest -> change.accept((ObjectNode) manifest.get("linker")));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void whatIsWrongWithTheManifestIsToldInOneLine(String message, Consumer<ObjectNode> change)
      throws IOException {
    change(change);
    assertThatThrownBy(() -> TinyLinker.open(directory, TinyLinker.FEATURES))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining(message)
        .message()
        .hasLineCount(1);
  }

  static Stream<Arguments> graphs() {
    return Stream.of(
        Arguments.of(
            "tiny-linker/v1/scorer.onnx: expected input features FLOAT [any, any, 3] but found",
            "scorer.onnx",
            "tiny-linker/v1/describer.onnx"),
        Arguments.of(
            "tiny-linker/v1/describer.onnx: expected input tokens INT [any, 8] but found",
            "describer.onnx",
            "tiny-linker/v1/scorer.onnx"),
        Arguments.of(
            "tiny-linker/v1/describer.onnx: output vector: expected numbers between -1 and 1",
            "describer.onnx",
            "describer-not-unit.onnx"),
        Arguments.of(
            "tiny-linker/v1/describer.onnx: the run failed:",
            "describer.onnx",
            "describer-of-few-tokens.onnx"),
        Arguments.of(
            "tiny-linker/v1/scorer.onnx: expected a graph that ONNX Runtime can open",
            "scorer.onnx",
            "tiny-linker/v1/statistics.tsv"));
  }

  @ParameterizedTest
  @MethodSource("graphs")
  void aGraphThatIsNotAsAgreedIsToldInOneLine(String message, String file, String found)
      throws IOException {
    replace(file, Files.readAllBytes(TinyLinker.folder().resolve(found)));
    int before = SharedModels.ofProcess().size();
    assertThatThrownBy(() -> TinyLinker.open(directory, TinyLinker.FEATURES))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining(message)
        .message()
        .hasLineCount(1);
    assertThat(SharedModels.ofProcess().size()).isEqualTo(before);
  }

  @Test
  void sizesThatTheGraphsDoNotHaveAreToldInOneLine() throws IOException {
    change(manifest -> ((ObjectNode) manifest.get("linker")).put("vector", 16));
    assertThatThrownBy(() -> TinyLinker.open(directory, TinyLinker.FEATURES))
        .isInstanceOf(ModelException.class)
        .message()
        .contains("describer.onnx: expected output vector FLOAT [any, 16] but found", "[any, 8]")
        .hasLineCount(1);
  }

  @Test
  void aFileThatIsMissingIsToldInOneLine() throws IOException {
    Files.delete(copy.resolve("scorer.onnx"));
    assertThatThrownBy(() -> TinyLinker.open(directory, TinyLinker.FEATURES))
        .isInstanceOf(ModelException.class)
        .message()
        .contains("scorer.onnx: expected a file but found none")
        .hasLineCount(1);
  }

  @Test
  void isNothingToExtractWith() {
    var from = TinyLinker.read();
    assertThatThrownBy(() -> Extractors.schemes(from))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("kind: expected one that extracts but found linker");
  }

  @Test
  void oneThatWaitsForOtherFeaturesDoesNotGetWhatIsOpen() {
    try (var open = TinyLinker.open()) {
      assertThat(open.features()).isEqualTo(3);
      assertThatThrownBy(() -> TinyLinker.open(TinyLinker.folder(), List.of("feature-0")))
          .isInstanceOf(ModelException.class)
          .hasMessageContaining("linker.features[1]: expected no more but found feature-1");
    }
  }

  @Test
  void itsRunsAreToldToOneOfThoseWhoShareIt() {
    var told = new ArrayList<Integer>();
    var metrics =
        new InferenceMetrics() {
          @Override
          public void batch(int rows, int tokens, int paddedTokens, long nanos) {
            told.add(tokens);
          }
        };
    var catalog = ModelCatalog.of(TinyLinker.folder(), null, null);
    try (var model =
        Linkers.open(
            catalog, "tiny-linker", TinyLinker.FEATURES, InferenceParameters.DEFAULT, metrics)) {
      model.score(TinyLinker.pairs(manifest(), 13, new Random(1))).join();
    }
    assertThat(told).as("the first run and this one").containsExactly(1, 13);
  }

  /** Changes the manifest of the copy. */
  private void change(Consumer<ObjectNode> change) throws IOException {
    var path = copy.resolve("manifest.json");
    var manifest = (ObjectNode) JSON.readTree(path.toFile());
    change.accept(manifest);
    Files.writeString(path, manifest.toString());
  }

  /** Puts other bytes in the place of a file of the copy, and says so in its manifest. */
  private void replace(String file, byte[] bytes) throws IOException {
    Files.write(copy.resolve(file), bytes);
    change(
        manifest -> {
          for (JsonNode entry : manifest.get("files")) {
            if (entry.get("path").asText().equals(file)) {
              ((ObjectNode) entry).put("bytes", bytes.length).put("sha256", sha256(bytes));
            }
          }
        });
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
