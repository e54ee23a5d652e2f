package io.github.wenliu.operators.newword;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class VocabularyVersionsPropertyTest {

  private static final String CHANNEL = "main";
  private static final int LAST_EPOCH = 20;

  @Property
  void foldingAnywhereAndRebuildingFromWhatIsKeptChangesNoVersionThatCanStillBeAskedFor(
      @ForAll("deltas") List<VocabularyDelta> deltas,
      @ForAll @IntRange(min = 0, max = LAST_EPOCH) int first,
      @ForAll @IntRange(min = 0, max = LAST_EPOCH) int second) {
    var untouched = new VocabularyVersions();
    var folded = new VocabularyVersions();
    for (VocabularyDelta delta : deltas) {
      untouched.apply(delta);
      folded.apply(delta);
    }
    folded.fold(CHANNEL, Math.min(first, second));
    int oldest = Math.max(first, second);
    folded.fold(CHANNEL, oldest);
    var rebuilt = new VocabularyVersions();
    folded.deltas().forEach(rebuilt::apply);
    for (long epoch = oldest; epoch <= LAST_EPOCH + 1; epoch++) {
      assertSame(folded.at(CHANNEL, epoch), untouched.at(CHANNEL, epoch));
      assertSame(rebuilt.at(CHANNEL, epoch), untouched.at(CHANNEL, epoch));
    }
    assertThat(folded.deltas().stream().filter(delta -> delta.epoch() <= oldest).count())
        .as("one version at most is kept for all that is past")
        .isLessThanOrEqualTo(1);
  }

  @Property
  void aVersionIsWhatIsLeftOfAllChangesUpToIt(@ForAll("deltas") List<VocabularyDelta> deltas) {
    var versions = new VocabularyVersions();
    deltas.forEach(versions::apply);
    var expected = new TreeMap<String, Long>();
    for (VocabularyDelta delta : deltas) {
      delta.removed().forEach(expected::remove);
      expected.putAll(delta.added());
      var found = new TreeMap<String, Long>();
      versions.at(CHANNEL, delta.epoch()).lexicon().forEach(found::put);
      assertThat(found).isEqualTo(expected);
    }
  }

  /** Versions of one channel in ascending order of epochs. */
  @Provide
  Arbitrary<List<VocabularyDelta>> deltas() {
    var word = Arbitraries.of("内卷", "躺平", "破防", "上岸");
    var added = Arbitraries.maps(word, Arbitraries.longs().between(1, 9)).ofMaxSize(3);
    var removed = word.set().ofMaxSize(2);
    var changes = Combinators.combine(added, removed).as(Change::new).list().ofSize(LAST_EPOCH);
    var epochs = Arbitraries.longs().between(1, LAST_EPOCH).set().ofMaxSize(8);
    return Combinators.combine(epochs, changes)
        .as(
            (atEpochs, change) -> {
              var deltas = new ArrayList<VocabularyDelta>();
              for (long epoch : new TreeSet<>(atEpochs)) {
                var one = change.get((int) epoch - 1);
                deltas.add(
                    new VocabularyDelta(CHANNEL, epoch, one.added(), List.copyOf(one.removed())));
              }
              return deltas;
            });
  }

  record Change(Map<String, Long> added, Set<String> removed) {}

  private static void assertSame(
      VocabularyVersions.Version found, VocabularyVersions.Version expected) {
    assertThat(found.epoch()).isEqualTo(expected.epoch());
    var foundWords = new TreeMap<String, Long>();
    found.lexicon().forEach(foundWords::put);
    var expectedWords = new TreeMap<String, Long>();
    expected.lexicon().forEach(expectedWords::put);
    assertThat(foundWords).isEqualTo(expectedWords);
  }
}
