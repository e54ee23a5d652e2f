package io.github.wenliu.operators.link;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * Keeps the entries of an alias: the best of them together, so that an answer is one read; the
 * others each for itself, so that an alias that ten thousand entries share costs no more to change
 * than one of ten. Of the best there are some more than are weighed, to take the place of those
 * that go or get worse: only when these are used up all others are looked at. A larger bound counts
 * for an alias from its next change on.
 */
final class AliasCandidates {

  private final int most;

  /** How many are kept together, if there are as many. */
  private final int kept;

  /**
   * @param most entries of an alias that are weighed
   */
  AliasCandidates(int most) {
    this.most = most;
    this.kept = most + Math.max(1, most / 4);
  }

  /** Chooses the best of an alias whose entries all are among the others. */
  KnownAlias gather(CandidateStore others) throws Exception {
    var known = first(kept, Set.of(), others);
    for (KbCandidate candidate : known.best()) {
      others.remove(candidate.id());
    }
    return known;
  }

  /**
   * Takes a change of one entry.
   *
   * @param candidate the entry as it stands here now; {@code null} if it does no more
   */
  KnownAlias apply(KnownAlias known, String id, KbCandidate candidate, CandidateStore others)
      throws Exception {
    var best = new ArrayList<>(known.best());
    int count = known.others();
    boolean wasBest = best.removeIf(former -> former.id().equals(id));
    if (!wasBest && count > 0 && others.contains(id)) {
      others.remove(id);
      count--;
    }
    boolean isLast = false;
    if (candidate != null) {
      best.add(candidate);
      best.sort(CandidateOrder.ORDER);
      isLast = best.get(best.size() - 1) == candidate;
    }
    // It is better than all others for sure only where it stands before another of the best.
    boolean isInDoubt = isLast && count > 0;
    while (best.size() > kept || isInDoubt) {
      others.put(best.remove(best.size() - 1));
      count++;
      isInDoubt = false;
    }
    if (best.size() < most && count > 0) {
      for (KbCandidate next : first(kept - best.size(), Set.of(), others).best()) {
        others.remove(next.id());
        best.add(next);
        count--;
      }
    }
    return new KnownAlias(best, count);
  }

  /**
   * Answers a question.
   *
   * @param changes that count for it beside what is known, in the order in which they came
   */
  AliasAnswer answer(
      AliasQuery query, KnownAlias known, Collection<AliasChange> changes, CandidateStore others)
      throws Exception {
    var shown = new ArrayList<>(known.best());
    int all = known.best().size() + known.others();
    if (!changes.isEmpty()) {
      var changed = new HashMap<String, KbCandidate>();
      changes.forEach(change -> changed.put(change.id(), change.candidate()));
      shown.removeIf(candidate -> changed.containsKey(candidate.id()));
      int gone = known.best().size() - shown.size();
      all += come(changed) - gone;
      if (known.others() > 0) {
        all -= countIn(others, without(changed.keySet(), known.best()));
        if (shown.size() < most) {
          shown.addAll(first(most - shown.size(), changed.keySet(), others).best());
        }
      }
      changed.values().stream().filter(candidate -> candidate != null).forEach(shown::add);
      shown.sort(CandidateOrder.ORDER);
    }
    if (shown.size() > most) {
      shown.subList(most, shown.size()).clear();
    }
    return new AliasAnswer(query.document(), query.alias(), shown, all - shown.size());
  }

  private static int come(Map<String, KbCandidate> changed) {
    return (int) changed.values().stream().filter(candidate -> candidate != null).count();
  }

  private static Set<String> without(Set<String> ids, List<KbCandidate> candidates) {
    var rest = new HashSet<>(ids);
    candidates.forEach(candidate -> rest.remove(candidate.id()));
    return rest;
  }

  private static int countIn(CandidateStore others, Set<String> ids) throws Exception {
    int count = 0;
    for (String id : ids) {
      count += others.contains(id) ? 1 : 0;
    }
    return count;
  }

  /** The first ones of the others, and how many more there are. */
  private static KnownAlias first(int count, Set<String> but, CandidateStore others)
      throws Exception {
    var first = new PriorityQueue<>(CandidateOrder.ORDER.reversed());
    int more = 0;
    for (KbCandidate candidate : others.all()) {
      if (!but.contains(candidate.id())) {
        first.add(candidate);
        if (first.size() > count) {
          first.remove();
          more++;
        }
      }
    }
    var inOrder = new ArrayList<>(first);
    inOrder.sort(CandidateOrder.ORDER);
    return new KnownAlias(inOrder, more);
  }
}
