package io.github.wenliu.operators.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wenliu.operators.Samples;
import io.github.wenliu.operators.document.ControlAck;
import io.github.wenliu.operators.document.EpochTime;
import io.github.wenliu.operators.document.ErrorClass;
import io.github.wenliu.operators.document.Rejection;
import io.github.wenliu.operators.document.Setting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KbOperatorTest {

  /** Epochs of one second, lag two. */
  private static final EpochTime TIME = new EpochTime(500, 60_000, 1_000, 2);

  private static final Duration LIMIT = Duration.ofMinutes(30);
  private static final KbEntry LUXUN = Kb.entry("Q1", "鲁迅", "周树人");

  private final List<AutoCloseable> open = new ArrayList<>();

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable harness : open) {
      harness.close();
    }
  }

  @Test
  void timeStandsStillUntilAllPartsOfTheBootstrapHaveEnded() throws Exception {
    var harness = opened(null);
    harness.documentsUntil(2_999);
    harness.record(Kb.stood(LUXUN));
    harness.record(KbRecord.END);
    harness.documentsUntil(3_999);
    assertThat(harness.watermarks()).isEmpty();
    assertThat(harness.extractOutputValues())
        .as("entries go on at once")
        .containsExactly(KbUpdate.of(Kb.CHANNEL, "Q1", LUXUN, Setting.ALWAYS));

    harness = opened(harness.snapshot(1, 1));
    harness.documentsUntil(4_999);
    assertThat(harness.watermarks()).isEmpty();
    harness.record(KbRecord.END);
    assertThat(harness.watermarks()).containsExactly(4_999L);
    harness.documentsUntil(5_999);
    assertThat(harness.watermarks()).containsExactly(4_999L, 5_999L);
  }

  @Test
  void whatWasReadIsReadAfterARestore() throws Exception {
    var harness = opened(null);
    read(harness);
    harness.documentsUntil(4_999);
    harness = opened(harness.snapshot(1, 1));
    harness.record(Kb.now(LUXUN));
    assertThat(harness.acks())
        .as("behind what was closed before the restore")
        .extracting(ControlAck::epoch)
        .containsExactly(5L);
    harness.documentsUntil(1_000);
    assertThat(harness.watermarks()).containsExactly(1_000L);
  }

  @Test
  void allThatWaitsSurvivesARestore() throws Exception {
    var harness = opened(null);
    harness.record(Kb.stood(Kb.redirect("a", "Q1", "甲")));
    harness.record(Kb.now(LUXUN));
    harness.record(KbRecord.END);
    harness = opened(harness.snapshot(1, 1));
    harness.record(KbRecord.END);
    assertThat(harness.extractOutputValues())
        .containsExactly(
            KbUpdate.names(Kb.CHANNEL, "Q1", "a", List.of("甲"), Setting.ALWAYS),
            KbUpdate.of(Kb.CHANNEL, "Q1", LUXUN, Setting.ALWAYS));

    harness.documentsUntil(999);
    harness.record(Kb.from(Kb.entry("Q2", "后来"), 7_000));
    harness.record(KbRecord.promoting(Kb.promotion("墨鲷#1", "墨鲷")));
    harness = opened(harness.snapshot(2, 2));
    harness.record(Kb.now(Kb.redirect("Q1", "a", "乙")));
    assertThat(harness.acks()).as("a cycle, still").noneMatch(ControlAck::isAccepted);
    harness.record(KbRecord.promoting(Kb.promotion("墨鲷#1", null)));
    harness.documentsUntil(9_999);
    assertThat(harness.extractOutputValues())
        .extracting(KbUpdate::id)
        .containsExactly("candidate:墨鲷#1", "Q2");
    assertThat(harness.extractOutputValues().get(1).epoch()).isEqualTo(7);
  }

  @Test
  void whatCountsFromAnEpochComesBeforeTheWatermarkThatPassesIt() throws Exception {
    var harness = opened(null);
    read(harness);
    harness.documentsUntil(999);
    harness.record(Kb.from(LUXUN, 3_000));
    harness.documentsUntil(7_999);
    var output = new ArrayList<>(harness.getOutput());
    assertThat(output.get(output.size() - 2)).isInstanceOf(StreamRecord.class);
    assertThat(output.get(output.size() - 1)).isEqualTo(new Watermark(7_999));
  }

  @Test
  void neitherTheKnowledgeBaseNorSilenceHasATime() throws Exception {
    var harness = opened(null);
    read(harness);
    harness.processWatermark1(Watermark.MAX_WATERMARK);
    harness.processWatermarkStatus1(WatermarkStatus.IDLE);
    harness.processWatermarkStatus2(WatermarkStatus.IDLE);
    assertThat(harness.watermarks()).isEmpty();
    assertThat(harness.wasEverIdle()).isFalse();
    harness.documentsUntil(2_999);
    assertThat(harness.watermarks()).containsExactly(2_999L);
  }

  @Test
  void aBadRecordIsADeadLetter() throws Exception {
    var harness = opened(null);
    var rejection = new Rejection(ErrorClass.SCHEMA, "E", "no name");
    harness.record(KbRecord.rejected(Samples.raw(0, 7), rejection));
    assertThat(harness.deadLetters())
        .singleElement()
        .satisfies(
            letter -> {
              assertThat(letter.stage()).isEqualTo("kb");
              assertThat(letter.raw().offset()).isEqualTo(7);
              assertThat(letter.rejection()).isEqualTo(rejection);
            });
    assertThat(harness.extractOutputValues()).isEmpty();
  }

  @Test
  void aBootstrapThatTakesTooLongFailsTheJobAndSaysWhatToDo() throws Exception {
    var harness = opened(null);
    harness.record(Kb.stood(LUXUN));
    harness.setProcessingTime(LIMIT.toMillis() - 1);
    assertThatThrownBy(() -> harness.setProcessingTime(LIMIT.toMillis()))
        .hasStackTraceContaining("was not read within 1800 s, after 1 records")
        .hasStackTraceContaining("link.bootstrapLimit");
  }

  @Test
  void oneThatWasReadInTimeDoesNot() throws Exception {
    var harness = opened(null);
    read(harness);
    harness.setProcessingTime(2 * LIMIT.toMillis());
    harness.documentsUntil(1);
    assertThat(harness.watermarks()).containsExactly(1L);
  }

  @Test
  void anInputThatEndsBeforeItWasReadFailsTheJob() throws Exception {
    var harness = opened(null);
    harness.record(KbRecord.END);
    assertThatThrownBy(harness::endInput1).hasMessageContaining("1 of 2 parts");
  }

  private static void read(KbHarness harness) throws Exception {
    harness.record(KbRecord.END);
    harness.record(KbRecord.END);
  }

  private KbHarness opened(OperatorSubtaskState state) throws Exception {
    var harness = KbHarness.open(TIME, 2, LIMIT, state);
    open.add(harness);
    return harness;
  }
}
