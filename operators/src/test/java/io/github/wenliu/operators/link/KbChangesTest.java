package io.github.wenliu.operators.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wenliu.operators.document.ControlAck;
import io.github.wenliu.operators.document.ControlChange;
import io.github.wenliu.operators.document.EpochTime;
import io.github.wenliu.operators.document.Setting;
import io.github.wenliu.operators.link.KbChanges.Outcome;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KbChangesTest {

  /** Epochs of one second, lag two. */
  private static final EpochTime TIME = new EpochTime(500, 60_000, 1_000, 2);

  private static final KbEntry LUXUN = Kb.entry("Q1", "鲁迅", "周树人");

  private KbChanges changes = new KbChanges(TIME, 2);

  @Test
  void whatStoodThereHoldsForAllTimeAndIsNotAnswered() {
    assertThat(changes.take(Kb.stood(LUXUN)))
        .containsExactly(new Outcome(List.of(own(LUXUN, Setting.ALWAYS)), null));
  }

  @Test
  void whatComesBeforeTheEndOfTheBootstrapWaitsForIt() {
    assertThat(changes.take(Kb.now(LUXUN))).isEmpty();
    assertThat(changes.take(KbRecord.END)).isEmpty();
    assertThat(changes.isRead()).isFalse();
    changes = restored();
    assertThat(changes.take(KbRecord.END))
        .containsExactly(
            new Outcome(
                List.of(own(LUXUN, Setting.ALWAYS)), new ControlAck(asked("Q1", "put"), 0L, null)));
    assertThat(changes.isRead()).isTrue();
  }

  @Test
  void aChangeCountsFromTheFirstEpochThatIsOpen() {
    read();
    changes.advance(4_999);
    assertThat(changes.take(Kb.now(LUXUN)))
        .containsExactly(
            new Outcome(List.of(own(LUXUN, 5)), new ControlAck(asked("Q1", "put"), 5L, null)));
    assertThat(changes.take(Kb.gone("Q1")))
        .containsExactly(
            new Outcome(
                List.of(KbUpdate.of(Kb.CHANNEL, "Q1", null, 5)),
                new ControlAck(
                    new ControlChange("kb", Kb.CHANNEL, "Q1", "delete", null, null, "kb-0-2"),
                    5L,
                    null)));
    assertThat(changes.version()).isEqualTo(5);
  }

  @Test
  void aChangeThatNamesALaterTimeIsAnsweredAtOnceAndHandedOnWhenItsEpochOpens() {
    read();
    changes.advance(4_999);
    var outcomes = changes.take(Kb.from(LUXUN, 8_500));
    assertThat(outcomes.get(0).updates()).isEmpty();
    assertThat(outcomes.get(0).ack().epoch()).isEqualTo(8);
    assertThat(changes.advance(6_999)).isEmpty();
    changes = restored();
    assertThat(changes.advance(20_999))
        .as("its own epoch, however far time has gone")
        .containsExactly(new Outcome(List.of(own(LUXUN, 8)), null));
    assertThat(changes.scheduled()).isEmpty();
  }

  @Test
  void aTimeThatHasPassedMeansAsSoonAsPossible() {
    read();
    changes.advance(4_999);
    assertThat(updates(changes.take(Kb.from(LUXUN, 1_000)))).containsExactly(own(LUXUN, 5));
  }

  @Test
  void whatWasSaidLastReplacesWhatWasToBeginThenOrLater() {
    read();
    changes.advance(4_999);
    var second = Kb.entry("Q1", "第二");
    var third = Kb.entry("Q1", "第三");
    changes.take(Kb.from(LUXUN, 7_000));
    changes.take(Kb.from(second, 9_000));
    changes.take(Kb.from(third, 8_000));
    assertThat(changes.scheduled()).extracting(ScheduledChange::epoch).containsExactly(7L, 8L);
    assertThat(updates(changes.take(Kb.gone("Q1")))).hasSize(1);
    assertThat(changes.scheduled()).isEmpty();
    assertThat(changes.advance(30_000)).isEmpty();
  }

  @Test
  void beforeTimeBeginsAChangeCountsForAllTimeUnlessItNamesATime() {
    read();
    assertThat(updates(changes.take(Kb.now(LUXUN)))).containsExactly(own(LUXUN, Setting.ALWAYS));
    var later = Kb.entry("Q2", "后来");
    assertThat(updates(changes.take(Kb.from(later, 8_500)))).isEmpty();
    assertThat(updates(changes.advance(3_000))).isEmpty();
    assertThat(updates(changes.advance(7_999))).containsExactly(own(later, 8));
  }

  @Test
  void anEntryThatBecomesARedirectIsNoneOfItsOwnAndBack() {
    read();
    changes.advance(4_999);
    changes.take(Kb.now(LUXUN));
    var redirect = Kb.redirect("Q1", "Q2", "鲁迅");
    assertThat(updates(changes.take(Kb.now(redirect))))
        .containsExactly(
            KbUpdate.of(Kb.CHANNEL, "Q1", null, 5),
            KbUpdate.names(Kb.CHANNEL, "Q2", "Q1", List.of("鲁迅"), 5));
    assertThat(updates(changes.take(Kb.now(redirect)))).as("nothing new").isEmpty();
    assertThat(updates(changes.take(Kb.now(LUXUN))))
        .containsExactly(KbUpdate.names(Kb.CHANNEL, "Q2", "Q1", List.of(), 5), own(LUXUN, 5));
    changes.take(Kb.now(redirect));
    assertThat(updates(changes.take(Kb.gone("Q1"))))
        .containsExactly(KbUpdate.names(Kb.CHANNEL, "Q2", "Q1", List.of(), 5));
  }

  @Test
  void aRedirectInACircleIsRefusedAndNothingChanges() {
    read();
    changes.advance(4_999);
    changes.take(Kb.now(Kb.redirect("a", "b", "甲")));
    changes.take(Kb.now(Kb.redirect("b", "c", "乙")));
    var outcomes = changes.take(Kb.now(Kb.redirect("c", "a", "丙")));
    assertThat(outcomes).hasSize(1).allMatch(Outcome::isRefusal);
    assertThat(outcomes.get(0).ack().reason()).contains("leads back to the entry itself");
    assertThat(outcomes.get(0).updates()).isEmpty();
    assertThat(changes.take(Kb.now(Kb.redirect("d", "d", "丁")))).allMatch(Outcome::isRefusal);
    assertThat(changes.redirectCount()).isEqualTo(2);
    assertThat(updates(changes.take(Kb.now(Kb.entry("c", "丙"))))).hasSize(1);
  }

  @Test
  void aScheduledRedirectThatWouldCloseACircleByThenIsRefusedThen() {
    read();
    changes.advance(4_999);
    assertThat(changes.take(Kb.from(Kb.redirect("a", "b", "甲"), 8_000)))
        .noneMatch(Outcome::isRefusal);
    changes.take(Kb.now(Kb.redirect("b", "a", "乙")));
    assertThat(changes.advance(9_999)).hasSize(1).allMatch(Outcome::isRefusal);
  }

  /** Partitions of the topic come in any order. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void redirectsOfTheBootstrapAreTheSameInWhateverOrderTheyCome(long seed) {
    var records = new ArrayList<KbRecord>();
    records.add(Kb.stood(Kb.redirect("a", "b", "甲")));
    records.add(Kb.stood(Kb.redirect("b", "c", "乙")));
    records.add(Kb.stood(Kb.redirect("c", "a", "丙")));
    records.add(Kb.stood(Kb.redirect("d", "a", "丁")));
    records.add(Kb.stood(Kb.entry("e", "戊")));
    Collections.shuffle(records, new Random(seed));
    records.forEach(changes::take);
    changes = restored();
    changes.take(KbRecord.END);
    assertThat(changes.take(KbRecord.END).stream().filter(Outcome::isRefusal))
        .extracting(outcome -> outcome.ack().change().target())
        .containsExactly("c");
    assertThat(changes.redirects())
        .extracting(Redirect::id)
        .containsExactlyInAnyOrder("a", "b", "d");
    changes = restored();
    assertThat(updates(changes.take(Kb.gone("b")))).as("all that lead through it").hasSize(5);
  }

  @Test
  void ofAnIdThatStoodThereMoreThanOnceTheLastOneHolds() {
    changes.take(Kb.stood(Kb.redirect("a", "b", "甲")));
    assertThat(updates(changes.take(Kb.stood(LUXUN)))).hasSize(1);
    assertThat(updates(changes.take(Kb.stood(Kb.entry("a", "甲"))))).hasSize(1);
    assertThat(updates(changes.take(Kb.stood(Kb.redirect("Q1", "b", "鲁迅")))))
        .containsExactly(KbUpdate.of(Kb.CHANNEL, "Q1", null, Setting.ALWAYS));
    changes.take(KbRecord.END);
    assertThat(updates(changes.take(KbRecord.END)))
        .containsExactly(KbUpdate.names(Kb.CHANNEL, "b", "Q1", List.of("鲁迅"), Setting.ALWAYS));
  }

  @Test
  void whatStoodThereIsNotReadAgainByStateThatKnowsMore() {
    read();
    assertThat(changes.take(Kb.stood(LUXUN))).isEmpty();
    assertThat(changes.take(KbRecord.END)).isEmpty();
  }

  @Test
  void aPromotedGroupIsAnEntryUntilItIsTakenBack() {
    read();
    changes.advance(4_999);
    var promotion = Kb.promotion("墨鲷#1", "墨鲷");
    var outcome = changes.take(KbRecord.promoting(promotion)).get(0);
    assertThat(outcome.ack()).isEqualTo(new ControlAck(promotion, 5L, null));
    assertThat(outcome.updates()).extracting(KbUpdate::id).containsExactly("candidate:墨鲷#1");
    assertThat(outcome.updates().get(0).entry().name()).isEqualTo("墨鲷");
    changes = restored();
    assertThat(updates(changes.take(KbRecord.promoting(Kb.promotion("墨鲷#1", null)))))
        .containsExactly(KbUpdate.of(Kb.CHANNEL, "candidate:墨鲷#1", null, 5));
    assertThat(changes.take(KbRecord.promoting(Kb.promotion("墨鲷#1", null))))
        .as("no more")
        .allMatch(Outcome::isRefusal);
    assertThat(changes.take(KbRecord.promoting(Kb.promotion("墨鲷#1", " "))))
        .allMatch(Outcome::isRefusal);
  }

  @Test
  void promotionsThatStoodThereComeBeforeLaterChangesAndAreNotAnswered() {
    var id = "candidate:墨鲷#1";
    changes.take(KbRecord.of(new KbChange(Kb.CHANNEL, id, null, null, "kb-0-2")));
    changes.take(KbRecord.promoting(Kb.promotion("墨鲷#1", "墨鲷").forAllTime()));
    changes.take(KbRecord.END);
    var outcomes = changes.take(KbRecord.END);
    assertThat(updates(outcomes))
        .extracting(update -> update.entry() == null)
        .containsExactly(false, true);
    assertThat(outcomes).extracting(outcome -> outcome.ack() == null).containsExactly(true, false);
  }

  private void read() {
    changes.take(KbRecord.END);
    changes.take(KbRecord.END);
  }

  private KbChanges restored() {
    var restored = new KbChanges(TIME, 2);
    restored.restore(
        changes.redirects(),
        changes.promoted(),
        changes.waiting(),
        changes.scheduled(),
        changes.ends(),
        changes.lastClosedEpoch());
    return restored;
  }

  private static List<KbUpdate> updates(List<Outcome> outcomes) {
    return outcomes.stream().flatMap(outcome -> outcome.updates().stream()).toList();
  }

  private static KbUpdate own(KbEntry entry, long epoch) {
    return KbUpdate.of(entry.channel(), entry.id(), entry, epoch);
  }

  private static ControlChange asked(String id, String action) {
    return new ControlChange("kb", Kb.CHANNEL, id, action, null, null, "kb-0-1");
  }
}
