package io.github.wenliu.operators.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wenliu.operators.document.EpochTime;
import io.github.wenliu.operators.document.Setting;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CandidatesOperatorTest {

  /** Epochs of one second, lag two. */
  private static final EpochTime TIME = new EpochTime(500, 60_000, 1_000, 2);

  private static final int MANY = 10_000;

  private final List<CandidatesHarness> open = new ArrayList<>();

  @AfterEach
  void close() throws Exception {
    for (var harness : open) {
      harness.close();
    }
  }

  @Test
  void everyQuestionIsAnsweredAlsoWithNothing() throws Exception {
    var harness = opened(1, 0, null);
    harness.change("鲁迅", "Q1", candidate("Q1", 1), Setting.ALWAYS);
    harness.knowledgeUntil(3_999);
    harness.ask("d1", "鲁迅", 3);
    harness.ask("d2", "茅盾", 3);
    assertThat(harness.answers()).containsExactly("d1 鲁迅 [Q1]+0", "d2 茅盾 []+0");
  }

  @Test
  void aQuestionWaitsForTheChangesItIsEntitledToButNotForDocuments() throws Exception {
    var harness = opened(1, 0, null);
    harness.ask("d1", "鲁迅", 3);
    harness.change("鲁迅", "Q1", candidate("Q1", 1), 3);
    harness.knowledgeUntil(3_999);
    harness.ask("d2", "鲁迅", 3);
    assertThat(harness.answers()).containsExactly("d2 鲁迅 [Q1]+0");
    harness.documentsUntil(3_999);
    assertThat(harness.answers()).contains("d1 鲁迅 [Q1]+0").hasSize(2);
  }

  @Test
  void eachDocumentSeesTheVersionItIsEntitledTo() throws Exception {
    var harness = opened(1, 0, null);
    harness.change("鲁迅", "Q1", candidate("Q1", 1), Setting.ALWAYS);
    harness.change("鲁迅", "Q2", candidate("Q2", 5), 4);
    harness.change("鲁迅", "Q1", null, 5);
    harness.change("鲁迅", "Q2", candidate("Q2", 0.5), 6);
    harness.change("鲁迅", "Q3", candidate("Q3", 0.7), 6);
    harness.knowledgeUntil(9_999);
    for (long entitled = 3; entitled <= 6; entitled++) {
      harness.ask("d" + entitled, "鲁迅", entitled);
    }
    assertThat(harness.answers())
        .containsExactly("d3 鲁迅 [Q1]+0", "d4 鲁迅 [Q2, Q1]+0", "d5 鲁迅 [Q2]+0", "d6 鲁迅 [Q3, Q2]+0");
  }

  @Test
  void aChangeIsTakenOverWhenNoDocumentThatMustNotKnowOfItCanCome() throws Exception {
    var harness = opened(1, 0, null);
    harness.change("鲁迅", "Q1", candidate("Q1", 1), 4);
    harness.knowledgeUntil(9_999);
    // Documents of epoch 5 are entitled to epoch 3, and end with 5,999.
    harness.documentsUntil(5_998);
    harness.ask("d1", "鲁迅", 3);
    harness.documentsUntil(5_999);
    harness.ask("d2", "鲁迅", 4);
    harness.ask("late", "鲁迅", 4);
    assertThat(harness.answers()).containsExactly("d1 鲁迅 []+0", "d2 鲁迅 [Q1]+0", "late 鲁迅 [Q1]+0");
  }

  @Test
  void timeThatGoesOnByManyEpochsAtOnceMixesNoVersions() throws Exception {
    var harness = opened(1, 0, null);
    harness.ask("d3", "鲁迅", 3);
    harness.ask("d4", "鲁迅", 4);
    harness.change("鲁迅", "Q1", candidate("Q1", 1), 3);
    harness.change("鲁迅", "Q2", candidate("Q2", 5), 4);
    harness.change("鲁迅", "Q3", candidate("Q3", 9), 5);
    harness.knowledgeUntil(Long.MAX_VALUE);
    harness.documentsUntil(Long.MAX_VALUE);
    assertThat(harness.answers()).containsExactly("d3 鲁迅 [Q1]+0", "d4 鲁迅 [Q2, Q1]+0");
  }

  @Test
  void allThatIsKnownAndAllThatWaitsSurvivesARescale() throws Exception {
    var harness = opened(1, 0, null);
    for (int i = 0; i < 8; i++) {
      var alias = "名" + i;
      for (int of = 0; of < 6; of++) {
        harness.change(alias, "Q" + of, candidate("Q" + of, of), Setting.ALWAYS);
      }
      harness.change(alias, "Q5", null, 4);
      harness.ask("d" + i, alias, 4);
    }
    assertThat(harness.answers()).isEmpty();
    var state = harness.snapshot(1, 1);
    var answers = new ArrayList<String>();
    for (int subtask = 0; subtask < 3; subtask++) {
      var part =
          opened(
              3,
              subtask,
              AbstractStreamOperatorTestHarness.repartitionOperatorState(
                  state, CandidatesHarness.MAX_PARALLELISM, 1, 3, subtask));
      part.knowledgeUntil(4_999);
      part.documentsUntil(4_999);
      for (int i = 0; i < 8; i++) {
        if (CandidatesHarness.subtaskOf("名" + i, 3) == subtask) {
          part.ask("e" + i, "名" + i, 3);
        }
      }
      answers.addAll(part.answers());
    }
    var expected = new ArrayList<String>();
    for (int i = 0; i < 8; i++) {
      expected.add("d" + i + " 名" + i + " [Q4, Q3, Q2, Q1]+1");
      expected.add("e" + i + " 名" + i + " [Q5, Q4, Q3, Q2]+2");
    }
    assertThat(answers).containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void anAliasThatTenThousandEntriesShareIsAnsweredWithTheBestAndTheCountOfTheRest()
      throws Exception {
    var harness = opened(1, 0, null);
    for (int i = 0; i < MANY; i++) {
      harness.change("王伟", "Q" + i, candidate("Q" + i, i * 7919 % MANY), Setting.ALWAYS);
    }
    harness.knowledgeUntil(3_999);
    harness.ask("d1", "王伟", 3);
    var first = harness.extractOutputValues().get(0);
    assertThat(first.candidates())
        .extracting(KbCandidate::prior)
        .containsExactly(9999.0, 9998.0, 9997.0, 9996.0);
    assertThat(first.more()).isEqualTo(MANY - 4);
    harness.change("王伟", first.candidates().get(0).id(), null, 4);
    harness.knowledgeUntil(4_999);
    harness.ask("d2", "王伟", 4);
    var second = harness.extractOutputValues().get(1);
    assertThat(second.candidates())
        .extracting(KbCandidate::prior)
        .containsExactly(9998.0, 9997.0, 9996.0, 9995.0);
    assertThat(second.more()).isEqualTo(MANY - 5);
  }

  private static KbCandidate candidate(String id, double prior) {
    return Kb.candidate(id, NameKind.ALIAS, prior);
  }

  private CandidatesHarness opened(int parallelism, int subtask, OperatorSubtaskState state)
      throws Exception {
    var harness = CandidatesHarness.open(TIME, 4, parallelism, subtask, state);
    open.add(harness);
    return harness;
  }
}
