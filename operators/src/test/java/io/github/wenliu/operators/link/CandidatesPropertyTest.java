package io.github.wenliu.operators.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wenliu.operators.document.EpochTime;
import io.github.wenliu.operators.document.Setting;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * An answer is a function of the changes and of what the question is entitled to: how both inputs
 * and their watermarks interleave, and where a checkpoint is restored, makes no difference.
 */
class CandidatesPropertyTest {

  private static final EpochTime TIME = new EpochTime(500, 60_000, 1_000, 2);
  private static final List<String> ALIASES = List.of("鲁迅", "茅盾");
  private static final int EPOCHS = 8;
  private static final int MOST = 2;

  private interface Step {
    void takenBy(CandidatesHarness harness) throws Exception;
  }

  @Property(tries = 30)
  void anyInterleavingThatRespectsTheWatermarksGivesTheSameAnswers(@ForAll Random random)
      throws Exception {
    var changes = changes(random);
    var queries = queries(random);
    var expected = queries.stream().map(query -> expected(query, changes)).toList();
    assertThat(run(changes, queries, random, false))
        .hasSameElementsAs(expected)
        .hasSameSizeAs(expected);
    assertThat(run(changes, queries, random, true))
        .hasSameElementsAs(expected)
        .hasSameSizeAs(expected);
  }

  /** In ascending order of epochs. */
  private static List<AliasChange> changes(Random random) {
    var changes = new ArrayList<AliasChange>();
    for (long epoch = 0; epoch < EPOCHS; epoch++) {
      for (int i = random.nextInt(8); i > 0; i--) {
        var id = "Q" + random.nextInt(5);
        var candidate =
            random.nextInt(3) == 0 ? null : Kb.candidate(id, NameKind.NAME, random.nextInt(9));
        changes.add(
            new AliasChange(
                "main",
                ALIASES.get(random.nextInt(2)),
                id,
                candidate,
                epoch == 0 ? Setting.ALWAYS : epoch));
      }
    }
    return changes;
  }

  /** As documents ask that come no more than one epoch out of order. */
  private static List<AliasQuery> queries(Random random) {
    var queries = new ArrayList<AliasQuery>();
    for (int i = 0; i < 30; i++) {
      long epoch = Math.max(0, i * (EPOCHS + 2) / 30 - random.nextInt(2));
      queries.add(
          new AliasQuery(
              "d" + i, "main", ALIASES.get(random.nextInt(2)), TIME.entitledEpoch(epoch)));
    }
    return queries;
  }

  private static String expected(AliasQuery query, List<AliasChange> changes) {
    var there = new HashMap<String, KbCandidate>();
    for (AliasChange change : changes) {
      if (change.alias().equals(query.alias()) && change.epoch() <= query.entitled()) {
        there.put(change.id(), change.candidate());
      }
    }
    there.values().removeIf(candidate -> candidate == null);
    var best = there.values().stream().sorted(CandidateOrder.ORDER).limit(MOST).toList();
    return query.document()
        + " "
        + query.alias()
        + " "
        + best.stream().map(KbCandidate::id).toList()
        + "+"
        + (there.size() - best.size());
  }

  private static List<String> run(
      List<AliasChange> changes, List<AliasQuery> queries, Random random, boolean restoring)
      throws Exception {
    var changeSteps = changeSteps(changes);
    var querySteps = querySteps(queries);
    int restoreAt = restoring ? random.nextInt(changeSteps.size() + querySteps.size()) : -1;
    var answers = new ArrayList<String>();
    var harness = CandidatesHarness.open(TIME, MOST, 1, 0, null);
    try {
      for (int step = 0; !changeSteps.isEmpty() || !querySteps.isEmpty(); step++) {
        if (step == restoreAt) {
          var state = harness.snapshot(1, 1);
          answers.addAll(harness.answers());
          harness.close();
          harness = CandidatesHarness.open(TIME, MOST, 1, 0, state);
        }
        boolean asks = changeSteps.isEmpty() || (!querySteps.isEmpty() && random.nextBoolean());
        (asks ? querySteps : changeSteps).remove().takenBy(harness);
      }
      // A watermark is not part of a checkpoint: the inputs say again that they have ended.
      harness.documentsUntil(Long.MAX_VALUE);
      harness.knowledgeUntil(Long.MAX_VALUE);
      answers.addAll(harness.answers());
      return answers;
    } finally {
      harness.close();
    }
  }

  /** Each change, and behind it the largest watermark that passes no epoch of one to come. */
  private static Queue<Step> changeSteps(List<AliasChange> changes) {
    var steps = new ArrayDeque<Step>();
    for (int i = 0; i < changes.size(); i++) {
      var change = changes.get(i);
      long next = i + 1 < changes.size() ? changes.get(i + 1).epoch() : EPOCHS;
      steps.add(
          harness ->
              harness.change(change.alias(), change.id(), change.candidate(), change.epoch()));
      if (next != Setting.ALWAYS) {
        steps.add(harness -> harness.knowledgeUntil(TIME.lastMillisOf(next) - 1));
      }
    }
    steps.add(harness -> harness.knowledgeUntil(Long.MAX_VALUE));
    return steps;
  }

  /** Each question, and behind it the largest watermark that makes no document to come late. */
  private static Queue<Step> querySteps(List<AliasQuery> queries) {
    var steps = new ArrayDeque<Step>();
    for (int i = 0; i < queries.size(); i++) {
      var query = queries.get(i);
      long oldestToCome =
          queries.subList(i, queries.size()).stream()
              .skip(1)
              .mapToLong(next -> next.entitled() + TIME.lag())
              .min()
              .orElse(EPOCHS + 2);
      steps.add(harness -> harness.ask(query.document(), query.alias(), query.entitled()));
      steps.add(harness -> harness.documentsUntil(TIME.lastMillisOf(oldestToCome) - 1));
    }
    steps.add(harness -> harness.documentsUntil(Long.MAX_VALUE));
    return steps;
  }
}
