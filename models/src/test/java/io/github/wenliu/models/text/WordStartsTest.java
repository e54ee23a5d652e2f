package io.github.wenliu.models.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WordStartsTest {
  @Test
  void noWordIsOverlooked() {
    var random = new Random(11);
    var words = words(random, 5_000);
    var starts = Lexicon.of(words).starts();
    for (String word : words.keySet()) {
      char[] text = ("的" + word + "的").toCharArray();
      assertThat(starts.maySpan(text, 1, text.length)).isTrue();
      assertThat(starts.maySpan(text, 1, text.length - 1)).isTrue();
    }
  }

  @Test
  void wordsAddedToACopyAreNotOverlookedEither() {
    var random = new Random(12);
    var lexicon = Lexicon.of(words(random, 50));
    for (int round = 0; round < 20; round++) {
      lexicon.starts();
      var added = words(random, 100);
      lexicon = lexicon.with(added, lexicon.words().stream().limit(60).toList());
      for (String word : lexicon.words()) {
        assertThat(lexicon.starts().maySpan(word.toCharArray(), 0, word.length())).isTrue();
      }
    }
  }

  @Test
  void mostOtherPlacesAreSeenThrough() {
    var random = new Random(13);
    var words = words(random, 5_000);
    words.keySet().removeIf(word -> word.length() == 1);
    var starts = Lexicon.of(words).starts();
    var strangers = new ArrayList<>(words(random, 5_000).keySet());
    strangers.removeIf(word -> word.length() < 3 || words.containsKey(word.substring(0, 2)));
    long taken =
        strangers.stream().filter(word -> starts.maySpan(word.toCharArray(), 0, 3)).count();
    assertThat(taken).isLessThan(strangers.size() / 4);
  }

  @Test
  void growsBeforeItIsCrowded() {
    assertThat(List.of(1, 8, 9, 1_000, 65_536))
        .allSatisfy(
            words -> {
              assertThat(new WordStarts(words).holds(words)).isTrue();
              assertThat(new WordStarts(words).holds(2 * words + 8)).isFalse();
            });
  }

  private static HashMap<String, Long> words(Random random, int count) {
    var words = new HashMap<String, Long>();
    while (words.size() < count) {
      var word = new StringBuilder();
      for (int i = random.nextInt(5); i >= 0; i--) {
        word.append((char) ('一' + random.nextInt(3_000)));
      }
      words.put(word.toString(), 1L);
    }
    return words;
  }
}
