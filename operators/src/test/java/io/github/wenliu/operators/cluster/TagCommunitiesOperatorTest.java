package io.github.wenliu.operators.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.github.wenliu.operators.document.EnrichedDocument;
import io.github.wenliu.operators.document.Entity;
import io.github.wenliu.operators.document.Flag;
import io.github.wenliu.operators.document.Word;
import io.github.wenliu.operators.epoch.AlignHarness;
import io.github.wenliu.operators.epoch.AlignOperator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Epochs of one second, lag two. */
class TagCommunitiesOperatorTest {

  private final List<AutoCloseable> open = new ArrayList<>();

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable harness : open) {
      harness.close();
    }
  }

  @Test
  void aDocumentTouchesTheCommunitiesOfItsWordsInTheirOrder() throws Exception {
    var harness = started();
    harness.learned(change(5, Map.of("高铁", "c2", "列车", "c2", "台风", "c1")));
    var document = tagged(harness, "main", 7, "列车|的|高铁|遇|台风|晚点");
    assertThat(document.communities()).containsExactly("c2", "c1");
    assertThat(document.words().stream().map(Word::community))
        .containsExactly("c2", null, "c2", null, "c1", null);
    assertThat(document.versions().memberships()).isEqualTo(5);
  }

  @Test
  void withoutAVersionOfItsChannelADocumentTouchesNone() throws Exception {
    var harness = started();
    harness.learned(change(5, Map.of("高铁", "c2")));
    var document = tagged(harness, "other", 7, "高铁");
    assertThat(document.communities()).isEmpty();
    assertThat(document.versions().memberships()).isZero();
  }

  @Test
  void wordsAreMetByTheirNormalisedForm() throws Exception {
    var harness = started();
    harness.learned(change(5, Map.of("村ba", "c1")));
    assertThat(tagged(harness, "main", 7, "村ＢＡ").communities()).containsExactly("c1");
  }

  @Test
  void anEntityBelongsToTheCommunityOfItsName() throws Exception {
    var harness = started();
    harness.learned(change(5, Map.of("高铁", "c2", "青石镇ba", "c1")));
    harness.bothWatermarks(5_999);
    harness.document(
        Tagged.withEntities(Tagged.document("main", 7, "青石|镇|ＢＡ|的|高铁"), "青石镇ＢＡ", "的高铁", "高铁"));
    var tagged = harness.extractOutputValues().get(0);
    assertThat(tagged.entities().stream().map(Entity::community)).containsExactly("c1", null, "c2");
    assertThat(tagged.communities()).containsExactly("c2", "c1");
  }

  @Test
  void aDocumentWaitsUntilItsVersionCannotComeAnyMore() throws Exception {
    var harness = started();
    harness.document(Tagged.document("main", 7, "高铁"));
    harness.documentWatermark(Long.MAX_VALUE);
    harness.learnedWatermark(5_998);
    assertThat(harness.extractOutputValues()).isEmpty();
    assertThat(harness.gauge(AlignOperator.METRIC_WAITING)).isEqualTo(1);
    harness.learned(change(5, Map.of("高铁", "c2")));
    harness.learnedWatermark(5_999);
    assertThat(harness.extractOutputValues())
        .singleElement()
        .satisfies(document -> assertThat(document.communities()).containsExactly("c2"));
    assertThat(harness.gauge(AlignOperator.METRIC_WAITING)).isZero();
    assertThat(harness.counter(AlignOperator.METRIC_WAITED)).isEqualTo(1);
  }

  @Test
  void eachDocumentGetsItsOwnVersionWhicheverCameFirst() throws Exception {
    var harness = started();
    for (int epoch = 9; epoch > 5; epoch--) {
      harness.document(document(epoch));
    }
    harness.learned(change(4, Map.of("高铁", "c1", "列车", "c1")));
    harness.learned(change(6, Map.of("高铁", "c2"), "列车"));
    harness.learned(change(7, Map.of("列车", "c3")));
    harness.learnedWatermark(7_999);
    for (long watermark : List.of(4_999L, 5_999L, 6_999L, 7_999L)) {
      harness.documentWatermark(watermark);
    }
    assertThat(harness.extractOutputValues())
        .extracting(EnrichedDocument::epoch)
        .as("in the order of event time")
        .containsExactly(6L, 7L, 8L, 9L);
    assertThat(byEpoch(harness))
        .containsExactly(
            entry(6L, "4 [c1, c1]"),
            entry(7L, "4 [c1, c1]"),
            entry(8L, "6 [null, c2]"),
            entry(9L, "7 [c3, c2]"));
  }

  @Test
  void waitingDocumentsAndAllTheirVersionsSurviveARestoreToMoreSubtasks() throws Exception {
    var harness = started();
    harness.learned(change(3, Map.of("列车", "c9", "高铁", "c9")));
    harness.bothWatermarks(4_999);
    harness.learned(change(5, Map.of("高铁", "c1", "列车", "c1")));
    for (int epoch = 7; epoch < 10; epoch++) {
      harness.document(document(epoch));
    }
    harness.learned(change(6, Map.of("高铁", "c2"), "列车"));
    var state = harness.snapshot(1, 1);
    var found = new TreeMap<Long, String>();
    for (var half : halves(state)) {
      half.learned(change(7, Map.of("列车", "c3")));
      half.bothWatermarks(7_999);
      found.putAll(byEpoch(half));
    }
    assertThat(found)
        .containsExactly(
            entry(7L, "5 [c1, c1]"), entry(8L, "6 [null, c2]"), entry(9L, "7 [c3, c2]"));
  }

  @Test
  void aLateDocumentIsFlaggedAndMeetsTheOldestVersionOfAnOpenEpoch() throws Exception {
    var harness = started();
    harness.learned(change(1, Map.of("高铁", "c1")));
    harness.learned(change(4, Map.of("高铁", "c2")));
    harness.bothWatermarks(5_999);
    harness.document(document(2));
    harness.document(document(6));
    assertThat(byEpoch(harness))
        .containsExactly(entry(2L, "4 [null, c2]"), entry(6L, "4 [null, c2]"));
    assertThat(harness.extractOutputValues())
        .extracting(document -> Flag.LATE.in(document.flags()))
        .containsExactly(true, false);
    assertThat(harness.counter(AlignOperator.METRIC_LATE)).isEqualTo(1);
  }

  @Test
  void versionsBehindTheWatermarkBecomeOne() throws Exception {
    var harness = started();
    for (int epoch = 1; epoch <= 50; epoch++) {
      harness.learned(
          change(epoch, Map.of("高铁", "c" + epoch, "词" + epoch, "c1"), "词" + (epoch - 9)));
      harness.bothWatermarks(Tagged.TIME.lastMillisOf(epoch));
      assertThat(harness.broadcastState(TagCommunitiesOperator.CHANGES))
          .hasSizeLessThanOrEqualTo(Tagged.TIME.lag() + 1);
    }
    var oldest = harness.broadcastState(TagCommunitiesOperator.OLDEST).get("main");
    assertThat(oldest.epoch()).isEqualTo(48);
    assertThat(oldest.communities()).hasSize(10).containsEntry("高铁", "c48").containsKey("词40");
  }

  @Test
  void theSameVersionToldAgainAddsToIt() throws Exception {
    var harness = started();
    harness.learned(change(5, Map.of("高铁", "c1")));
    harness.learned(change(5, Map.of("列车", "c1")));
    for (var each : List.of(harness, restored(harness.snapshot(1, 1)))) {
      each.bothWatermarks(5_999);
      each.document(document(7));
      assertThat(byEpoch(each)).containsExactly(entry(7L, "5 [c1, c1]"));
    }
  }

  @Test
  void withTheNewestThatHasComeNothingWaitsAndNothingIsLate() throws Exception {
    var harness = started(Alignment.LATEST);
    harness.bothWatermarks(3_999);
    harness.learned(change(9, Map.of("高铁", "c1")));
    harness.document(document(1));
    harness.document(document(20));
    assertThat(byEpoch(harness))
        .containsExactly(entry(1L, "9 [null, c1]"), entry(20L, "9 [null, c1]"));
    assertThat(harness.extractOutputValues()).allMatch(document -> document.flags() == 0);
  }

  @Test
  void whatWaitedIsReleasedWhereTheAlignmentIsAnother() throws Exception {
    var harness = started();
    harness.document(document(7));
    var restored = subtask(Alignment.LATEST, 1, 0);
    restored.initializeState(harness.snapshot(1, 1));
    restored.open();
    restored.learned(change(5, Map.of("高铁", "c1")));
    restored.bothWatermarks(5_999);
    assertThat(byEpoch(restored)).containsExactly(entry(7L, "5 [null, c1]"));
  }

  private static EnrichedDocument document(long epoch) {
    return Tagged.document("main", epoch, "列车|高铁");
  }

  /** A document of an epoch whose entitled epoch is past. */
  private static EnrichedDocument tagged(
      AlignHarness<MembershipChange> harness, String channel, long epoch, String words)
      throws Exception {
    harness.bothWatermarks(Tagged.TIME.lastMillisOf(epoch - Tagged.TIME.lag()));
    harness.document(Tagged.document(channel, epoch, words));
    return harness.extractOutputValues().get(0);
  }

  private static MembershipChange change(long epoch, Map<String, String> joined, String... left) {
    return new MembershipChange("main", epoch, joined, Arrays.asList(left));
  }

  /** By epoch of the documents: the version and the communities of their words. */
  private static Map<Long, String> byEpoch(AlignHarness<MembershipChange> harness) {
    var found = new TreeMap<Long, String>();
    for (EnrichedDocument document : harness.extractOutputValues()) {
      var before =
          found.put(
              document.epoch(),
              document.versions().memberships()
                  + " "
                  + document.words().stream().map(Word::community).toList());
      assertThat(before).as("a document came out twice").isNull();
    }
    return found;
  }

  private AlignHarness<MembershipChange> started() throws Exception {
    return started(Alignment.EVENT_TIME);
  }

  private AlignHarness<MembershipChange> started(Alignment alignment) throws Exception {
    var harness = subtask(alignment, 1, 0);
    harness.initializeEmptyState();
    harness.open();
    return harness;
  }

  private AlignHarness<MembershipChange> restored(OperatorSubtaskState state) throws Exception {
    var harness = subtask(Alignment.EVENT_TIME, 1, 0);
    harness.initializeState(state);
    harness.open();
    return harness;
  }

  private List<AlignHarness<MembershipChange>> halves(OperatorSubtaskState state) throws Exception {
    var halves = new ArrayList<AlignHarness<MembershipChange>>();
    for (int index = 0; index < 2; index++) {
      var half = subtask(Alignment.EVENT_TIME, 2, index);
      half.initializeState(
          AbstractStreamOperatorTestHarness.repartitionOperatorState(
              state, AlignHarness.MAX_PARALLELISM, 1, 2, index));
      half.open();
      halves.add(half);
    }
    return halves;
  }

  private AlignHarness<MembershipChange> subtask(Alignment alignment, int parallelism, int index)
      throws Exception {
    var harness =
        new AlignHarness<>(new TagCommunitiesOperator(Tagged.TIME, alignment), parallelism, index);
    open.add(harness);
    harness.setStateBackend(new EmbeddedRocksDBStateBackend());
    harness.setUp();
    return harness;
  }
}
