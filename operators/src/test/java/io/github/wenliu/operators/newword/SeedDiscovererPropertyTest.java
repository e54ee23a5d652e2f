package io.github.wenliu.operators.newword;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;

class SeedDiscovererPropertyTest {

  /** Words that share symbols, so that pieces grow together; rare symbols, so that N grows. */
  @Provide
  Arbitrary<List<String>> texts() {
    Arbitrary<String> words =
        Arbitraries.of(
            "各项", "项目", "目的", "甲乙丙", "乙丙丁", "中华人民共和国", "共和", "村BA", "5G", "5月", "的", "一");
    Arbitrary<String> rare =
        Arbitraries.integers().between(0x5000, 0x5000 + 200).map(Character::toString);
    return Arbitraries.frequencyOf(
            Tuple.of(6, words), Tuple.of(3, rare), Tuple.of(3, Arbitraries.just("，")))
        .list()
        .ofMinSize(0)
        .ofMaxSize(12)
        .map(parts -> String.join("", parts))
        .list()
        .ofMinSize(0)
        .ofMaxSize(80);
  }

  @Property(tries = 200)
  void findsWhatTheRuleSays(
      @ForAll("texts") List<String> texts, @ForAll @IntRange(min = 2, max = 4) int minCount) {
    var expected =
        new NaiveSeed(minCount, texts)
            .words().stream().collect(Collectors.toMap(WordScore::word, Function.identity()));
    var words = words(texts, minCount);

    assertThat(words).extracting(WordScore::word).doesNotHaveDuplicates();
    assertThat(words)
        .extracting(WordScore::word)
        .containsExactlyInAnyOrderElementsOf(expected.keySet());
    assertThat(words).isSortedAccordingTo(WordScore::compareBestFirst);
    words.forEach(word -> assertSame(word, expected));
  }

  private static void assertSame(WordScore word, Map<String, WordScore> expected) {
    var other = expected.get(word.word());
    assertThat(word.count()).isEqualTo(other.count());
    assertThat(word.score()).isEqualTo(other.score(), within(1e-9));
    assertThat(word.cohesion()).isEqualTo(other.cohesion(), within(1e-9));
    assertThat(word.leftEntropy()).isEqualTo(other.leftEntropy(), within(1e-5));
    assertThat(word.rightEntropy()).isEqualTo(other.rightEntropy(), within(1e-5));
  }

  @Property(tries = 50)
  void theOrderOfTextsMakesNoDifference(
      @ForAll("texts") List<String> texts, @ForAll Random random) {
    var shuffled = new ArrayList<>(texts);
    Collections.shuffle(shuffled, random);
    assertThat(words(shuffled, 2)).isEqualTo(words(texts, 2));
  }

  private static List<WordScore> words(List<String> texts, int minCount) {
    var discoverer = new SeedDiscoverer(minCount);
    texts.forEach(discoverer::add);
    return discoverer.words();
  }
}
