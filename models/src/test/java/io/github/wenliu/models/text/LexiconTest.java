package io.github.wenliu.models.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
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
  void refusesCountsThatAreNotPositive() {
    assertThatThrownBy(() -> Lexicon.of(Map.of("词", 0L))).hasMessageContaining("positive, not 0");
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
