package io.github.wenliu.models.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class LexiconPropertyTest {
  private static final Segmenter SEGMENTER = Segmenter.base();

  record Change(Map<String, Long> set, Set<String> gone) {}

  /**
   * Words share characters, so that they are prefixes of each other and stand across each other.
   */
  @Provide
  Arbitrary<List<Change>> changes() {
    var word = Arbitraries.strings().withChars("内卷躺平aA村ｂB𠮷").ofMinLength(1).ofMaxLength(4);
    var set = Arbitraries.maps(word, Arbitraries.longs().between(1, 900)).ofMaxSize(12);
    var gone = word.set().ofMaxSize(12);
    return Combinators.combine(set, gone).as(Change::new).list().ofMinSize(1).ofMaxSize(12);
  }

  @Property(tries = 500)
  void changedCopiesEqualALexiconMadeAtOnce(
      @ForAll("changes") List<Change> changes, @ForAll("changes") List<Change> texts) {
    var words = new HashMap<String, Long>();
    var lexicon = Lexicon.of(words);
    for (Change change : changes) {
      lexicon = lexicon.with(change.set(), change.gone());
      apply(change, words);
      var once = Lexicon.of(words);
      assertThat(wordsOf(lexicon)).isEqualTo(wordsOf(once)).isEqualTo(new TreeMap<>(words));
      assertThat(lexicon.size()).isEqualTo(once.size());
      assertThat(lexicon.total()).isEqualTo(once.total());
      for (String word : change.gone()) {
        assertThat(lexicon.count(word)).isEqualTo(once.count(word));
      }
      // Segmenting also prices words, which the next copy takes over.
      for (Change text : texts) {
        String line = String.join("", text.gone());
        assertThat(SEGMENTER.segment(line, lexicon)).isEqualTo(SEGMENTER.segment(line, once));
      }
    }
  }

  @Property(tries = 300)
  void aChangeLeavesTheLexiconThatItIsMadeFrom(@ForAll("changes") List<Change> changes) {
    var lexicon = Lexicon.of(changes.get(0).set());
    var before = wordsOf(lexicon);
    for (Change change : changes) {
      lexicon.with(change.set(), change.gone());
    }
    assertThat(wordsOf(lexicon)).isEqualTo(before);
  }

  @Property(tries = 300)
  void nodesOfWordsThatWentAreClearedAway(@ForAll("changes") List<Change> changes) {
    var lexicon = Lexicon.of(Map.of());
    for (int round = 0; round < 5; round++) {
      for (Change change : changes) {
        lexicon = lexicon.with(change.set(), change.gone());
      }
      lexicon = lexicon.with(Map.of("躺平", 1L), lexicon.words());
    }
    var left = lexicon.with(Map.of(), Set.of());
    assertThat(left.nodes()).as("the root and two characters").isEqualTo(3);
    assertThat(left.count("躺平")).isEqualTo(1);
  }

  private static void apply(Change change, Map<String, Long> words) {
    change.gone().forEach(word -> words.remove(NormalizedText.normalize(word)));
    var set = new HashMap<String, Long>();
    change
        .set()
        .forEach((word, count) -> set.merge(NormalizedText.normalize(word), count, Long::sum));
    words.putAll(set);
  }

  private static Map<String, Long> wordsOf(Lexicon lexicon) {
    var words = new TreeMap<String, Long>();
    lexicon.forEach(words::put);
    return words;
  }
}
