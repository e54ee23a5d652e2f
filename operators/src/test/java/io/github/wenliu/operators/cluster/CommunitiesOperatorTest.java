package io.github.wenliu.operators.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.tasks.mailbox.TaskMailbox;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommunitiesOperatorTest {

  private static final int MAX_PARALLELISM = 128;
  private static final int EPOCHS = 30;
  private static final int TOPICS = 4;
  private static final int WORDS_OF_TOPIC = 5;
  private static final int PAIRS_OF_EPOCH = 12;

  private static final CommunityParameters PARAMETERS =
      new CommunityParameters(
          PairContext.SENTENCE,
          500,
          10,
          EdgeWeighting.COUNT,
          0.5,
          1,
          20,
          1_000,
          20,
          0.2,
          2,
          1,
          1,
          5);

  /** A harness with everything that came out of it. */
  private static final class Run implements AutoCloseable {

    private final KeyedOneInputStreamOperatorTestHarness<String, EdgeBatch, MembershipChange>
        harness;

    Run(OperatorSubtaskState state) throws Exception {
      harness =
          new KeyedOneInputStreamOperatorTestHarness<>(
              new CommunitiesOperator.Factory(Tagged.TIME, PARAMETERS),
              EdgeBatch::channel,
              Types.STRING,
              MAX_PARALLELISM,
              1,
              0);
      harness.setup();
      harness.initializeState(state);
      harness.open();
    }

    void epoch(int epoch) throws Exception {
      for (EdgeBatch batch : batches(epoch)) {
        harness.processElement(new StreamRecord<>(batch, 0));
      }
      harness.processWatermark(Tagged.TIME.lastMillisOf(epoch));
    }

    /** Waits for a version that is being made, and lets it come out. */
    void awaitMail() throws Exception {
      harness.getTaskMailbox().take(TaskMailbox.MIN_PRIORITY).run();
    }

    /** Lets out what is ready. */
    void letOut() throws Exception {
      var mail = harness.getTaskMailbox().tryTake(TaskMailbox.MIN_PRIORITY);
      while (mail.isPresent()) {
        mail.get().run();
        mail = harness.getTaskMailbox().tryTake(TaskMailbox.MIN_PRIORITY);
      }
    }

    void end() throws Exception {
      harness.processWatermark(Watermark.MAX_WATERMARK);
    }

    /** All records that came out, each kind in its order. */
    List<Object> records() {
      var records = new ArrayList<Object>(harness.extractOutputValues());
      records.addAll(side(CommunitiesOperator.COMMUNITIES));
      records.addAll(side(CommunitiesOperator.EVENTS));
      return records;
    }

    <T> List<T> side(OutputTag<T> tag) {
      var side = harness.getSideOutput(tag);
      return side == null ? List.of() : side.stream().map(StreamRecord::getValue).toList();
    }

    @Override
    public void close() throws Exception {
      harness.close();
    }
  }

  private final List<Run> open = new ArrayList<>();

  @AfterEach
  void close() throws Exception {
    for (Run run : open) {
      run.close();
    }
  }

  private Run started() throws Exception {
    return restored(null);
  }

  private Run restored(OperatorSubtaskState state) throws Exception {
    var run = new Run(state);
    open.add(run);
    return run;
  }

  /** What an epoch of two channels says: words of one topic with each other, more later ones. */
  private static List<EdgeBatch> batches(int epoch) {
    var random = new Random(epoch);
    var batches = new ArrayList<EdgeBatch>();
    for (String channel : List.of("main", "other")) {
      var pairs = new ArrayList<String>();
      for (int i = 0; i < PAIRS_OF_EPOCH; i++) {
        int topic = Math.min(TOPICS - 1, random.nextInt(TOPICS) * (epoch + 8) / EPOCHS);
        var one = word(topic, random);
        pairs.add(one + "/" + word(topic, random));
        pairs.add(one);
        pairs.add(EdgeBatch.CONTEXTS);
      }
      batches.addAll(Edges.batches(channel, epoch, pairs.toArray(String[]::new)));
    }
    return batches;
  }

  private static String word(int topic, Random random) {
    return "题" + topic + "词" + random.nextInt(WORDS_OF_TOPIC);
  }

  private List<Object> undisturbed() throws Exception {
    var run = started();
    for (int epoch = 0; epoch < EPOCHS; epoch++) {
      run.epoch(epoch);
    }
    run.end();
    return run.records();
  }

  @Test
  void communitiesAreTheTopicsAndTheEndTellsThemAll() throws Exception {
    var run = started();
    for (int epoch = 0; epoch < EPOCHS; epoch++) {
      run.epoch(epoch);
    }
    run.end();
    var last =
        run.side(CommunitiesOperator.COMMUNITIES).stream()
            .filter(state -> state.epoch() == EPOCHS && state.channel().equals("main"))
            .toList();
    assertThat(last).hasSize(TOPICS);
    for (CommunityState state : last) {
      assertThat(state.size()).isEqualTo(WORDS_OF_TOPIC);
      assertThat(state.members().stream().map(member -> member.name().charAt(1)).distinct())
          .hasSize(1);
    }
    assertThat(run.side(CommunitiesOperator.EVENTS))
        .filteredOn(event -> event.type() == CommunityEvent.Type.BORN)
        .hasSizeGreaterThanOrEqualTo(2 * TOPICS);
  }

  @Test
  void aVersionIsMadeBesideTheTaskAndOnlyTheWatermarkWaits() throws Exception {
    var run = started();
    for (int epoch = 0; epoch < EPOCHS; epoch++) {
      run.epoch(epoch);
    }
    assertThat(run.harness.extractOutputValues()).as("nobody let it out").isEmpty();
    long held = lastWatermark(run);
    assertThat(held).isGreaterThanOrEqualTo(Tagged.TIME.lastMillisOf(0)).isEven();
    run.awaitMail();
    var first = run.harness.extractOutputValues().get(0);
    assertThat(held).isEqualTo(Tagged.TIME.lastMillisOf(first.epoch()) - 1);
  }

  @Test
  void noWatermarkPassesAVersionThatIsNotOut() throws Exception {
    var run = started();
    var random = new Random(1);
    for (int epoch = 0; epoch < EPOCHS; epoch++) {
      run.epoch(epoch);
      if (random.nextBoolean()) {
        run.letOut();
      }
    }
    run.end();
    assertVersionsComeBeforeTheirWatermarks(run);
    assertThat(lastWatermark(run)).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void theWatermarkCatchesUpOnceAllVersionsAreOut() throws Exception {
    var run = started();
    for (int epoch = 0; epoch < EPOCHS; epoch++) {
      run.epoch(epoch);
    }
    long last = Tagged.TIME.lastMillisOf(EPOCHS - 1);
    while (lastWatermark(run) < last) {
      run.awaitMail();
    }
    assertThat(lastWatermark(run)).isEqualTo(last);
    assertVersionsComeBeforeTheirWatermarks(run);
  }

  /** The last version of an input is of an epoch behind all documents. */
  private static void assertVersionsComeBeforeTheirWatermarks(Run run) {
    long watermark = Long.MIN_VALUE;
    int versions = 0;
    for (Object element : run.harness.getOutput()) {
      if (element instanceof Watermark mark) {
        assertThat(mark.getTimestamp()).isGreaterThan(watermark);
        watermark = mark.getTimestamp();
      } else {
        long epoch = ((MembershipChange) ((StreamRecord<?>) element).getValue()).epoch();
        assertThat(epoch == EPOCHS || Tagged.TIME.lastMillisOf(epoch) > watermark).isTrue();
        versions++;
      }
    }
    assertThat(versions).isPositive();
  }

  private static long lastWatermark(Run run) {
    return run.harness.getOutput().stream()
        .filter(Watermark.class::isInstance)
        .mapToLong(mark -> ((Watermark) mark).getTimestamp())
        .max()
        .orElse(Long.MIN_VALUE);
  }

  @Test
  void anEpochThatClosesAgainCountsWithTheNewestAndMakesNoSecondVersion() throws Exception {
    var run = started();
    for (int epoch = 0; epoch < EPOCHS; epoch++) {
      run.epoch(epoch);
    }
    var versions = run.harness.extractOutputValues().size();
    for (int epoch = 0; epoch < EPOCHS; epoch++) {
      for (EdgeBatch batch : batches(epoch)) {
        run.harness.processElement(new StreamRecord<>(batch, 0));
      }
    }
    run.end();
    var names = new ArrayList<String>();
    for (MembershipChange change : run.harness.extractOutputValues()) {
      names.add(change.channel() + change.epoch());
    }
    assertThat(names).doesNotHaveDuplicates().hasSizeGreaterThan(versions);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 7, 11, 16, 22, 29})
  void aRestoreWhileAVersionIsBeingMadeMakesTheSameVersion(int cut) throws Exception {
    var before = started();
    for (int epoch = 0; epoch < cut; epoch++) {
      before.epoch(epoch);
    }
    assertContinues(before, cut);
  }

  @ParameterizedTest
  @ValueSource(ints = {5, 9, 14, 21})
  void aRestoreBehindAVersionGoesOnFromIt(int cut) throws Exception {
    var before = started();
    for (int epoch = 0; epoch < cut; epoch++) {
      before.epoch(epoch);
      before.harness.snapshot(epoch, epoch);
    }
    before.awaitMail();
    assertThat(before.side(CommunitiesOperator.COMMUNITIES)).isNotEmpty();
    assertContinues(before, cut);
  }

  private void assertContinues(Run before, int cut) throws Exception {
    var state = before.harness.snapshot(EPOCHS, EPOCHS);
    var records = before.records();
    var after = restored(state);
    for (int epoch = cut; epoch < EPOCHS; epoch++) {
      after.epoch(epoch);
    }
    after.end();
    assertVersionsComeBeforeTheirWatermarks(after);
    records.addAll(after.records());
    assertThat(records).containsExactlyInAnyOrderElementsOf(undisturbed());
  }
}
