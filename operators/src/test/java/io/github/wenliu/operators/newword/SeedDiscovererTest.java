package io.github.wenliu.operators.newword;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SeedDiscovererTest {

  private final SeedDiscoverer discoverer = new SeedDiscoverer(2);

  /** Characters that occur once each, apart from each other: they only make N large. */
  private void addFiller(int characters) {
    IntStream.range(0, characters).forEach(i -> discoverer.add(Character.toString(0x20000 + i)));
  }

  private void add(int times, String text) {
    IntStream.range(0, times).forEach(i -> discoverer.add(text));
  }

  private List<String> words() {
    return discoverer.words().stream().map(WordScore::word).toList();
  }

  @Test
  void dropsAPieceThatIsHeldTogetherByTwoOverlappingWords() {
    add(8, "各项");
    add(6, "项目");
    add(2, "各项目");
    addFiller(166);
    // c(各) = 10, c(项) = 16, c(目) = 8, N = 200: 各项 has 200·10 / (10·16) = 12.5, 项目 200·8 / (16·8) =
    // 12.5, both above 5; 各项目 has 200·2 / (10·8) = 5, not above 25, so the piece of it is no word.
    assertThat(discoverer.symbols()).isEqualTo(200);
    var words = discoverer.words();
    assertThat(words).extracting(WordScore::word).containsExactly("各项", "项目");
    assertThat(words).extracting(WordScore::count).containsExactly(8L, 6L);
    assertThat(words.get(0).score()).isEqualTo(Math.log(4), within(1e-12));
    assertThat(words.get(0).cohesion()).isEqualTo(Math.log(12.5), within(1e-12));
    // Nothing stands beside any of its pieces, and nothing counts as something new each time.
    assertThat(words.get(0).leftEntropy()).isEqualTo(Math.log(8), within(1e-6));
    assertThat(words.get(0).rightEntropy()).isEqualTo(Math.log(8), within(1e-6));
  }

  @Test
  void whatIsNotStrongIsNotListed() {
    add(8, "各项");
    addFiller(24);
    // 40 · 8 / (8 · 8) = 5, which is not above 5
    assertThat(words()).isEmpty();
    addFiller(1);
    assertThat(words()).containsExactly("各项");
  }

  @Test
  void aPieceMayBeLongerThanFourSymbols() {
    add(2, "中华人民共和国");
    addFiller(236);
    // 250 · 2 / (2 · 2) = 125 for each n-gram in it; of four symbols, more is asked
    assertThat(words()).isEmpty();
    addFiller(1);
    var words = discoverer.words();
    assertThat(words).extracting(WordScore::word).containsExactly("中华人民共和国");
    assertThat(words.get(0).score()).isZero();
    assertThat(words.get(0).cohesion()).isEqualTo(Math.log(125.5), within(1e-12));
  }

  @Test
  void entropyIsThatOfWhatStandsBesideThePieces() {
    for (String left : List.of("甲", "甲", "乙", "，")) {
      discoverer.add(left + "词语丙");
    }
    add(30, "甲");
    add(30, "乙");
    add(30, "丙");
    addFiller(30);
    var words = discoverer.words();
    assertThat(words).extracting(WordScore::word).containsExactly("词语");
    assertThat(words.get(0).leftEntropy()).isEqualTo(1.5 * Math.log(2), within(1e-6));
    assertThat(words.get(0).rightEntropy()).isEqualTo(0, within(1e-6));
  }

  @Test
  void aRunOfLatinLettersIsOneSymbolThatMayJoinAWord() {
    add(2, "村BA");
    add(2, "NBA2024");
    addFiller(20);
    assertThat(words()).containsExactly("村BA");
  }

  @Test
  void numbersAndWordsOfOtherScriptsAreLeftOut() {
    add(9, "かな");
    add(9, "5月");
    addFiller(100);
    assertThat(words()).isEmpty();
  }

  @Test
  void noTextIsNoWords() {
    assertThat(discoverer.words()).isEmpty();
    assertThat(discoverer.add("，")).isZero();
    assertThat(discoverer.words()).isEmpty();
  }

  @Test
  void goesOnAfterWordsWereAskedFor() {
    add(8, "各项");
    addFiller(100);
    assertThat(words()).containsExactly("各项");
    add(9, "目的");
    assertThat(words()).containsExactly("目的", "各项");
  }

  @Test
  void aCountOfOneIsRefused() {
    assertThatThrownBy(() -> new SeedDiscoverer(1)).hasMessageContaining("minCount is 1");
  }
}
