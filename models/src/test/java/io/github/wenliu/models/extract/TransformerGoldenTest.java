package io.github.wenliu.models.extract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.wenliu.models.inference.InferenceMetrics;
import io.github.wenliu.models.inference.InferenceParameters;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Java agrees with the script that made the model, on rows with emoji and rare Han too. */
class TransformerGoldenTest {

  private static TransformerTokenizer tokenizer;
  private static TransformerModel model;
  private static Extractor extractor;

  @BeforeAll
  static void open() {
    var from = TinyTransformer.read();
    tokenizer = TransformerTokenizer.open(from, "tokenizer.json");
    model =
        TransformerModel.open(
            from,
            TransformerScheme.read(from, "names"),
            InferenceParameters.DEFAULT,
            InferenceMetrics.NONE);
    extractor =
        Extractors.open(
            TinyTransformer.catalog(),
            TinyTransformer.SELECTION,
            InferenceParameters.DEFAULT,
            InferenceMetrics.NONE);
  }

  @AfterAll
  static void close() {
    extractor.close();
    model.close();
    tokenizer.close();
  }

  static List<JsonNode> rows() {
    return TinyTransformer.golden();
  }

  @ParameterizedTest
  @MethodSource("rows")
  void tokensAndOffsetsAgree(JsonNode row) {
    var tokens = tokenizer.tokenize(row.path("text").asText());
    assertThat(tokens.prefix()).isEqualTo(1);
    assertThat(tokens.suffix()).isEqualTo(1);
    assertThat(tokens.ids()).containsExactly(numbers(row.path("ids")));
    for (int i = 0; i < tokens.length(); i++) {
      assertThat(new long[] {tokens.starts()[i], tokens.ends()[i]})
          .describedAs("token %d", i)
          .containsExactly(numbers(row.path("offsets").path(i)));
    }
    long[] words = numbers(row.path("words"));
    for (int i = 0; i < tokens.length(); i++) {
      assertThat(tokens.beginsWord(i)).isEqualTo(i == 0 || words[i] != words[i - 1]);
    }
  }

  @ParameterizedTest
  @MethodSource("rows")
  void logitsAgree(JsonNode row) {
    var tokens = tokenizer.tokenize(row.path("text").asText());
    float[] logits = model.run(List.of(new TokenWindow(tokens, 0, tokens.length()))).get(0);
    for (int i = 0; i < tokens.length(); i++) {
      for (int tag = 0; tag < 7; tag++) {
        // the script's rows have the surrounding tokens too
        assertThat((double) logits[i * 7 + tag])
            .isEqualTo(row.path("logits").path(i + 1).path(tag).asDouble(), within(1e-4));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("rows")
  void entitiesAgree(JsonNode row) {
    String text = row.path("text").asText();
    var found = extractor.extract(ExtractionRequest.of(text)).join().entities();
    assertThat(found).hasSize(row.path("entities").size());
    for (int i = 0; i < found.size(); i++) {
      var mention = found.get(i);
      JsonNode gold = row.path("entities").path(i);
      assertThat(mention.start()).isEqualTo(gold.path("start").asInt());
      assertThat(mention.end()).isEqualTo(gold.path("end").asInt());
      assertThat(mention.type()).isEqualTo(gold.path("type").asText());
      assertThat(mention.score()).isEqualTo(gold.path("score").asDouble(), within(1e-4));
      assertThat(text.codePointCount(0, mention.startUtf16())).isEqualTo(mention.start());
      assertThat(text.codePointCount(0, mention.endUtf16())).isEqualTo(mention.end());
    }
  }

  private static long[] numbers(JsonNode list) {
    return IntStream.range(0, list.size()).mapToLong(i -> list.path(i).asLong()).toArray();
  }
}
