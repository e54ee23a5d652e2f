package io.github.wenliu.operators.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wenliu.operators.control.SettingChanges.Outcome;
import io.github.wenliu.operators.document.ControlAck;
import io.github.wenliu.operators.document.ControlChange;
import io.github.wenliu.operators.document.EpochTime;
import io.github.wenliu.operators.document.ModelChoice;
import io.github.wenliu.operators.document.Setting;
import java.util.List;
import org.junit.jupiter.api.Test;

class SettingChangesTest {

  /** Epochs of one second, lag two. */
  private static final EpochTime TIME = new EpochTime(500, 60_000, 1_000, 2);

  private final SettingChanges changes = new SettingChanges(TIME);

  @Test
  void aChangeCountsFromTheFirstOpenEpochOrTheLaterOneThatItNames() {
    assertThat(epochs(changes.take(pin("a", "X", null)))).containsExactly(Setting.ALWAYS);
    assertThat(epochs(changes.take(pin("b", "X", 7_000L)))).containsExactly(7L);
    changes.advance(4_998);
    assertThat(epochs(changes.take(pin("c", "X", null)))).containsExactly(4L);
    changes.advance(4_999);
    assertThat(epochs(changes.take(pin("d", "X", null)))).containsExactly(5L);
    assertThat(epochs(changes.take(pin("e", "X", 2_000L)))).containsExactly(5L);
    assertThat(epochs(changes.take(pin("f", "X", 6_000L)))).containsExactly(6L);
    assertThat(epochs(changes.take(pin("g", "X", null).forAllTime()))).containsExactly(5L);
  }

  @Test
  void theVersionForAllTimeIsNamedZero() {
    var outcome = changes.take(pin("a", "X", null)).get(0);
    assertThat(outcome.ack()).isEqualTo(new ControlAck(pin("a", "X", null), 0L, null));
  }

  @Test
  void choicesOfModelsKeepTheirOrderAndOnlyModelsAreChecked() {
    assertThat(changes.take(select("none"))).hasSize(1);
    assertThat(changes.toCheck()).isEmpty();
    assertThat(changes.take(select("a/v1:news"))).isEmpty();
    assertThat(changes.take(select("none"))).isEmpty();
    assertThat(changes.take(select(null))).isEmpty();
    assertThat(changes.take(select("b/v1:news"))).isEmpty();
    assertThat(changes.toCheck()).contains(ModelChoice.of("a/v1:news"));

    assertThat(changes.checked(null))
        .extracting(outcome -> outcome.setting().value())
        .containsExactly("a/v1:news", "none", null);
    assertThat(changes.toCheck()).contains(ModelChoice.of("b/v1:news"));
    assertThat(changes.checked("no")).singleElement().matches(Outcome::isRefusal);
    assertThat(changes.toCheck()).isEmpty();
    assertThat(changes.standing()).isEmpty();
  }

  @Test
  void takingBackWhatWasNeverSetIsAnsweredAndChangesNothing() {
    var outcome = changes.take(pin("a", null, null)).get(0);

    assertThat(outcome.setting()).isNull();
    assertThat(outcome.ack().isAccepted()).isTrue();
    assertThat(changes.standing()).isEmpty();
  }

  @Test
  void aChannelHasABoundedNumberOfPinsAndRoomAgainBehindOneThatIsTakenBack() {
    for (int i = 0; i < SettingChanges.MAX_PINS; i++) {
      assertThat(changes.take(pin("名" + i, "X", null)).get(0).isRefusal()).isFalse();
    }
    var refused = changes.take(pin("多", "X", null)).get(0);
    assertThat(refused.isRefusal()).isTrue();
    assertThat(refused.ack().reason()).contains("10000 pinned entities");
    assertThat(changes.take(pin("名0", "Y", null)).get(0).isRefusal()).as("not new").isFalse();
    assertThat(changes.take(other("多")).get(0).isRefusal()).as("another channel").isFalse();

    var restored = new SettingChanges(TIME);
    restored.restore(changes.standing(), changes.waiting(), changes.lastClosedEpoch());
    assertThat(restored.take(pin("多", "X", null)).get(0).isRefusal()).isTrue();
    restored.take(pin("名1", null, null));
    assertThat(restored.take(pin("多", "X", null)).get(0).isRefusal()).isFalse();
  }

  @Test
  void spellingsThatAreMatchedAlikeAreOneEntity() {
    changes.take(pin(" ＡＢＣ", "X", null));
    changes.take(pin("abc", "Y", null));
    assertThat(changes.standing())
        .containsExactly(new Setting("entity", "main", "abc", "Y", Setting.ALWAYS));
  }

  private static List<Long> epochs(List<Outcome> outcomes) {
    return outcomes.stream().map(outcome -> outcome.setting().epoch()).toList();
  }

  private static ControlChange select(String value) {
    var action = value == null ? null : "select";
    return new ControlChange("model", "main", "extraction", action, value, null, "control-0-1");
  }

  private static ControlChange pin(String text, String type, Long from) {
    var action = type == null ? null : "pin";
    return new ControlChange("entity", "main", text, action, type, from, "control-0-2");
  }

  private static ControlChange other(String text) {
    return new ControlChange("entity", "other", text, "pin", "X", null, "control-0-3");
  }
}
