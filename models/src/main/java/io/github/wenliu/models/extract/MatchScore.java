package io.github.wenliu.models.extract;

import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Precision, recall and F1 of things that are either found exactly or not, over all documents
 * together (micro average), in all and by type.
 *
 * @param <T> what is found; equal if it is the same
 */
public final class MatchScore<T> {
  private final Function<T, String> typeOf;
  private final Counts total = new Counts();
  private final Map<String, Counts> byType = new TreeMap<>();

  /** How many things there are. */
  public static final class Counts {
    private long gold;
    private long found;
    private long right;

    private Counts() {}

    /** Things that there are. */
    public long gold() {
      return gold;
    }

    /** Things that were found, rightly or not. */
    public long found() {
      return found;
    }

    /** Things that were found and are there. */
    public long right() {
      return right;
    }

    /** Share of what was found that is right; 0 where nothing was found. */
    public double precision() {
      return found == 0 ? 0 : (double) right / found;
    }

    /** Share of what there is that was found; 0 where there is nothing. */
    public double recall() {
      return gold == 0 ? 0 : (double) right / gold;
    }

    /** Harmonic mean of both. */
    public double f1() {
      return gold + found == 0 ? 0 : 2.0 * right / (gold + found);
    }
  }

  public MatchScore(Function<T, String> typeOf) {
    this.typeOf = typeOf;
  }

  /** Counts a document. */
  public void add(Set<T> gold, Set<T> found) {
    for (T one : gold) {
      total.gold++;
      ofType(one).gold++;
    }
    for (T one : found) {
      total.found++;
      ofType(one).found++;
      if (gold.contains(one)) {
        total.right++;
        ofType(one).right++;
      }
    }
  }

  private Counts ofType(T one) {
    return byType.computeIfAbsent(typeOf.apply(one), type -> new Counts());
  }

  /** All types together. */
  public Counts total() {
    return total;
  }

  /** Each type that there is or that was found, sorted. */
  public Map<String, Counts> byType() {
    return Collections.unmodifiableMap(byType);
  }
}
