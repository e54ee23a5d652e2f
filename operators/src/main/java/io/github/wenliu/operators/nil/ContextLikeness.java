package io.github.wenliu.operators.nil;

import io.github.wenliu.models.text.Lexicon;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How much a mention is like a group, and a group like another, from 0 to 1; the formulas are in
 * the story of the package. O(words around the mention · words of the group); O(words of the
 * groups).
 */
final class ContextLikeness {

  /** From this likeness on a mention belongs to a group. */
  static final double ENOUGH = 0.22;

  /** From this likeness on two groups of one type are one. */
  private static final double ONE_GROUP = 0.035;

  /** The same of two groups of different types. */
  private static final double ONE_GROUP_OF_TWO_TYPES = 0.3;

  private static final double TYPE_SHARE = 0.2;
  private static final double NOTHING_KNOWN = 0.5;

  /** A word that every eighth mention has around it is as telling as one that all have. */
  private static final int USUAL = 8;

  private final Lexicon lexicon;
  private final double logTotal;

  /**
   * @param lexicon says how common words are
   */
  ContextLikeness(Lexicon lexicon) {
    this.lexicon = lexicon;
    this.logTotal = StrictMath.log(Math.max(2, lexicon.total()));
  }

  double of(UnlinkedMention mention, NilGroup group) {
    double type = Tally.timesOf(group.types(), mention.type()) > 0 ? 1 : 0;
    return TYPE_SHARE * type + (1 - TYPE_SHARE) * context(mention, group);
  }

  private double context(UnlinkedMention mention, NilGroup group) {
    double all = 0;
    double shared = 0;
    for (String word : mention.context()) {
      double weight = weight(word);
      all += weight;
      shared += weight * known(Tally.timesOf(group.context(), word), group);
    }
    return all == 0 || group.context().isEmpty() ? NOTHING_KNOWN : shared / all;
  }

  /** How surely two groups are one: from 1 on they are. */
  double oneness(NilGroup a, NilGroup b) {
    boolean isOneType = a.type().equals(b.type());
    return of(a, b) / (isOneType ? ONE_GROUP : ONE_GROUP_OF_TWO_TYPES);
  }

  private double of(NilGroup a, NilGroup b) {
    var ofA = telling(a);
    double sumA = 0;
    double sumB = 0;
    double shared = 0;
    for (double telling : ofA.values()) {
      sumA += telling;
    }
    for (var word : telling(b).entrySet()) {
      sumB += word.getValue();
      shared += Math.min(word.getValue(), ofA.getOrDefault(word.getKey(), 0.0));
    }
    double least = Math.min(sumA, sumB);
    return least == 0 ? 0 : shared / least;
  }

  /** How telling each word of a group is. */
  private Map<String, Double> telling(NilGroup group) {
    var telling = new LinkedHashMap<String, Double>();
    for (Tally word : group.context()) {
      telling.put(word.text(), weight(word.text()) * known(word.times(), group));
    }
    return telling;
  }

  private static double known(long times, NilGroup group) {
    return Math.min(1, (double) USUAL * times / group.window());
  }

  private double weight(String word) {
    double rarity = logTotal - StrictMath.log(Math.max(1, lexicon.normalizedCount(word)));
    double share = rarity / logTotal;
    return share * share;
  }
}
