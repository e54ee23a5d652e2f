package io.github.wenliu.operators.newword;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class NewWordDiscovererPropertyTest {

  /** Few symbols, so that n-grams repeat; between two runs there is always something else. */
  private static final List<List<String>> PIECES =
      List.of(
          List.of("村", "BA"),
          List.of("村", "ba", "的"),
          List.of("𠮷", "野", "家"),
          List.of("新", "质", "生", "产", "力"),
          List.of("新", "质"),
          List.of("𪚥"),
          List.of("的"),
          List.of("5G", "基", "站"),
          List.of("7", "月"),
          List.of("の", "村"),
          List.of("〇"));

  @Property(tries = 200)
  void theWordsAreThoseOfTheDefinitionToTheLastBit(
      @ForAll("texts") List<List<List<String>>> texts,
      @ForAll @IntRange(min = 2, max = 5) int minCount) {
    var definition = new NewWordDefinition();
    var discoverer = discoverer(minCount);
    for (var text : texts) {
      assertThat(discoverer.add(written(text))).isEqualTo(definition.add(text));
    }
    assertThat(discoverer.words()).isEqualTo(definition.words(minCount));
  }

  @Property(tries = 50)
  void theOrderOfTheTextsAndLookingInBetweenChangeNothing(
      @ForAll("texts") List<List<List<String>>> texts, @ForAll Random random) {
    var straight = discoverer(2);
    texts.forEach(text -> straight.add(written(text)));
    var shuffled = new ArrayList<>(texts);
    Collections.shuffle(shuffled, random);
    var looking = NewWordDiscoverer.keptUp(2);
    for (var text : shuffled) {
      looking.add(written(text));
      if (random.nextInt(4) == 0) {
        looking.words();
      }
    }
    assertThat(looking.symbols()).isEqualTo(straight.symbols());
    assertThat(looking.words()).isEqualTo(straight.words()).isEqualTo(looking.words());
  }

  /** Long enough for n-grams that become frequent one after the other. */
  @Test
  void thousandsOfTextsHaveTheWordsOfTheDefinition() {
    var random = new Random(20_260_101);
    var definition = new NewWordDefinition();
    var keptUp = NewWordDiscoverer.keptUp(5);
    var inParts = NewWordDiscoverer.inParts(5, 5_000);
    for (int i = 0; i < 3_000; i++) {
      var text = randomText(random);
      definition.add(text);
      keptUp.add(written(text));
      inParts.add(written(text));
      if (i % 150 == 0) {
        keptUp.words();
      }
    }
    var expected = definition.words(5);
    assertThat(expected).hasSizeGreaterThan(1_000);
    assertThat(keptUp.words()).isEqualTo(expected);
    assertThat(inParts.words()).isEqualTo(expected);
  }

  @Test
  void withoutTextsThereAreNoWords() {
    var discoverer = discoverer(2);
    assertThat(discoverer.words()).isEmpty();
    assertThat(discoverer.add("")).isZero();
    assertThat(discoverer.add("村")).isEqualTo(1);
    assertThat(discoverer.words()).isEmpty();
    assertThat(discoverer.symbols()).isEqualTo(1);
  }

  /** The c of ℃ is not the run c: their words would be spelled alike. */
  @Test
  void charactersThatAreSpreadOutDoNotMixWithRuns() {
    var discoverer = discoverer(2);
    for (int i = 0; i < 5; i++) {
      discoverer.add("超过" + i + "℃高温。向量c高温");
    }
    discoverer.add("℃高温");
    assertThat(discoverer.words())
        .filteredOn(word -> word.word().equals("c高"))
        .singleElement()
        .satisfies(word -> assertThat(word.count()).isEqualTo(5));
  }

  @Test
  void aRepostSaysNothingAndSmallTalkMuch() {
    var discoverer = discoverer(2);
    assertThat(discoverer.add("今天天气真不错")).isEqualTo(7);
    assertThat(discoverer.add("今天天气真不错")).isEqualTo(7);
    assertThat(discoverer.add("今天天气真是不错")).isEqualTo(8);
    assertThat(discoverer.add("今天天气，真是不错")).as("pieces differ").isEqualTo(8);
    assertThat(discoverer.add("「今天天气真是不错！」")).isZero();
    assertThat(discoverer.symbols()).isEqualTo(30);
    assertThat(discoverer.words())
        .filteredOn(word -> word.word().equals("天气"))
        .singleElement()
        .satisfies(word -> assertThat(word.count()).isEqualTo(4));
  }

  @Provide
  Arbitrary<List<List<List<String>>>> texts() {
    var sentence =
        Arbitraries.of(PIECES)
            .list()
            .ofMaxSize(6)
            .map(pieces -> pieces.stream().flatMap(List::stream).toList())
            .filter(NewWordDiscovererPropertyTest::keepsRunsApart);
    var texts = sentence.list().ofMaxSize(4).list().ofMaxSize(25);
    return Combinators.combine(texts, Arbitraries.integers().between(0, 5))
        .as(NewWordDiscovererPropertyTest::withReposts);
  }

  /** The first of some texts once more, at the end. */
  private static List<List<List<String>>> withReposts(List<List<List<String>>> texts, int reposts) {
    var all = new ArrayList<>(texts);
    all.addAll(texts.subList(0, Math.min(reposts, texts.size())));
    return all;
  }

  private static boolean keepsRunsApart(List<String> sentence) {
    for (int i = 1; i < sentence.size(); i++) {
      if (isRun(sentence.get(i - 1)) && isRun(sentence.get(i))) {
        return false;
      }
    }
    return true;
  }

  /** Three sentences of up to 20 symbols: pieces, and characters of which some are frequent. */
  private static List<List<String>> randomText(Random random) {
    var text = new ArrayList<List<String>>();
    for (int i = 0; i < 3; i++) {
      var sentence = new ArrayList<String>();
      int length = random.nextInt(20);
      while (sentence.size() < length) {
        var piece =
            random.nextInt(4) == 0
                ? PIECES.get(random.nextInt(PIECES.size()))
                : List.of(character(random));
        if (keepsRunsApart(List.of(last(sentence), piece.get(0)))) {
          sentence.addAll(piece);
        }
      }
      text.add(sentence);
    }
    return text;
  }

  private static String last(List<String> sentence) {
    return sentence.isEmpty() ? "。" : sentence.get(sentence.size() - 1);
  }

  private static String character(Random random) {
    double skewed = Math.abs(random.nextGaussian()) * 30;
    return Character.toString(0x4E00 + (int) skewed);
  }

  private static boolean isRun(String symbol) {
    return symbol.charAt(0) < 0x80;
  }

  private static String written(List<List<String>> text) {
    return text.stream()
        .map(sentence -> String.join("", sentence))
        .collect(Collectors.joining("，"));
  }

  private static NewWordDiscoverer discoverer(int minCount) {
    return new NewWordDiscoverer(minCount);
  }
}
