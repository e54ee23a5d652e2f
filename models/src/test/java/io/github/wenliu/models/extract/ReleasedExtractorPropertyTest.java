package io.github.wenliu.models.extract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wenliu.models.inference.InferenceMetrics;
import io.github.wenliu.models.inference.InferenceParameters;
import io.github.wenliu.models.inference.ModelCatalog;
import io.github.wenliu.models.inference.ModelException;
import io.github.wenliu.models.inference.SharedModels;
import io.github.wenliu.models.text.AnyText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** The released model, from a text to its entities. */
final class ReleasedExtractorPropertyTest {
  private static final String SENTENCE = "昨天下午，蓝鲸动力的创始人顾明远在苏州对记者说，明年要和东岭大学一起建实验室。";
  private static final ModelSelection NEWS = new ModelSelection("fast", "news", null);

  private static Extractor extractor;

  @BeforeContainer
  static void open() {
    extractor = open(InferenceMetrics.NONE);
  }

  @AfterContainer
  static void close() {
    extractor.close();
  }

  private static Extractor open(InferenceMetrics metrics) {
    return Extractors.open(ModelCatalog.released(), NEWS, InferenceParameters.DEFAULT, metrics);
  }

  @Provide
  Arbitrary<String> texts() {
    return AnyText.texts();
  }

  private static Extraction extract(String text) {
    return extractor.extract(ExtractionRequest.of(text)).join();
  }

  @Example
  void findsPeopleAndPlaces() {
    assertThat(extract(SENTENCE).entities())
        .anyMatch(mention -> mention.type().equals("PER"))
        .extracting(mention -> SENTENCE.substring(mention.startUtf16(), mention.endUtf16()))
        .contains("苏州");
  }

  @Property(tries = 300)
  void offsetsAreTrueForAnyString(@ForAll("texts") String noise) {
    var text = noise + "顾明远在苏州。" + noise + "顾明远在苏州。";
    var mentions = extract(text).entities();
    assertThat(new HashSet<>(mentions)).hasSameSizeAs(mentions);
    int from = 0;
    for (var mention : mentions) {
      assertThat(mention.start()).isGreaterThanOrEqualTo(from);
      from = mention.start();
      assertThat(mention.end()).isGreaterThan(mention.start());
      assertThat(mention.startUtf16()).isEqualTo(text.offsetByCodePoints(0, mention.start()));
      assertThat(mention.endUtf16()).isEqualTo(text.offsetByCodePoints(0, mention.end()));
      assertThat(mention.score()).isBetween(0.0, 1.0);
    }
  }

  @Example
  void nothingIsFoundInNothing() {
    for (var text : List.of("", "\u200B", "\u0301\uFE0F")) {
      assertThat(extract(text)).isEqualTo(new Extraction(List.of(), List.of()));
    }
  }

  @Example
  void aLongTextIsWhatItsSentencesAre() {
    var text = new StringBuilder();
    for (int i = 0; text.length() < 1_000; i++) {
      text.append("第").append(i).append("天，").append(SENTENCE).append("😀“好！”");
    }
    var positions = KeySequence.of(text.toString());
    var expected = new ArrayList<EntityMention>();
    var windows = TextWindow.cut(text.toString(), positions, 256, 64);
    for (var window : windows) {
      int start = positions.start(window.from());
      int startUtf16 = positions.startUtf16(window.from());
      var part = text.substring(startUtf16, positions.startUtf16(window.to()));
      for (var mention : extract(part).entities()) {
        expected.add(
            new EntityMention(
                mention.start() + start,
                mention.end() + start,
                mention.startUtf16() + startUtf16,
                mention.endUtf16() + startUtf16,
                mention.type(),
                mention.score(),
                mention.origin()));
      }
    }
    assertThat(windows).hasSizeGreaterThan(3).noneMatch(TextWindow::cutAfter);
    assertThat(expected).isNotEmpty();
    assertThat(extract(text.toString()).entities()).isEqualTo(expected);
  }

  @Example
  void aTextWithoutSentencesKeepsWhatIsCut() {
    var text = "作家顾明远住在苏州，".repeat(80);
    var mentions = extract(text).entities();
    for (int i = 1; i < mentions.size(); i++) {
      assertThat(mentions.get(i).start()).isGreaterThanOrEqualTo(mentions.get(i - 1).end());
    }
    // What a cut made would stand where no other sentence has it: the text repeats, cuts do not.
    var surfaces =
        mentions.stream()
            .filter(mention -> mention.start() > 20 && mention.end() < text.length() - 20)
            .map(mention -> text.substring(mention.startUtf16(), mention.endUtf16()))
            .toList();
    assertThat(surfaces).hasSizeGreaterThan(100);
    assertThat(surfaces).allMatch(surface -> Collections.frequency(surfaces, surface) > 10);
  }

  @Example
  void theAnswerDoesNotDependOnWhatElseIsAsked() {
    var texts = new ArrayList<String>();
    for (int i = 0; i < 200; i++) {
      texts.add(SENTENCE.substring(i % 7) + SENTENCE.substring(0, i % 11));
    }
    var alone = texts.stream().map(ReleasedExtractorPropertyTest::extract).toList();
    var together =
        texts.stream().map(text -> extractor.extract(ExtractionRequest.of(text))).toList();
    assertThat(together.stream().map(CompletableFuture::join).toList()).isEqualTo(alone);
  }

  @Example
  void whatIsPinnedComesOut() {
    var pin = new LexiconHint(0, 2, "ORG");
    var found = extractor.extract(new ExtractionRequest("乌鲁昨夜下雨。", List.of(pin))).join();
    assertThat(found.entities())
        .contains(new EntityMention(0, 2, 0, 2, "ORG", 1, EntityMention.LEXICON));
  }

  @Example
  void aHintReachesTheModel() {
    var text = "昨天我们去了云顶坞看日出。";
    var hint = new LexiconHint(6, 9, LexiconHint.WORD);
    var features = FeatureSet.read(ModelCatalog.released().resolve("fast"));
    var window = Fixtures.whole(text);
    var plain = features.encode(window, List.of());
    var hinted = features.encode(window, List.of(new WindowHint(6, 8, hint.category())));
    assertThat(Arrays.deepEquals(hinted.found(), plain.found())).isFalse();
  }

  @Example
  void oneModelIsSharedByAllWhoOpenIt() {
    int open = SharedModels.ofProcess().size();
    var counted = new AtomicInteger();
    var metrics =
        new InferenceMetrics() {
          @Override
          public void batch(int rows, int tokens, int paddedTokens, long nanos) {
            counted.addAndGet(rows);
          }
        };
    try (var other = open(metrics)) {
      assertThat(SharedModels.ofProcess().size()).isEqualTo(open);
      assertThat(other.extract(ExtractionRequest.of(SENTENCE)).join()).isEqualTo(extract(SENTENCE));
    }
    assertThat(extract(SENTENCE).entities()).isNotEmpty();
    assertThat(counted).as("counted by who came first").hasValue(0);
  }

  @Example
  void refusesSchemesThatThePackageDoesNotHave() {
    assertThatThrownBy(
            () ->
                Extractors.open(
                    ModelCatalog.released(),
                    new ModelSelection("fast", "nosuch", null),
                    InferenceParameters.DEFAULT,
                    InferenceMetrics.NONE))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("nosuch")
        .hasMessageContaining("news");
  }

  @Example
  void selectsSchemesByTheirTask() {
    var from = ModelCatalog.released().resolve("fast");
    assertThat(Extractors.select(from, List.of("news")))
        .isEqualTo(new ModelSelection(from.id(), "news", null));
    assertThat(Extractors.schemes(from)).contains("news", "cluener");
    assertThatThrownBy(() -> Extractors.select(from, List.of("news", "cluener")))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("one of relations");
  }
}
