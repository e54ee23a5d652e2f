package io.github.wenliu.operators.newword;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class VocabularyVersionsTest {

  private static final Map<String, Long> NONE = Map.of();

  private final VocabularyVersions versions = new VocabularyVersions();

  @Test
  void beforeTheFirstVersionTheVocabularyIsEmptyAndItsVersionZero() {
    assertThat(versions.at("main", Long.MAX_VALUE).epoch()).isZero();
    versions.apply(delta("main", 5, Map.of("内卷", 7L)));
    assertThat(versions.at("main", 4).epoch()).isZero();
    assertThat(versions.at("main", 4).lexicon().size()).isZero();
    assertThat(versions.at("main", Long.MIN_VALUE).epoch()).isZero();
  }

  @Test
  void aVersionHoldsFromItsEpochUntilTheNextOne() {
    versions.apply(delta("main", 5, Map.of("内卷", 7L)));
    versions.apply(delta("main", 8, Map.of("躺平", 9L)));
    assertThat(versions.at("main", 5).epoch()).isEqualTo(5);
    assertThat(words("main", 7)).containsExactly("内卷");
    assertThat(versions.at("main", 8).epoch()).isEqualTo(8);
    assertThat(words("main", 1_000)).containsExactlyInAnyOrder("内卷", "躺平");
  }

  @Test
  void aRemovedWordIsGoneFromItsVersionOn() {
    versions.apply(delta("main", 1, Map.of("内卷", 7L, "躺平", 9L)));
    versions.apply(new VocabularyDelta("main", 2, NONE, List.of("内卷")));
    versions.apply(delta("main", 3, Map.of("内卷", 8L)));
    assertThat(words("main", 1)).containsExactlyInAnyOrder("内卷", "躺平");
    assertThat(words("main", 2)).containsExactly("躺平");
    assertThat(words("main", 3)).containsExactlyInAnyOrder("内卷", "躺平");
  }

  @Test
  void aChangedCountReplacesTheOldOne() {
    versions.apply(delta("main", 1, Map.of("内卷", 7L)));
    versions.apply(delta("main", 2, Map.of("内卷", 70L)));
    assertThat(versions.at("main", 1).lexicon().count("内卷")).isEqualTo(7);
    assertThat(versions.at("main", 2).lexicon().count("内卷")).isEqualTo(70);
  }

  @Test
  void channelsAreApart() {
    versions.apply(delta("a", 1, Map.of("内卷", 7L)));
    versions.apply(delta("b", 2, Map.of("躺平", 9L)));
    assertThat(words("a", 9)).containsExactly("内卷");
    assertThat(words("b", 9)).containsExactly("躺平");
    assertThat(versions.at("b", 1).epoch()).isZero();
    assertThat(versions.fold("a", 9)).isEmpty();
    versions.apply(delta("a", 3, Map.of("破防", 2L)));
    versions.fold("a", 9);
    assertThat(versions.at("b", 2).epoch()).isEqualTo(2);
  }

  @Test
  void foldKeepsTheOldestVersionThatIsStillAskedForAndAllAfterIt() {
    versions.apply(delta("main", 1, Map.of("内卷", 1L, "躺平", 1L)));
    versions.apply(new VocabularyDelta("main", 4, Map.of("破防", 4L), List.of("内卷")));
    versions.apply(delta("main", 7, Map.of("上岸", 7L)));
    assertThat(versions.fold("main", 3)).as("1 still holds at 3").isEmpty();
    assertThat(versions.fold("main", 6)).extracting(VocabularyDelta::epoch).containsExactly(1L, 4L);
    assertThat(versions.delta("main", 4).added()).isEqualTo(Map.of("躺平", 1L, "破防", 4L));
    assertThat(versions.delta("main", 4).removed()).isEmpty();
    assertThat(versions.deltas()).extracting(VocabularyDelta::epoch).containsExactly(4L, 7L);
    assertThat(versions.fold("main", 6)).as("nothing more to fold").isEmpty();
    assertThat(words("main", 6)).containsExactlyInAnyOrder("躺平", "破防");
    assertThat(words("main", 7)).containsExactlyInAnyOrder("躺平", "破防", "上岸");
  }

  @Test
  void foldOfAnUnknownChannelOrBeforeTheFirstVersionFoldsNothing() {
    assertThat(versions.fold("main", 5)).isEmpty();
    versions.apply(delta("main", 5, Map.of("内卷", 7L)));
    versions.apply(delta("main", 6, Map.of("躺平", 7L)));
    assertThat(versions.fold("main", Long.MIN_VALUE)).isEmpty();
    assertThat(versions.deltas()).hasSize(2);
  }

  @Test
  void foldWaitsUntilTheChangesAreWorthIt() {
    var many = new HashMap<String, Long>();
    for (char c = '一'; many.size() < 8; c++) {
      many.put("词" + c, 1L);
    }
    versions.apply(delta("main", 1, many));
    versions.apply(delta("main", 2, NONE));
    assertThat(versions.fold("main", 2)).as("one of eight").isEmpty();
    versions.apply(delta("main", 3, NONE));
    assertThat(versions.fold("main", 3))
        .as("a version counts as a change")
        .extracting(VocabularyDelta::epoch)
        .containsExactly(1L, 2L, 3L);
    assertThat(versions.deltas()).extracting(VocabularyDelta::epoch).containsExactly(3L);
  }

  @Test
  void aVersionForAllTimeIsFoundAtAnyEpochAndNamedLikeTheEmptyOne() {
    versions.apply(delta("main", VocabularyDelta.ALWAYS, Map.of("内卷", 7L)));
    for (long epoch : new long[] {Long.MIN_VALUE, -1, 0, 5, Long.MAX_VALUE}) {
      assertThat(versions.at("main", epoch).epoch()).isEqualTo(VocabularyVersions.EMPTY_VERSION);
      assertThat(words("main", epoch)).containsExactly("内卷");
    }
    assertThat(versions.at("other", 5).lexicon().size()).isZero();
  }

  @Test
  void laterVersionsStandOnTheOneForAllTime() {
    versions.apply(delta("main", VocabularyDelta.ALWAYS, Map.of("内卷", 7L, "破防", 2L)));
    versions.apply(new VocabularyDelta("main", -3, Map.of("躺平", 9L), List.of("破防")));
    versions.apply(delta("main", 4, Map.of("上岸", 1L)));
    assertThat(words("main", -4)).containsExactlyInAnyOrder("内卷", "破防");
    assertThat(versions.at("main", -3).epoch()).isEqualTo(-3);
    assertThat(words("main", 3)).containsExactlyInAnyOrder("内卷", "躺平");
    assertThat(versions.fold("main", Long.MIN_VALUE)).isEmpty();
    assertThat(versions.fold("main", 9))
        .extracting(VocabularyDelta::epoch)
        .containsExactly(VocabularyDelta.ALWAYS, -3L, 4L);
    assertThat(versions.at("main", 9).epoch()).isEqualTo(4);
    assertThat(words("main", 9)).containsExactlyInAnyOrder("内卷", "躺平", "上岸");
  }

  @Test
  void aWordStaysUntilItsLastSpellingGoes() {
    versions.apply(delta("main", 1, Map.of("村ba", 3L, "村BA", 4L, "ＢＡ", 1L)));
    versions.apply(removing("main", 2, "村ba"));
    versions.apply(delta("main", 3, Map.of("村Ba", 10L)));
    versions.apply(removing("main", 4, "村BA", "村ba"));
    versions.apply(removing("main", 5, "村Ba"));
    assertThat(counts("main", 1, 2, 3, 4, 5)).containsExactly(7L, 4L, 14L, 10L, 0L);
    assertThat(words("main", 5)).containsExactly("ba");
    versions.fold("main", 4);
    assertThat(counts("main", 4, 5)).containsExactly(10L, 0L);
  }

  @Test
  void removingASpellingThatIsNotThereRemovesNoOther() {
    versions.apply(delta("main", 1, Map.of("村ba", 3L)));
    versions.apply(removing("main", 2, "村BA"));
    versions.apply(new VocabularyDelta("main", 3, Map.of("村BA", 5L), List.of("村ba")));
    assertThat(counts("main", 1, 2, 3)).containsExactly(3L, 3L, 5L);
  }

  @Test
  void aDeltaRefusesCountsThatAreNotPositive() {
    assertThatThrownBy(() -> delta("main", 1, Map.of("内卷", 0L)))
        .hasMessageContaining("added word is 0");
  }

  @Test
  void takingOverTheSameVersionAgainChangesNothing() {
    var first = delta("main", 1, Map.of("内卷", 1L));
    var second = new VocabularyDelta("main", 2, Map.of("躺平", 1L), List.of("内卷"));
    versions.apply(first);
    versions.apply(second);
    versions.apply(first);
    versions.apply(second);
    assertThat(words("main", 1)).containsExactly("内卷");
    assertThat(words("main", 2)).containsExactly("躺平");
    assertThat(versions.deltas()).hasSize(2);
  }

  private List<Long> counts(String channel, long... epochs) {
    return Arrays.stream(epochs)
        .mapToObj(epoch -> versions.at(channel, epoch).lexicon().count("村BA"))
        .toList();
  }

  private static VocabularyDelta removing(String channel, long epoch, String... words) {
    return new VocabularyDelta(channel, epoch, NONE, List.of(words));
  }

  private Set<String> words(String channel, long epoch) {
    return versions.at(channel, epoch).lexicon().words();
  }

  private static VocabularyDelta delta(String channel, long epoch, Map<String, Long> added) {
    return new VocabularyDelta(channel, epoch, added, List.of());
  }
}
