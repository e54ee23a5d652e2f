package io.github.wenliu.models.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LexiconTest {
  @Test
  void addsUpSpellingsOfOneWord() {
    var lexicon = Lexicon.of(Map.of("村BA", 3L, "村ｂａ", 4L, "𠮷野", 2L));
    assertThat(lexicon.count("村Ba")).isEqualTo(7);
    assertThat(lexicon.count("𠮷野")).isEqualTo(2);
    assertThat(lexicon.count("村")).isZero();
    assertThat(lexicon.contains("村b")).isFalse();
    assertThat(lexicon.size()).isEqualTo(2);
    assertThat(lexicon.total()).isEqualTo(9);
    assertThat(lexicon.words()).containsExactly("村ba", "𠮷野");
  }

  @Test
  void leavesOutWhatCannotBeAWord() {
    assertThat(Lexicon.of(Map.of("\u200B", 1L, "长".repeat(65), 1L, "", 1L)).size()).isZero();
  }

  @Test
  void listsWordsOfSurrogatePairsAsTheyAre() {
    assertThat(Lexicon.of(Map.of("𠮷𠮷𪚥", 1L)).words()).containsExactly("𠮷𠮷𪚥");
  }

  @Test
  void refusesCountsThatAreNotPositive() {
    assertThatThrownBy(() -> Lexicon.of(Map.of("词", 0L))).hasMessageContaining("positive, not 0");
  }

  @Test
  void aChangedCopySetsCountsAndDropsWords() {
    var before = Lexicon.of("v1", Map.of("村BA", 3L, "内卷", 5L, "内", 2L));
    var after = before.with(Map.of("村ｂａ", 9L, "躺平", 4L), List.of("内"));
    assertThat(after.count("村BA")).as("set, not added").isEqualTo(9);
    assertThat(after.words()).containsExactly("内卷", "村ba", "躺平");
    assertThat(after.size()).isEqualTo(3);
    assertThat(after.total()).isEqualTo(18);
    assertThat(after.version()).isEqualTo("v1");
    assertThat(before.words()).containsExactly("内", "内卷", "村ba");
  }

  @Test
  void anySpellingOfAWordRemovesItUnlessItIsSetToo() {
    var before = Lexicon.of(Map.of("村ba", 3L, "内卷", 5L));
    assertThat(before.with(Map.of(), List.of("村BA")).words()).containsExactly("内卷");
    assertThat(before.with(Map.of("村ba", 7L), List.of("村BA")).count("村BA")).isEqualTo(7);
    assertThat(before.with(Map.of(), List.of("内", "内卷化", "\u200B", "")).words()).hasSize(2);
  }

  @Test
  void aChangeRefusesCountsThatAreNotPositive() {
    var lexicon = Lexicon.of(Map.of("内卷", 5L));
    assertThatThrownBy(() -> lexicon.with(Map.of("内卷", 0L), List.of()))
        .hasMessageContaining("positive, not 0");
    assertThatThrownBy(() -> lexicon.withNormalized(Map.of("内卷", -1L)))
        .hasMessageContaining("not negative, but -1");
  }

  @Test
  void whatAWordCostsIsKeptUntilItsCountChanges() {
    var segmenter = new Segmenter(Lexicon.of(Map.of("内", 5L, "卷", 5L)));
    var before = Lexicon.of(Map.of("内卷", 5L, "躺平", 6L));
    segmenter.segment("内卷躺平", before);
    int cost = before.extraCosts(segmenter)[before.node("内卷")];
    assertThat(cost).isPositive();
    var after = before.with(Map.of("躺平", 7L, "破防", 1L), List.of());
    assertThat(after.extraCosts(segmenter)[after.node("内卷")]).isEqualTo(cost);
    assertThat(after.extraCosts(segmenter)[after.node("躺平")]).isZero();
    assertThat(after.extraCosts(segmenter)).hasSize(after.nodes());
    var cleared = after.with(Map.of(), List.of("躺平", "破防")).with(Map.of(), List.of());
    assertThat(cleared.nodes()).isEqualTo(3);
    assertThat(cleared.extraCosts(segmenter)[cleared.node("内卷")]).isEqualTo(cost);
  }

  @Test
  void keepsEveryWordWhileItsTableGrows() {
    var random = new Random(7);
    var words = new HashMap<String, Long>();
    while (words.size() < 50_000) {
      int length = 1 + random.nextInt(5);
      var word = new StringBuilder();
      for (int i = 0; i < length; i++) {
        word.append((char) (0x4E00 + random.nextInt(900)));
      }
      words.put(word.toString(), 1L + random.nextInt(100));
    }
    var lexicon = Lexicon.of(words);
    var found = new HashMap<String, Long>();
    lexicon.forEach(found::put);
    assertThat(found).isEqualTo(words);
    words.forEach((word, count) -> assertThat(lexicon.normalizedCount(word)).isEqualTo(count));
  }

  @Test
  void theShippedLexiconSaysWhatItsManifestSays() {
    String manifest = new String(shipped("manifest.json"), StandardCharsets.UTF_8);
    assertThat(manifest)
        .contains("\"version\": \"" + Lexicon.base().version() + "\"")
        .contains("\"words\": " + Lexicon.base().size() + ",")
        .contains("\"total\": " + Lexicon.base().total() + ",")
        .contains("\"normaliser\": \"" + NormalizedText.VERSION + "\"");
  }

  @Test
  void aDamagedFileIsNamed() {
    assertThatThrownBy(
            () ->
                BaseLexicon.load(
                    name -> {
                      byte[] bytes = shipped(name);
                      bytes[bytes.length / 2] ^= name.equals(BaseLexicon.PAIRS) ? 1 : 0;
                      return bytes;
                    }))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("pairs.tsv.gz has sha256");
  }

  private static byte[] shipped(String name) {
    try (var in = LexiconTest.class.getResourceAsStream(BaseLexicon.FOLDER + name)) {
      return in.readAllBytes();
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
