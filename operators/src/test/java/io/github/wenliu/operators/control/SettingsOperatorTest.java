package io.github.wenliu.operators.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wenliu.operators.document.ControlAck;
import io.github.wenliu.operators.document.ControlChange;
import io.github.wenliu.operators.document.EpochTime;
import io.github.wenliu.operators.document.Setting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsOperatorTest {

  /** Epochs of one second, lag two. */
  private static final EpochTime TIME = new EpochTime(500, 60_000, 1_000, 2);

  private static final Duration LONG = Duration.ofMinutes(5);

  private final GatedProbe probe = new GatedProbe();
  private final List<AutoCloseable> open = new ArrayList<>();

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable harness : open) {
      harness.close();
    }
  }

  @Test
  void aModelIsChosenOnceItIsCheckedFromTheFirstEpochThenOpen() throws Exception {
    var harness = started();
    harness.watermark(2_999);
    harness.change(select("slow/v1:news"));
    harness.watermark(4_999);
    assertThat(harness.extractOutputValues()).as("nothing yet").isEmpty();
    assertThat(harness.emittedWatermark()).as("time goes on").isEqualTo(4_999);

    probe.gate.release();
    harness.awaitCheck();

    assertThat(harness.extractOutputValues()).containsExactly(model("slow/v1:news", 5));
    assertThat(harness.acks()).containsExactly(new ControlAck(select("slow/v1:news"), 5L, null));
  }

  @ParameterizedTest
  @CsvSource({
    "bad/v1:news, manifest.json: no such scheme",
    "broken/v1:news, weights.onnx: checksum differs",
    "unlinked/v1:news, no such library"
  })
  void aModelThatIsNotReadyIsRefusedInOneLineAndNothingChanges(String value, String reason)
      throws Exception {
    var harness = started();
    harness.change(select(value));
    harness.awaitCheck();

    assertThat(harness.extractOutputValues()).isEmpty();
    assertThat(harness.acks()).containsExactly(ControlAck.refused(select(value), reason));
  }

  @Test
  void aModelThatHangsIsGivenUpAndTheNextOneGetsItsTurn() throws Exception {
    var harness = opened(Duration.ofMillis(50), null);
    harness.change(select("slow/v1:news"));
    harness.change(select("good/v1:news"));
    harness.awaitCheck();
    harness.awaitCheck();

    assertThat(harness.acks()).hasSize(2);
    assertThat(harness.acks().get(0).reason()).contains("not ready within");
    assertThat(harness.extractOutputValues())
        .containsExactly(model("good/v1:news", Setting.ALWAYS));
  }

  @Test
  void whatIsBeingCheckedIsStateAndCheckedAgain() throws Exception {
    var harness = started();
    harness.watermark(2_999);
    harness.change(select("slow/v1:news"));
    harness.change(select(null));
    harness.change(pin("墨鲷", "ORG"));
    var state = harness.snapshot(1, 1);

    var restored = opened(LONG, state);
    assertThat(restored.extractOutputValues()).isEmpty();
    probe.gate.release(2);
    restored.awaitCheck();

    assertThat(restored.extractOutputValues())
        .as("stamped behind what was closed before the restore")
        .containsExactly(model("slow/v1:news", 3), model(null, 3));
    assertThat(restored.acks()).hasSize(2).allMatch(ControlAck::isAccepted);
    assertThat(probe.asked).containsExactly("slow/v1:news", "slow/v1:news");
  }

  @Test
  void aChoiceForAllTimeHoldsTimeBackUntilItIsChecked() throws Exception {
    var harness = started();
    harness.change(select("slow/v1:news").forAllTime());
    harness.watermark(2_999);
    harness.watermark(3_999);
    var state = harness.snapshot(1, 1);
    assertThat(harness.emittedWatermark()).isEqualTo(Long.MIN_VALUE);

    var restored = opened(LONG, state);
    restored.watermark(4_999);
    assertThat(restored.emittedWatermark()).isEqualTo(Long.MIN_VALUE);
    probe.gate.release(2);
    restored.awaitCheck();

    assertThat(restored.extractOutputValues())
        .containsExactly(model("slow/v1:news", Setting.ALWAYS));
    assertThat(restored.emittedWatermark()).isEqualTo(4_999);
    assertThat(restored.acks()).as("nobody waits for an answer").isEmpty();
  }

  @Test
  void aChoiceForAllTimeThatFailsIsRefusedAndTimeGoesOn() throws Exception {
    var harness = started();
    harness.change(select("bad/v1:news").forAllTime());
    harness.watermark(2_999);
    harness.awaitCheck();

    assertThat(harness.extractOutputValues()).isEmpty();
    assertThat(harness.acks()).hasSize(1).noneMatch(ControlAck::isAccepted);
    assertThat(harness.emittedWatermark()).isEqualTo(2_999);
  }

  @Test
  void theEndOfTheInputWaitsForWhatIsBeingChecked() throws Exception {
    var harness = started();
    harness.watermark(2_999);
    harness.change(select("good/v1:news"));
    harness.change(select("bad/v1:news"));
    harness.watermark(Long.MAX_VALUE);

    assertThat(harness.extractOutputValues()).containsExactly(model("good/v1:news", 3));
    assertThat(harness.acks()).hasSize(2);
    assertThat(harness.getOutput()).last().isEqualTo(Watermark.MAX_WATERMARK);
  }

  @Test
  void entitiesDoNotWaitForModelsAndWordsAreLeftToOthers() throws Exception {
    var harness = started();
    harness.watermark(2_999);
    harness.change(select("slow/v1:news"));
    harness.change(pin("Ａcme　", "ORG"));
    harness.change(new ControlChange("word", "main", "墨鲷", "pin", null, null, "control-0-3"));

    assertThat(harness.extractOutputValues())
        .containsExactly(new Setting("entity", "main", "acme", "ORG", 3));
    assertThat(harness.acks()).containsExactly(new ControlAck(pin("Ａcme　", "ORG"), 3L, null));
  }

  private SettingsHarness started() throws Exception {
    return opened(LONG, null);
  }

  private SettingsHarness opened(Duration timeout, OperatorSubtaskState state) throws Exception {
    var harness = SettingsHarness.open(TIME, probe, timeout, state);
    open.add(harness);
    return harness;
  }

  private static ControlChange select(String value) {
    var action = value == null ? null : "select";
    return new ControlChange("model", "main", "extraction", action, value, null, "control-0-1");
  }

  private static ControlChange pin(String text, String type) {
    return new ControlChange("entity", "main", text, "pin", type, null, "control-0-2");
  }

  private static Setting model(String value, long epoch) {
    return new Setting("model", "main", "extraction", value, epoch);
  }
}
