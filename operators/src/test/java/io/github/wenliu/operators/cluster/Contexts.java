package io.github.wenliu.operators.cluster;

import io.github.wenliu.operators.document.CodePointOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/**
 * What an epoch is counted from: contexts, each a set of words.
 *
 * @param epoch the epoch
 * @param words of each context
 */
record Contexts(long epoch, List<Set<String>> words) {

  /** Few enough that they meet again, in an order in which code points and UTF-16 units differ. */
  static final List<String> WORDS =
      List.of("内卷", "躺平", "村BA", "Ａ", "𠮷野", "😀", "淄博", "烧烤", "特种兵", "旅游", "a", "");

  /**
   * Epochs in ascending order, some of them twice.
   *
   * @param unit what all of them are multiples of
   */
  static Arbitrary<List<Contexts>> epochs(int unit, int longestStep) {
    var context = Arbitraries.of(WORDS).set().ofMaxSize(6);
    Arbitrary<Long> steps = Arbitraries.longs().between(0, longestStep).map(step -> step * unit);
    return Combinators.combine(steps, context.list().ofMaxSize(8))
        .as(Contexts::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(12)
        .flatMap(
            list ->
                Arbitraries.longs()
                    .between(-100_000, 100_000)
                    .map(start -> sum(start * unit, list)));
  }

  private static List<Contexts> sum(long start, List<Contexts> steps) {
    var epochs = new ArrayList<Contexts>();
    long epoch = start;
    for (var step : steps) {
      epoch += step.epoch;
      epochs.add(new Contexts(epoch, step.words));
    }
    return epochs;
  }

  /** In how many contexts each pair stands; a word with itself in those that it stands in. */
  Map<List<String>, Integer> counts() {
    var counts = new HashMap<List<String>, Integer>();
    for (var context : words) {
      for (String one : context) {
        for (String other : context) {
          if (CodePointOrder.compare(one, other) <= 0) {
            counts.merge(List.of(one, other), 1, Integer::sum);
          }
        }
      }
    }
    return counts;
  }

  /** The counts, with words, entries and the ends of each in any order. */
  EdgeCounts shuffled(Random random) {
    var names = new ArrayList<String>();
    var numbers = new TreeMap<String, Integer>();
    words.forEach(context -> context.forEach(word -> numbers.put(word, 0)));
    names.addAll(numbers.keySet());
    Collections.shuffle(names, random);
    for (int i = 0; i < names.size(); i++) {
      numbers.put(names.get(i), i);
    }
    var entries = new ArrayList<>(counts().entrySet());
    Collections.shuffle(entries, random);
    int size = entries.size();
    int spare = random.nextInt(3);
    int[] first = new int[size + spare];
    int[] second = new int[size + spare];
    int[] counts = new int[size + spare];
    for (int i = 0; i < size; i++) {
      int flip = random.nextInt(2);
      first[i] = numbers.get(entries.get(i).getKey().get(flip));
      second[i] = numbers.get(entries.get(i).getKey().get(1 - flip));
      counts[i] = entries.get(i).getValue();
    }
    return new EdgeCounts(names.toArray(String[]::new), size, first, second, counts);
  }

  /** The same at another epoch. */
  Contexts at(long other) {
    return new Contexts(other, words);
  }

  /** Adds the epoch to a graph. */
  void foldInto(CooccurrenceGraph graph, Random random) {
    graph.fold(epoch, words.size(), shuffled(random));
  }
}
