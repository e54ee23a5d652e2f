package io.github.wenliu.operators.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** The candidates of an alias against sorting all of them. */
class AliasCandidatesPropertyTest {

  private static final int STEPS = 60;
  private static final int IDS = 12;
  private static final int MANY = 10_000;

  @Property(tries = 300)
  void theBestAreThoseOfAllThatAreThere(@ForAll Random random) throws Exception {
    int most = 1 + random.nextInt(4);
    var candidates = new AliasCandidates(most);
    var others = new MapStore();
    var naive = new HashMap<String, KbCandidate>();
    for (int i = random.nextInt(IDS); i > 0; i--) {
      var loaded = candidate("Q" + random.nextInt(IDS), random);
      naive.put(loaded.id(), loaded);
      others.put(loaded);
    }
    var known = candidates.gather(others);
    checkKnown(known, others, naive, most);
    for (int step = 0; step < STEPS; step++) {
      var id = "Q" + random.nextInt(IDS);
      var candidate = random.nextInt(3) == 0 ? null : candidate(id, random);
      known = candidates.apply(known, id, candidate, others);
      put(naive, id, candidate);
      checkKnown(known, others, naive, most);
      checkAnswer(candidates, known, others, naive, most, random);
    }
  }

  private static void checkKnown(
      KnownAlias known, MapStore others, Map<String, KbCandidate> naive, int most) {
    assertThat(known.best()).isEqualTo(best(naive, known.best().size()));
    assertThat(known.best()).hasSizeBetween(Math.min(most, naive.size()), most + 1);
    assertThat(known.others()).isEqualTo(naive.size() - known.best().size());
    assertThat(others.byId).hasSize(known.others());
    for (KbCandidate best : known.best()) {
      assertThat(others.byId).doesNotContainKey(best.id());
    }
  }

  /** Changes that are not taken over yet count as if they were. */
  private static void checkAnswer(
      AliasCandidates candidates,
      KnownAlias known,
      MapStore others,
      Map<String, KbCandidate> naive,
      int most,
      Random random)
      throws Exception {
    var then = new HashMap<>(naive);
    var changes = new ArrayList<AliasChange>();
    for (int i = random.nextInt(5); i > 0; i--) {
      var id = "Q" + random.nextInt(IDS);
      var candidate = random.nextBoolean() ? null : candidate(id, random);
      changes.add(new AliasChange("main", "名", id, candidate, 5));
      put(then, id, candidate);
    }
    var answer = candidates.answer(new AliasQuery("d-0-1", "main", "名", 5), known, changes, others);
    assertThat(answer.candidates()).isEqualTo(best(then, most));
    assertThat(answer.more()).isEqualTo(then.size() - answer.candidates().size());
  }

  @Test
  void aSmallerBoundHoldsAtOnceAndALargerOneFromTheNextChange() throws Exception {
    var others = new MapStore();
    var known = KnownAlias.NONE;
    var naive = new HashMap<String, KbCandidate>();
    for (int i = 0; i < 9; i++) {
      var candidate = Kb.candidate("Q" + i, NameKind.NAME, i);
      naive.put(candidate.id(), candidate);
      known = new AliasCandidates(4).apply(known, candidate.id(), candidate, others);
    }
    var query = new AliasQuery("d-0-1", "main", "名", 5);
    var fewer = new AliasCandidates(2);
    assertThat(fewer.answer(query, known, List.of(), others).candidates())
        .isEqualTo(best(naive, 2));
    assertThat(fewer.answer(query, known, List.of(), others).more()).isEqualTo(7);
    var last = Kb.candidate("Q9", NameKind.NAME, 0.5);
    naive.put("Q9", last);
    var six = new AliasCandidates(6).apply(known, "Q9", last, others);
    assertThat(six.best()).isEqualTo(best(naive, 7));
    assertThat(six.others()).isEqualTo(3);
  }

  /** Ten thousand entries of one name: none of them is read again to put one more in. */
  @Test
  void anAliasThatManyShareIsNotReadThroughForOneMore() throws Exception {
    var candidates = new AliasCandidates(16);
    var others = new MapStore();
    var known = KnownAlias.NONE;
    var naive = new HashMap<String, KbCandidate>();
    for (int i = 0; i < MANY; i++) {
      var candidate = Kb.candidate("Q" + i, NameKind.ALIAS, i * 7919 % MANY);
      naive.put(candidate.id(), candidate);
      known = candidates.apply(known, candidate.id(), candidate, others);
    }
    assertThat(known.best()).isEqualTo(best(naive, 20));
    assertThat(known.others()).isEqualTo(MANY - 20);
    for (int gone = 1; gone <= 5; gone++) {
      assertThat(others.readThrough).as("four stand ready for those that go").isZero();
      naive.remove(known.best().get(0).id());
      known = candidates.apply(known, known.best().get(0).id(), null, others);
    }
    assertThat(others.readThrough).isEqualTo(1);
    assertThat(known.best()).isEqualTo(best(naive, 20));
  }

  private static void put(Map<String, KbCandidate> naive, String id, KbCandidate candidate) {
    if (candidate == null) {
      naive.remove(id);
    } else {
      naive.put(id, candidate);
    }
  }

  private static List<KbCandidate> best(Map<String, KbCandidate> naive, int most) {
    return naive.values().stream().sorted(CandidateOrder.ORDER).limit(most).toList();
  }

  private static KbCandidate candidate(String id, Random random) {
    var kinds = NameKind.values();
    return Kb.candidate(id, kinds[random.nextInt(kinds.length)], random.nextInt(4));
  }

  private static final class MapStore implements CandidateStore {

    private final Map<String, KbCandidate> byId = new TreeMap<>();
    private int readThrough;

    @Override
    public boolean contains(String id) {
      return byId.containsKey(id);
    }

    @Override
    public void put(KbCandidate candidate) {
      byId.put(candidate.id(), candidate);
    }

    @Override
    public void remove(String id) {
      byId.remove(id);
    }

    @Override
    public Iterable<KbCandidate> all() {
      readThrough++;
      return List.copyOf(byId.values());
    }
  }
}
