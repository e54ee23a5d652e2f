package io.github.wenliu.operators.newword;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.github.wenliu.operators.Samples;
import io.github.wenliu.operators.document.EnrichedDocument;
import io.github.wenliu.operators.document.Entity;
import io.github.wenliu.operators.document.EpochTime;
import io.github.wenliu.operators.document.Flag;
import io.github.wenliu.operators.document.ModelChoice;
import io.github.wenliu.operators.document.Setting;
import io.github.wenliu.operators.document.Word;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TagWordsOperatorTest {

  /** Epochs of one second, lag two. */
  private static final EpochTime TIME = new EpochTime(500, 60_000, 1_000, 2);

  /** Words that no lexicon knows. */
  private static final String FIRST = "瀚鲸客";

  private static final String SECOND = "碧晷罗";
  private static final String TEXT = "今天𠮷，" + FIRST + "！" + SECOND + "。";

  private final List<AutoCloseable> open = new ArrayList<>();

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable harness : open) {
      harness.close();
    }
  }

  @Test
  void aDocumentWaitsUntilBothWatermarksReachTheEndOfItsEntitledEpoch() throws Exception {
    var harness = started();
    harness.document(document(0, 5));
    harness.documentWatermark(Long.MAX_VALUE);
    harness.learnedWatermark(3_998);
    assertThat(harness.extractOutputValues()).isEmpty();
    harness.learnedWatermark(3_999);
    assertThat(harness.extractOutputValues()).hasSize(1);
    var tagged = harness.extractOutputValues().get(0);
    assertThat(tagged.versions().vocabulary()).isZero();
    assertThat(tagged.flags()).isZero();
    assertThat(tagged.words()).isNotEmpty().noneMatch(Word::discovered);
  }

  @Test
  void theDocumentsWatermarkAloneHoldsItBackToo() throws Exception {
    var harness = started();
    harness.document(document(0, 5));
    harness.learnedWatermark(Long.MAX_VALUE);
    harness.documentWatermark(3_998);
    assertThat(harness.extractOutputValues()).isEmpty();
    harness.documentWatermark(3_999);
    assertThat(harness.extractOutputValues()).hasSize(1);
  }

  @Test
  void aDocumentWhoseVersionCannotComeAnyMorePassesAtOnce() throws Exception {
    var harness = started();
    harness.bothWatermarks(3_999);
    harness.document(document(0, 5));
    assertThat(harness.extractOutputValues()).hasSize(1);
    harness.document(document(1, 6));
    assertThat(harness.extractOutputValues()).as("epoch 6 has to wait for 4,999").hasSize(1);
    assertThat(harness.gauge(TagWordsOperator.METRIC_WAITING)).isEqualTo(1);
  }

  @Test
  void wordsOfTheVocabularyAreMarkedNewAndOnlyThey() throws Exception {
    var harness = started();
    harness.vocabulary(adding("main", 3, FIRST));
    harness.document(document(0, 5));
    harness.bothWatermarks(3_999);
    var tagged = harness.extractOutputValues().get(0);
    assertThat(discovered(tagged)).containsExactly(FIRST);
    assertThat(tagged.words())
        .contains(new Word(4, 7, 5, 8, true, null))
        .anyMatch(word -> !word.discovered());
    assertThat(tagged.versions().vocabulary()).isEqualTo(3);
    assertThat(tagged.versions().normaliser()).isNotNull();
    assertThat(tagged.versions().lexicon()).isNotNull();
  }

  @Test
  void aDocumentGetsItsOwnVersionThoughANewerOneIsThere() throws Exception {
    var harness = started();
    harness.vocabulary(adding("main", 3, FIRST));
    harness.vocabulary(new VocabularyDelta("main", 4, Map.of(SECOND, 9L), List.of(FIRST)));
    harness.document(document(0, 5));
    harness.document(document(1, 6));
    harness.document(document(2, 4));
    harness.bothWatermarks(4_999);
    assertThat(vocabularyByOffset(harness))
        .containsExactly(entry(0L, 3L), entry(1L, 4L), entry(2L, 0L));
    assertThat(discovered(harness.extractOutputValues().get(2))).containsExactly(SECOND);
  }

  @Test
  void versionsThatComeBeforeAnyWatermarkAreAllKept() throws Exception {
    var harness = started();
    harness.vocabulary(adding("main", 1, FIRST));
    harness.vocabulary(adding("main", 7, SECOND));
    assertThat(harness.broadcastState()).containsOnlyKeys("main/1", "main/7");
    harness.document(document(0, 3));
    harness.bothWatermarks(1_999);
    assertThat(discovered(harness.extractOutputValues().get(0))).containsExactly(FIRST);
  }

  @Test
  void aVersionForAllTimeServesEveryDocumentAndIsNamedZero() throws Exception {
    var harness = started();
    harness.vocabulary(adding("main", VocabularyDelta.ALWAYS, FIRST));
    assertThat(harness.broadcastState()).containsOnlyKeys("main/-9223372036854775808");
    harness.document(document(0, -7));
    harness.document(document(1, 1));
    harness.bothWatermarks(1_999);
    harness.document(document(2, 0));
    assertThat(vocabularyByOffset(harness))
        .containsExactly(entry(0L, 0L), entry(1L, 0L), entry(2L, 0L));
    assertThat(harness.extractOutputValues())
        .allSatisfy(tagged -> assertThat(discovered(tagged)).containsExactly(FIRST));
  }

  @Test
  void aVersionForAllTimeSurvivesARestoreAndIsFoldedLikeAnyOther() throws Exception {
    var harness = started();
    harness.vocabulary(adding("main", VocabularyDelta.ALWAYS, FIRST));
    harness.document(document(0, 3));
    var restored = restored(harness.snapshot(1, 1));
    restored.bothWatermarks(1_999);
    restored.vocabulary(adding("main", 3, SECOND));
    assertThat(restored.broadcastState()).hasSize(2);
    restored.document(document(1, 5));
    restored.bothWatermarks(5_999);
    restored.vocabulary(adding("main", 6, "鹭垣派"));
    assertThat(restored.broadcastState()).containsOnlyKeys("main/3", "main/6");
    assertThat(restored.extractOutputValues())
        .extracting(TagWordsOperatorTest::discovered)
        .containsExactly(Set.of(FIRST), Set.of(FIRST, SECOND));
    assertThat(vocabularyByOffset(restored)).containsExactly(entry(0L, 0L), entry(1L, 3L));
  }

  @Test
  void aPinnedWordOfTheBaseLexiconIsCutOutButIsNotNew() throws Exception {
    var harness = started();
    harness.vocabulary(
        new VocabularyDelta(
            "main", VocabularyDelta.ALWAYS, Map.of("今天", 9L, FIRST, 9L), List.of()));
    harness.document(document(0, 5));
    harness.bothWatermarks(3_999);
    var tagged = harness.extractOutputValues().get(0);
    assertThat(tagged.words()).startsWith(new Word(0, 2, 0, 2, false, null));
    assertThat(discovered(tagged)).containsExactly(FIRST);
  }

  @Test
  void channelsKeepTheirWordsApart() throws Exception {
    var harness = started();
    harness.vocabulary(adding("a", 2, FIRST));
    harness.vocabulary(adding("b", 3, SECOND));
    harness.document(Samples.entered(TIME, "a", TEXT, 0, 5));
    harness.document(Samples.entered(TIME, "b", TEXT, 1, 5));
    harness.document(Samples.entered(TIME, "c", TEXT, 2, 5));
    harness.bothWatermarks(3_999);
    assertThat(vocabularyByOffset(harness))
        .containsExactly(entry(0L, 2L), entry(1L, 3L), entry(2L, 0L));
    for (EnrichedDocument tagged : harness.extractOutputValues()) {
      switch (tagged.document().channel()) {
        case "a" -> assertThat(discovered(tagged)).containsExactly(FIRST);
        case "b" -> assertThat(discovered(tagged)).containsExactly(SECOND);
        default -> assertThat(discovered(tagged)).isEmpty();
      }
    }
  }

  @Test
  void aLateDocumentIsFlaggedAndTaggedWithTheOldestVersionOfAnOpenEpoch() throws Exception {
    var harness = started();
    harness.vocabulary(adding("main", 1, FIRST));
    harness.vocabulary(adding("main", 4, SECOND));
    harness.bothWatermarks(5_999);
    harness.document(document(0, 5));
    harness.document(document(1, 2));
    harness.document(document(2, 6));
    assertThat(vocabularyByOffset(harness))
        .containsExactly(entry(0L, 4L), entry(1L, 4L), entry(2L, 4L));
    assertThat(harness.extractOutputValues())
        .extracting(tagged -> Flag.LATE.in(tagged.flags()))
        .containsExactly(true, true, false);
  }

  @Test
  void whatWasLateStaysLateAfterARestore() throws Exception {
    var harness = started();
    harness.vocabulary(adding("main", 4, FIRST));
    harness.bothWatermarks(4_999);
    harness.document(document(0, 6));
    harness.bothWatermarks(5_999);
    var restored = restored(harness.snapshot(1, 1));
    restored.document(document(1, 5));
    assertThat(restored.extractOutputValues())
        .singleElement()
        .satisfies(
            tagged -> {
              assertThat(Flag.LATE.in(tagged.flags())).isTrue();
              assertThat(tagged.versions().vocabulary()).isEqualTo(4);
            });
  }

  @Test
  void versionsBehindTheWatermarkAreFoldedSoThatTheStateStaysSmall() throws Exception {
    var harness = started();
    for (int epoch = 1; epoch <= 50; epoch++) {
      harness.vocabulary(adding("main", epoch, FIRST.substring(0, 2) + (char) ('一' + epoch)));
      harness.bothWatermarks(TIME.lastMillisOf(epoch));
      assertThat(harness.broadcastState().size()).isLessThanOrEqualTo(TIME.lag() + 2 + epoch / 4);
    }
    assertThat(harness.broadcastState()).containsKey("main/50");
    long words =
        harness.broadcastState().values().stream().mapToLong(delta -> delta.added().size()).sum();
    assertThat(words).as("no word got lost").isEqualTo(50);
  }

  @Test
  void waitingDocumentsAndTheirVocabularySurviveARestore() throws Exception {
    var harness = started();
    harness.vocabulary(adding("main", 2, FIRST));
    harness.vocabulary(adding("main", 3, SECOND));
    for (int offset = 0; offset < 20; offset++) {
      harness.document(document(offset, 4 + offset % 2));
    }
    harness.bothWatermarks(2_999);
    var before = vocabularyByOffset(harness);
    assertThat(before).hasSize(10).containsValue(2L).doesNotContainValue(3L);

    var restored = restored(harness.snapshot(1, 1));
    assertThat(restored.gauge(TagWordsOperator.METRIC_WAITING)).isEqualTo(10);
    restored.bothWatermarks(3_999);
    assertThat(restored.gauge(TagWordsOperator.METRIC_WAITING)).isZero();
    var after = vocabularyByOffset(restored);
    assertThat(after).hasSize(10).containsValue(3L).doesNotContainValue(2L);
    assertThat(after.keySet()).doesNotContainAnyElementsOf(before.keySet());
    assertThat(restored.extractOutputValues())
        .allSatisfy(tagged -> assertThat(discovered(tagged)).containsExactly(FIRST, SECOND));
  }

  @Test
  void waitingDocumentsAreReleasedOnceAfterScalingOutAndIn() throws Exception {
    var one = started();
    one.vocabulary(adding("main", 3, FIRST));
    one.bothWatermarks(1_999);
    one.document(document(0, 3));
    for (int offset = 1; offset <= 40; offset++) {
      one.document(document(offset, 5));
    }
    assertThat(vocabularyByOffset(one)).containsOnlyKeys(0L);

    var two = rescaled(one.snapshot(1, 1), 1, 2);
    two.get(0).document(document(offsetOf(0), 5));
    two.get(1).document(document(offsetOf(1), 5));
    assertThat(two.get(0).extractOutputValues()).isEmpty();
    assertThat(sumOfWaiting(two)).isEqualTo(42);

    var again =
        rescaled(
                AbstractStreamOperatorTestHarness.repackageState(
                    two.get(0).snapshot(2, 2), two.get(1).snapshot(2, 2)),
                2,
                1)
            .get(0);
    assertThat(again.gauge(TagWordsOperator.METRIC_WAITING)).isEqualTo(42);
    again.bothWatermarks(3_999);
    var expected = new TreeMap<Long, Long>();
    for (long offset = 1; offset <= 40; offset++) {
      expected.put(offset, 3L);
    }
    expected.put(offsetOf(0), 3L);
    expected.put(offsetOf(1), 3L);
    assertThat(vocabularyByOffset(again)).isEqualTo(expected);
    assertThat(again.extractOutputValues()).as("each once").hasSize(42);
    assertThat(again.gauge(TagWordsOperator.METRIC_WAITING)).isZero();
  }

  @Test
  void bothHalvesReleaseTheirOwnDocumentsAfterScalingOut() throws Exception {
    var one = started();
    one.vocabulary(adding("main", 3, FIRST));
    for (int offset = 0; offset < 40; offset++) {
      one.document(document(offset, 5));
    }
    var two = rescaled(one.snapshot(1, 1), 1, 2);
    var offsets = new ArrayList<Long>();
    for (TagWordsHarness half : two) {
      half.bothWatermarks(3_999);
      assertThat(half.extractOutputValues())
          .isNotEmpty()
          .allSatisfy(tagged -> assertThat(discovered(tagged)).containsExactly(FIRST));
      offsets.addAll(vocabularyByOffset(half).keySet());
    }
    assertThat(offsets).hasSize(40).doesNotHaveDuplicates();
    assertThat(sumOfWaiting(two)).isZero();
  }

  @Test
  void theGaugeCountsWhatWaits() throws Exception {
    var harness = started();
    assertThat(harness.gauge(TagWordsOperator.METRIC_WAITING)).isZero();
    harness.document(document(0, 5));
    harness.document(document(1, 5));
    harness.document(document(2, 9));
    assertThat(harness.gauge(TagWordsOperator.METRIC_WAITING)).isEqualTo(3);
    harness.bothWatermarks(3_999);
    assertThat(harness.gauge(TagWordsOperator.METRIC_WAITING)).isEqualTo(1);
    harness.bothWatermarks(Long.MAX_VALUE);
    assertThat(harness.gauge(TagWordsOperator.METRIC_WAITING)).isZero();
  }

  @Test
  void documentsAreStampedWithTheModelThatIsChosenForTheirEpoch() throws Exception {
    var harness = started();
    harness.setting(model("main", "accurate/v2:news", 4));
    harness.setting(model("main", "none", 5));
    harness.setting(model("main", null, 6));
    for (int offset = 0; offset < 4; offset++) {
      harness.document(document(offset, 5 + offset));
    }
    harness.document(Samples.entered(TIME, "other", TEXT, 9, 6));
    harness.bothWatermarks(6_999);
    assertThat(modelByOffset(harness))
        .containsExactly(
            entry(0L, "fast/v1:news+duie"),
            entry(1L, "accurate/v2:news"),
            entry(2L, "none"),
            entry(3L, "fast/v1:news+duie"),
            entry(9L, "fast/v1:news+duie"));
    assertThat(harness.extractOutputValues())
        .as("nothing is pinned")
        .allSatisfy(tagged -> assertThat(tagged.entities()).isNull());
  }

  @Test
  void pinnedEntitiesStandInDocumentsFromTheirEpochOnUntilTheyAreTakenBack() throws Exception {
    var harness = started();
    harness.setting(pin("main", FIRST, "ORG", 4));
    harness.setting(pin("main", FIRST, null, 5));
    for (int offset = 0; offset < 3; offset++) {
      harness.document(document(offset, 5 + offset));
    }
    harness.document(Samples.entered(TIME, "main", "别处。", 9, 6));
    harness.bothWatermarks(5_999);
    var tagged = new TreeMap<Long, List<Entity>>();
    harness
        .extractOutputValues()
        .forEach(document -> tagged.put(document.raw().offset(), document.entities()));
    assertThat(tagged)
        .hasSize(4)
        .containsEntry(0L, null)
        .containsEntry(1L, List.of(new Entity(4, 7, 5, 8, "ORG", 1, "lexicon", null, null)))
        .containsEntry(2L, null)
        .containsEntry(9L, List.of());
  }

  @Test
  void settingsSurviveARestoreWhateverTheirOrderInState() throws Exception {
    var harness = started();
    for (int epoch = 3; epoch < 30; epoch++) {
      harness.setting(model("main", "m" + epoch + "/v1:news", epoch));
    }
    harness.setting(pin("main", FIRST, "ORG", 4));
    harness.document(document(0, 6));
    harness.document(document(1, 25));
    var restored = rescaled(harness.snapshot(1, 1), 1, 2);
    for (TagWordsHarness half : restored) {
      half.bothWatermarks(Long.MAX_VALUE);
    }
    var models = new TreeMap<Long, String>();
    restored.forEach(half -> models.putAll(modelByOffset(half)));
    assertThat(models).containsExactly(entry(0L, "m4/v1:news"), entry(1L, "m23/v1:news"));
    assertThat(restored)
        .flatExtracting(TagWordsHarness::extractOutputValues)
        .allSatisfy(tagged -> assertThat(tagged.entities()).hasSize(1));
  }

  @Test
  void settingsBehindTheWatermarkAreForgotten() throws Exception {
    var harness = started();
    for (int epoch = 1; epoch <= 50; epoch++) {
      harness.setting(model("main", "m" + epoch + "/v1:news", epoch));
      harness.setting(pin("main", "鲸" + epoch, "ORG", epoch));
      harness.setting(pin("main", "鲸" + (epoch - 1), null, epoch));
      harness.bothWatermarks(TIME.lastMillisOf(epoch));
      assertThat(harness.settingState()).hasSizeLessThan(4 * (TIME.lag() + 3));
    }
    assertThat(harness.settingState())
        .containsKeys("50/model/main/extraction", "50/entity/main/鲸50");
  }

  @Test
  void settingsThatAreReplacedBeforeTheyBeginLeaveTheState() throws Exception {
    var harness = started();
    harness.setting(model("main", "a/v1:news", 9));
    harness.setting(model("main", "b/v1:news", 4));
    assertThat(harness.settingState()).containsOnlyKeys("4/model/main/extraction");
  }

  private static Setting model(String channel, String value, long epoch) {
    return new Setting("model", channel, "extraction", value, epoch);
  }

  private static Setting pin(String channel, String text, String type, long epoch) {
    return new Setting("entity", channel, text, type, epoch);
  }

  private static Map<Long, String> modelByOffset(TagWordsHarness harness) {
    return harness.extractOutputValues().stream()
        .collect(
            Collectors.toMap(
                tagged -> tagged.raw().offset(),
                tagged ->
                    new ModelChoice(tagged.versions().model(), tagged.versions().scheme()).text(),
                (one, other) -> {
                  throw new AssertionError("a document came out twice");
                },
                TreeMap::new));
  }

  private static EnrichedDocument document(long offset, long epoch) {
    return Samples.entered(TIME, "main", TEXT, offset, epoch);
  }

  /** An offset, not used elsewhere, whose document of epoch 5 goes to a given one of two halves. */
  private static long offsetOf(int subtask) {
    long offset = 1_000;
    while (TagWordsHarness.subtaskOf(document(offset, 5), 2) != subtask) {
      offset++;
    }
    return offset;
  }

  private static VocabularyDelta adding(String channel, long epoch, String word) {
    return new VocabularyDelta(channel, epoch, Map.of(word, 9L), List.of());
  }

  private TagWordsHarness started() throws Exception {
    var harness = onRocksDb(1, 0);
    harness.initializeEmptyState();
    harness.open();
    return harness;
  }

  private TagWordsHarness restored(OperatorSubtaskState state) throws Exception {
    var harness = onRocksDb(1, 0);
    harness.initializeState(state);
    harness.open();
    return harness;
  }

  private List<TagWordsHarness> rescaled(OperatorSubtaskState state, int from, int to)
      throws Exception {
    var subtasks = new ArrayList<TagWordsHarness>();
    for (int index = 0; index < to; index++) {
      var harness = onRocksDb(to, index);
      harness.initializeState(
          AbstractStreamOperatorTestHarness.repartitionOperatorState(
              state, TagWordsHarness.MAX_PARALLELISM, from, to, index));
      harness.open();
      subtasks.add(harness);
    }
    return subtasks;
  }

  private TagWordsHarness onRocksDb(int parallelism, int index) throws Exception {
    var harness = TagWordsHarness.subtask(TIME, parallelism, index);
    open.add(harness);
    harness.setStateBackend(new EmbeddedRocksDBStateBackend());
    harness.setUp();
    return harness;
  }

  private static long sumOfWaiting(List<TagWordsHarness> subtasks) {
    return subtasks.stream()
        .mapToLong(subtask -> subtask.gauge(TagWordsOperator.METRIC_WAITING))
        .sum();
  }

  private static Map<Long, Long> vocabularyByOffset(TagWordsHarness harness) {
    return harness.extractOutputValues().stream()
        .collect(
            Collectors.toMap(
                tagged -> tagged.raw().offset(),
                tagged -> tagged.versions().vocabulary(),
                (one, other) -> {
                  throw new AssertionError("a document came out twice");
                },
                TreeMap::new));
  }

  private static Set<String> discovered(EnrichedDocument tagged) {
    return tagged.words().stream()
        .filter(Word::discovered)
        .map(word -> tagged.document().text().substring(word.startUtf16(), word.endUtf16()))
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }
}
