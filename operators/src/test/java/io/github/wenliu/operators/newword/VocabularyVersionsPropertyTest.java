package io.github.wenliu.operators.newword;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wenliu.models.text.NormalizedText;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
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
      @ForAll @IntRange(min = 0, max = LAST_EPOCH) int second,
      @ForAll boolean built) {
    var untouched = new VocabularyVersions();
    var folded = new VocabularyVersions();
    for (VocabularyDelta delta : deltas) {
      untouched.apply(delta);
      folded.apply(delta);
    }
    if (built) {
      folded.at(CHANNEL, Math.min(first, second));
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
    var past = folded.deltas().stream().filter(delta -> delta.epoch() <= oldest).toList();
    assertThat(past.stream().skip(1).mapToInt(delta -> 1 + changes(delta)).sum())
        .as("what is kept beside one version for all that is past")
        .isLessThanOrEqualTo(past.isEmpty() ? 0 : past.get(0).added().size() / 4);
  }

  private static int changes(VocabularyDelta delta) {
    return delta.added().size() + delta.removed().size();
  }

  @Property
  void aVersionIsWhatIsLeftOfAllChangesUpToItWhicheverIsAskedForFirst(
      @ForAll("deltas") List<VocabularyDelta> deltas, @ForAll Random random) {
    var versions = new VocabularyVersions();
    deltas.forEach(versions::apply);
    var expectedByEpoch = new TreeMap<Long, Map<String, Long>>();
    var spellings = new TreeMap<String, Long>();
    for (VocabularyDelta delta : deltas) {
      delta.removed().forEach(spellings::remove);
      spellings.putAll(delta.added());
      var expected = new TreeMap<String, Long>();
      spellings.forEach(
          (word, count) -> expected.merge(NormalizedText.normalize(word), count, Long::sum));
      expectedByEpoch.put(delta.epoch(), expected);
    }
    var epochs = new ArrayList<>(expectedByEpoch.keySet());
    Collections.shuffle(epochs, random);
    for (long epoch : epochs) {
      var version = versions.at(CHANNEL, epoch);
      assertThat(version.epoch()).isEqualTo(epoch == VocabularyDelta.ALWAYS ? 0 : epoch);
      var found = new TreeMap<String, Long>();
      version.lexicon().forEach(found::put);
      assertThat(found).isEqualTo(expectedByEpoch.get(epoch));
    }
  }

  /** The versions come one after the other and are folded behind the documents, as in the job. */
  @Property
  void followingTheWatermarkEqualsBuildingEachFromNothing(
      @ForAll("deltas") List<VocabularyDelta> deltas, @ForAll @IntRange(max = 4) int behind) {
    var following = new VocabularyVersions();
    var seen = new ArrayList<VocabularyDelta>();
    for (VocabularyDelta delta : deltas) {
      following.apply(delta);
      seen.add(delta);
      if (delta.epoch() == VocabularyDelta.ALWAYS) {
        continue;
      }
      long oldest = delta.epoch() - behind;
      following.fold(CHANNEL, oldest);
      for (long epoch = oldest; epoch <= delta.epoch(); epoch++) {
        var fresh = new VocabularyVersions();
        seen.forEach(fresh::apply);
        assertSame(following.at(CHANNEL, epoch), fresh.at(CHANNEL, epoch));
      }
    }
  }

  /** Versions of one channel in ascending order of epochs, the first perhaps for all time. */
  @Provide
  Arbitrary<List<VocabularyDelta>> deltas() {
    var word = Arbitraries.of("内卷", "躺平", "村ba", "村BA", "村ｂａ", "BA", "ba");
    var added = Arbitraries.maps(word, Arbitraries.longs().between(1, 9)).ofMaxSize(5);
    var removed = word.set().ofMaxSize(2);
    var changes = Combinators.combine(added, removed).as(Change::new).list().ofSize(LAST_EPOCH);
    var epochs = Arbitraries.longs().between(0, LAST_EPOCH - 1).set().ofMaxSize(8);
    return Combinators.combine(epochs, changes)
        .as(
            (atEpochs, change) -> {
              var deltas = new ArrayList<VocabularyDelta>();
              for (long epoch : new TreeSet<>(atEpochs)) {
                var one = change.get((int) epoch);
                deltas.add(
                    new VocabularyDelta(
                        CHANNEL,
                        epoch == 0 ? VocabularyDelta.ALWAYS : epoch,
                        one.added(),
                        List.copyOf(one.removed())));
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
