package io.github.wenliu.models.extract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wenliu.models.inference.InferenceMetrics;
import io.github.wenliu.models.inference.InferenceParameters;
import io.github.wenliu.models.inference.ModelException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TransformerExtractorTest {

  private static final String SENTENCE = "林小满和𠮷田明在海棠湾见面。";

  private Extractor extractor;

  @BeforeEach
  void open() {
    extractor = open(TinyTransformer.SELECTION);
  }

  @AfterEach
  void close() {
    extractor.close();
  }

  @Test
  void aTextOfManyWindowsHasTheMentionsOfAllItsSentencesOnce() {
    // the model has 32 positions; the text has about 400
    var found = entities(SENTENCE.repeat(30));
    int length = SENTENCE.codePointCount(0, SENTENCE.length());
    assertThat(found).hasSize(90);
    for (int i = 0; i < 30; i++) {
      assertThat(found.subList(3 * i, 3 * i + 3))
          .extracting(mention -> mention.start() - length * (found.indexOf(mention) / 3))
          .containsExactly(0, 4, 8);
      assertThat(found.subList(3 * i, 3 * i + 3))
          .extracting(EntityMention::type)
          .containsExactly("PER", "PER", "LOC");
    }
  }

  @Test
  void aWordLongerThanTheModelIsNoProblem() {
    assertThat(entities("b".repeat(99) + "在云溪招人。")).isNotNull();
    assertThat(entities("12".repeat(2000) + "在云溪招人。"))
        .extracting(EntityMention::start)
        .contains(4001);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "\n\n",
        "\u200b",
        "\u0301",
        "\0",
        "\ud842",
        "\ude00林小满",
        "林\ud83d小满\udc00",
        "\ufffd"
      })
  void oddTextsAreAnswered(String text) {
    for (var mention : entities(text)) {
      assertThat(mention.startUtf16()).isBetween(0, text.length());
      assertThat(mention.endUtf16()).isBetween(mention.startUtf16() + 1, text.length());
    }
  }

  @Test
  void halfSurrogatePairsDoNotShiftWhatFollows() {
    var found = entities("\ud83d林小满\udc00去云溪看海。");
    assertThat(found).extracting(EntityMention::start).contains(1, 6);
  }

  @Test
  void whatUsersPinnedComesOutAsPinned() {
    var request = new ExtractionRequest("林小满去云溪看海。", List.of(new LexiconHint(4, 6, "BAND")));
    assertThat(extractor.extract(request).join().entities())
        .extracting(EntityMention::type, EntityMention::origin)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("PER", EntityMention.MODEL),
            org.assertj.core.groups.Tuple.tuple("BAND", EntityMention.LEXICON));
  }

  @Test
  void theSameRowGivesTheSameBitsInEveryCompany() {
    var from = TinyTransformer.read();
    var scheme = TransformerScheme.read(from, "names");
    try (var tokenizer = TransformerTokenizer.open(from, scheme.tokenizer());
        var model =
            TransformerModel.open(
                from, scheme, InferenceParameters.DEFAULT, InferenceMetrics.NONE)) {
      var row = window(tokenizer, "林小满去云溪看海。");
      var others =
          List.of(
              window(tokenizer, "许青在石桥镇招人。"),
              window(tokenizer, "北辰研究所在云溪招人。"),
              window(tokenizer, "今天没有风今天没有"));
      float[] alone = model.run(List.of(row)).get(0);
      for (int rows = 2; rows <= 17; rows++) {
        for (int place : new int[] {0, rows / 2, rows - 1}) {
          var batch = new ArrayList<TokenWindow>();
          for (int i = 0; i < rows; i++) {
            batch.add(i == place ? row : others.get(i % others.size()));
          }
          assertThat(model.run(batch).get(place)).containsExactly(alone);
        }
      }
    }
  }

  @Test
  void aSchemeThatThePackageDoesNotHaveIsRefused() {
    assertThatThrownBy(() -> open(new ModelSelection("tiny-transformer/v1", "news", null)))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("schemes: expected news but found [names]");
    assertThatThrownBy(() -> open(new ModelSelection("tiny-transformer/v1", "names", "duie")))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("relations");
  }

  private static TokenWindow window(TransformerTokenizer tokenizer, String text) {
    var tokens = tokenizer.tokenize(text);
    return new TokenWindow(tokens, 0, tokens.length());
  }

  private List<EntityMention> entities(String text) {
    return extractor.extract(ExtractionRequest.of(text)).join().entities();
  }

  private static Extractor open(ModelSelection selection) {
    return Extractors.open(
        TinyTransformer.catalog(), selection, InferenceParameters.DEFAULT, InferenceMetrics.NONE);
  }
}
