package io.github.wenliu.operators.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContentWordsTest {

  private static List<List<String>> sentences(String words) {
    return ContentWords.contexts(Tagged.document(0, words), PairContext.SENTENCE);
  }

  @Test
  void aSentenceEndsWithItsMarkOrItsLine() {
    assertThat(sentences("高铁|开通|。|列车|进站|！|旅客|\n候车|，|检票"))
        .containsExactly(
            List.of("高铁", "开通"), List.of("列车", "进站"), List.of("旅客"), List.of("候车", "检票"));
  }

  @Test
  void aPassageIsWholeSentencesUntilItHasSixteenWords() {
    var words = new ArrayList<String>();
    for (int i = 0; i < 40; i++) {
      words.add("词" + (char) ('甲' + i));
    }
    var text = new StringBuilder("词甲|。|");
    for (int i = 0; i < words.size(); i++) {
      text.append(words.get(i)).append(i % 10 == 9 ? "|。|" : "|");
    }
    assertThat(ContentWords.contexts(Tagged.document(0, text.toString()), PairContext.PASSAGE))
        .containsExactly(words.subList(0, 20), words.subList(20, 40));
  }

  @Test
  void aDocumentCanBeOneContext() {
    assertThat(ContentWords.contexts(Tagged.document(0, "高铁|开通|。|列车|\n进站"), PairContext.DOCUMENT))
        .containsExactly(List.of("高铁", "开通", "列车", "进站"));
  }

  @Test
  void aWordStandsOnceInEachContext() {
    assertThat(sentences("高铁|高铁|开通|。|高铁")).containsExactly(List.of("高铁", "开通"), List.of("高铁"));
  }

  private static List<List<String>> sentences(String words, String... entities) {
    return ContentWords.contexts(
        Tagged.withEntities(Tagged.document(0, words), entities), PairContext.SENTENCE);
  }

  @Test
  void anEntityStandsInPlaceOfTheWordsThatItOverlaps() {
    assertThat(sentences("青石|镇|茶|协会|开会", "青石镇茶协会")).containsExactly(List.of("青石镇茶协会", "开会"));
    assertThat(sentences("昨天|大青石|镇上|开会", "青石镇")).containsExactly(List.of("昨天", "青石镇", "开会"));
    assertThat(sentences("中法关系|回暖", "中法", "关系")).containsExactly(List.of("中法", "关系", "回暖"));
  }

  @Test
  void anEntityOfOneWordMakesNoDifference() {
    assertThat(sentences("高铁|开通|。|高铁|进站", "高铁")).isEqualTo(sentences("高铁|开通|。|高铁|进站"));
  }

  @Test
  void ofEntitiesThatOverlapTheLeftmostThenTheLongestCounts() {
    assertThat(sentences("青石|镇|茶|协会|开会", "青石镇", "青石镇茶协会", "镇茶协会"))
        .containsExactly(List.of("青石镇茶协会", "开会"));
  }

  @Test
  void anEntityMayHoldWhatEndsASentenceButNoneGoesOverALine() {
    assertThat(sentences("作者|J|.|K|.|陈|签售", "J.K.陈")).containsExactly(List.of("作者", "j.k.陈", "签售"));
    assertThat(sentences("作者|J|.|陈数|\n签售", "陈数\n签售"))
        .containsExactly(List.of("作者"), List.of("陈数"), List.of("签售"));
  }

  @Test
  void aSentenceMayBeginWithAnEntity() {
    assertThat(sentences("高铁|开通|\n青石|镇|开会", "青石镇"))
        .containsExactly(List.of("高铁", "开通"), List.of("青石镇", "开会"));
  }

  @Test
  void anEntityWithoutALetterAtItsHeadOrWithOneLetterIsNoNode() {
    assertThat(sentences("2024年|高铁|，|老|，|列车", "2024年", "老"))
        .isEqualTo(sentences("2024年|高铁|，|老|，|列车"));
  }

  @Test
  void aContextWithoutContentWordsIsNone() {
    assertThat(sentences("的|，|2024|。|？")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "的",
        "，",
        "2024",
        "3.5亿",
        "15:06",
        "50%",
        "a",
        "5g",
        "https://a.cn/bcd",
        "@某人",
        "😀😀",
        "……",
        "𠮷",
        "10万"
      })
  void numbersAddressesAndSingleCharactersAreNoContentWords(String word) {
    assertThat(sentences(word + "|高铁")).containsExactly(List.of("高铁"));
  }

  @ParameterizedTest
  @CsvSource({
    "高铁, 高铁",
    "村BA, 村ba",
    "５Ｇ基站, 5g基站",
    "Wenliu, wenliu",
    "𠮷野家, 𠮷野家",
    "カタカナ, カタカナ",
    "GPT4, gpt4"
  })
  void aNameIsTheNormalisedForm(String word, String name) {
    // A word that begins with a digit is none.
    var expected = Character.isDigit(word.codePointAt(0)) ? List.<String>of() : List.of(name);
    assertThat(sentences(word).stream().flatMap(List::stream)).containsExactlyElementsOf(expected);
  }
}
