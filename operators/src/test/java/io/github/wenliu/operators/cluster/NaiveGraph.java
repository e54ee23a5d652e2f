package io.github.wenliu.operators.cluster;

import io.github.wenliu.operators.document.CodePointOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The definition of the graph, read naively: all counts with their epochs in maps, decayed by their
 * age whenever they are looked at. Counts are exact where all ages are whole half-lives.
 */
final class NaiveGraph {

  private static final Comparator<List<String>> BY_NAMES =
      Comparator.<List<String>, String>comparing(pair -> pair.get(0), CodePointOrder::compare)
          .thenComparing(pair -> pair.get(1), CodePointOrder::compare);

  private final CommunityParameters parameters;

  /** The epoch of each part that was folded; an epoch may come in parts. */
  private final List<Long> epochs = new ArrayList<>();

  /**
   * Counts by pair and part; of a word alone by the pair of it with itself. Parts of an epoch stand
   * apart since beside counts fifty half-lives old the sum of doubles rounds with each of them.
   */
  private final Map<List<String>, Map<Integer, Long>> counts = new HashMap<>();

  private final Map<Integer, Long> contexts = new HashMap<>();
  private final Map<Integer, Long> pairs = new HashMap<>();
  private long now = Long.MIN_VALUE;
  private long pruned;

  NaiveGraph(CommunityParameters parameters) {
    this.parameters = parameters;
  }

  void fold(Contexts epoch) {
    long interval = Math.max(1, parameters.halfLifeEpochs() / 8);
    boolean sweeps = Math.floorDiv(now, interval) != Math.floorDiv(epoch.epoch(), interval);
    now = epoch.epoch();
    int part = epochs.size();
    epochs.add(now);
    contexts.merge(part, (long) epoch.words().size(), Long::sum);
    epoch
        .counts()
        .forEach(
            (pair, count) -> {
              counts
                  .computeIfAbsent(pair, key -> new HashMap<>())
                  .merge(part, (long) count, Long::sum);
              if (isEdge(pair)) {
                pairs.merge(part, (long) count, Long::sum);
              }
            });
    if (sweeps) {
      sweep(CooccurrenceGraph.FADED);
    }
    prune();
  }

  private void sweep(double least) {
    counts.entrySet().removeIf(e -> isEdge(e.getKey()) && decayed(e.getValue()) < least);
    var joined = new HashSet<String>();
    edges().forEach(joined::addAll);
    counts
        .entrySet()
        .removeIf(
            e ->
                !isEdge(e.getKey())
                    && !joined.contains(e.getKey().get(0))
                    && decayed(e.getValue()) < least);
  }

  private void prune() {
    if (edges().size() > parameters.maxEdges()) {
      var heaviest = new ArrayList<>(edges());
      heaviest.sort(
          Comparator.<List<String>>comparingDouble(pair -> -weight(pair)).thenComparing(BY_NAMES));
      int kept = parameters.maxEdges() - parameters.maxEdges() / 10;
      var weakest = heaviest.subList(kept, heaviest.size());
      pruned += weakest.size();
      weakest.forEach(counts::remove);
    }
    if (alone().size() > parameters.maxEdges()) {
      alone().forEach(counts::remove);
    }
  }

  private List<List<String>> alone() {
    var joined = new HashSet<String>();
    edges().forEach(joined::addAll);
    return counts.keySet().stream()
        .filter(pair -> !isEdge(pair) && !joined.contains(pair.get(0)))
        .toList();
  }

  private Set<List<String>> edges() {
    var edges = new HashSet<>(counts.keySet());
    edges.removeIf(pair -> !isEdge(pair));
    return edges;
  }

  private static boolean isEdge(List<String> pair) {
    return !pair.get(0).equals(pair.get(1));
  }

  double weight(List<String> pair) {
    return decayed(counts.getOrDefault(pair, Map.of()));
  }

  double contexts() {
    return decayed(contexts);
  }

  double pairs() {
    return decayed(pairs);
  }

  long pruned() {
    return pruned;
  }

  int edgeCount() {
    return edges().size();
  }

  int wordCount() {
    return counts.size() - edgeCount();
  }

  private double decayed(Map<Integer, Long> byPart) {
    double sum = 0;
    for (var entry : new TreeMap<>(byPart).entrySet()) {
      double age = now - epochs.get(entry.getKey());
      sum += entry.getValue() * Math.pow(2, -age / parameters.halfLifeEpochs());
    }
    return sum;
  }

  /** What is clustered, by pair in the order of names. */
  Map<List<String>, Double> frozen() {
    var weighted = new TreeMap<List<String>, Double>(BY_NAMES);
    for (var pair : edges()) {
      double weight =
          parameters
              .weighting()
              .weight(weight(pair), word(pair.get(0)), word(pair.get(1)), contexts(), 1);
      if (weight(pair) >= parameters.minCount()
          && !isStopped(pair.get(0))
          && !isStopped(pair.get(1))
          && weight > 0) {
        weighted.put(pair, weight);
      }
    }
    var kept = new TreeMap<>(weighted);
    kept.keySet().removeIf(p -> isBeyond(p, p.get(0), weighted) && isBeyond(p, p.get(1), weighted));
    return kept;
  }

  private double word(String name) {
    return weight(List.of(name, name));
  }

  private boolean isStopped(String name) {
    double bound = parameters.stopShare() * contexts();
    return bound >= EdgeSelection.STOP_CONTEXTS && word(name) > bound;
  }

  /** Whether a pair is not among the heaviest of one of its words. */
  private boolean isBeyond(List<String> pair, String end, Map<List<String>, Double> weighted) {
    return weighted.keySet().stream()
        .filter(other -> other.contains(end))
        .sorted(
            Comparator.<List<String>>comparingDouble(other -> -weighted.get(other))
                .thenComparing(
                    other -> other.get(other.get(0).equals(end) ? 1 : 0), CodePointOrder::compare))
        .limit(parameters.topK())
        .noneMatch(pair::equals);
  }
}
