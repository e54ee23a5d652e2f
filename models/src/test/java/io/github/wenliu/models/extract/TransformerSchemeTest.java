package io.github.wenliu.models.extract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.wenliu.models.inference.ModelException;
import io.github.wenliu.models.inference.ModelPackage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TransformerSchemeTest {

  private static final List<String> BIO = List.of("O", "B-PER", "I-PER", "B-LOC", "I-LOC");
  private static final List<String> BIOES = List.of("O", "B-PER", "I-PER", "E-PER", "S-PER");

  @TempDir Path directory;

  @Test
  void anInsideBehindNothingOfItsKindIsNotTaken() throws IOException {
    // at the second place I-LOC is the best alone, but nothing of LOC began
    var decoder = scheme(BIO).decoder();
    float[] numbers = {
      0, 9, 0, 0, 0, //
      0, 0, 3, 0, 4, //
      9, 0, 0, 0, 0
    };
    assertThat(decoder.decode(numbers, 0, 3))
        .extracting(ScoredSpan::first, ScoredSpan::last, ScoredSpan::label)
        .containsExactly(org.assertj.core.groups.Tuple.tuple(0, 1, 0));
  }

  @Test
  void aSpanThatMarksItsEndMustHaveOne() throws IOException {
    var decoder = scheme(BIOES).decoder();
    float[] numbers = {
      0, 5, 0, 0, 4, // B alone is best, but what follows is no end
      9, 0, 0, 0, 0, //
      0, 8, 0, 0, 0, //
      0, 0, 8, 0, 0, //
      0, 0, 0, 8, 0, //
      0, 0, 0, 0, 8
    };
    assertThat(decoder.decode(numbers, 0, 6))
        .extracting(ScoredSpan::first, ScoredSpan::last)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(0, 0),
            org.assertj.core.groups.Tuple.tuple(2, 4),
            org.assertj.core.groups.Tuple.tuple(5, 5));
  }

  @Test
  void otherLettersForTheSamePlacesAreUnderstood() throws IOException {
    var decoder = scheme(List.of("B-X", "M-X", "L-X", "U-X", "O")).decoder();
    float[] numbers = {
      8, 0, 0, 0, 0, //
      0, 8, 0, 0, 0, //
      0, 0, 8, 0, 0, //
      0, 0, 0, 8, 0, //
      0, 0, 0, 0, 8
    };
    assertThat(decoder.decode(numbers, 0, 5))
        .extracting(ScoredSpan::first, ScoredSpan::last)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(0, 2), org.assertj.core.groups.Tuple.tuple(3, 3));
  }

  @Test
  void labelsStandInTheOrderOfTheTags() throws IOException {
    assertThat(scheme(List.of("I-B", "B-B", "B-A", "I-A", "O")).labels()).containsExactly("B", "A");
  }

  static Stream<Arguments> mistakes() {
    return Stream.of(
        mistake("schemes.names.tags: expected O and B-", s -> s.putArray("tags").add("X-PER")),
        mistake("schemes.names.tags: expected O and B-", s -> s.putArray("tags").add("PER")),
        mistake("schemes.names.tags: expected at least one", s -> s.putArray("tags").add("O")),
        mistake("schemes.names.words: expected first or each", s -> s.put("words", "last")),
        mistake("schemes.names.task: expected entities", s -> s.put("task", "relations")),
        mistake("schemes.names.model: expected a string", s -> s.remove("model")));
  }

  private static Arguments mistake(String message, Consumer<ObjectNode> change) {
    return Arguments.of(message, change);
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void whatIsWrongIsToldWithItsPlace(String message, Consumer<ObjectNode> change) {
    assertThatThrownBy(() -> scheme(BIO, change))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("manifest.json: " + message);
  }

  private TransformerScheme scheme(List<String> tags) throws IOException {
    return scheme(tags, unchanged -> {});
  }

  private TransformerScheme scheme(List<String> tags, Consumer<ObjectNode> change)
      throws IOException {
    var manifest = new ObjectMapper().createObjectNode();
    manifest
        .put("format", 1)
        .put("name", "t")
        .put("version", "v1")
        .put("kind", "token-classifier")
        .put("description", "")
        .put("licence", "")
        .put("terms", "")
        .put("commit", "");
    manifest.putArray("trainingData");
    manifest.putArray("files");
    var scheme =
        manifest
            .putObject("schemes")
            .putObject("names")
            .put("task", "entities")
            .put("model", "model.onnx")
            .put("tokenizer", "tokenizer.json")
            .put("output", "logits")
            .put("words", "first");
    tags.forEach(scheme.putArray("tags")::add);
    change.accept(scheme);
    Files.writeString(directory.resolve("manifest.json"), manifest.toString());
    return TransformerScheme.read(ModelPackage.read(directory), "names");
  }
}
