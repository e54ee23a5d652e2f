package io.github.wenliu.models.text;

import java.lang.Character.UnicodeScript;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * How well a ranked list of words agrees with those that people wrote into the same text.
 *
 * <p>Gold are the words of two or more characters, all of them Han; <em>frequent</em> gold those
 * that occur at least {@value #FREQUENT} times, for what is rarer no list can be asked. Of the list
 * only such words are looked at, each once. {@link #precisionAt} asks whether words are gold. All
 * else is about frequent gold: that other gold words are in the list is neither good nor bad, and
 * they are skipped.
 *
 * <p>O(list).
 */
public final class WordListScore {
  /** Occurrences of a frequent gold word. */
  public static final int FREQUENT = 5;

  private final int goldWords;

  /** How many of the first {@code k} words are gold. */
  private final int[] gold;

  /** How many of the first {@code k} words are frequent gold. */
  private final int[] frequent;

  /** Words that the list's maker stands for. */
  private final int own;

  private WordListScore(int goldWords, int[] gold, int[] frequent, int own) {
    this.goldWords = goldWords;
    this.gold = gold;
    this.frequent = frequent;
    this.own = own;
  }

  /**
   * Scores a list.
   *
   * @param goldCounts every word of the gold text with its count
   * @param ranked the list, best first
   * @param own how many of these, from the first on, the list's maker takes for words
   */
  public static WordListScore of(Map<String, Integer> goldCounts, List<String> ranked, int own) {
    int goldWords =
        (int)
            goldCounts.entrySet().stream()
                .filter(entry -> entry.getValue() >= FREQUENT && isLookedAt(entry.getKey()))
                .count();
    var seen = new HashSet<String>();
    int[] gold = new int[ranked.size() + 1];
    int[] frequent = new int[ranked.size() + 1];
    int size = 0;
    int ownSize = 0;
    for (int i = 0; i < ranked.size(); i++) {
      String word = ranked.get(i);
      if (isLookedAt(word) && seen.add(word)) {
        int count = goldCounts.getOrDefault(word, 0);
        gold[size + 1] = gold[size] + (count > 0 ? 1 : 0);
        frequent[size + 1] = frequent[size] + (count >= FREQUENT ? 1 : 0);
        size++;
        ownSize += i < own ? 1 : 0;
      }
    }
    return new WordListScore(
        goldWords, Arrays.copyOf(gold, size + 1), Arrays.copyOf(frequent, size + 1), ownSize);
  }

  /** Two or more characters, all of them Han. */
  static boolean isLookedAt(String word) {
    return word.codePointCount(0, word.length()) >= 2
        && word.codePoints().allMatch(c -> UnicodeScript.of(c) == UnicodeScript.HAN);
  }

  /** Words of the list that were looked at. */
  public int words() {
    return gold.length - 1;
  }

  /** The share of gold among the first words; empty where the list is shorter. */
  public OptionalDouble precisionAt(int words) {
    return words > words()
        ? OptionalDouble.empty()
        : OptionalDouble.of((double) gold[words] / words);
  }

  /**
   * The mean, over all frequent gold words, of the precision where the list reaches each; 0 for
   * those that it does not have.
   */
  public double averagePrecision() {
    double sum = 0;
    for (int k = 1; k <= words(); k++) {
      if (frequent[k] > frequent[k - 1]) {
        sum += precision(k);
      }
    }
    return goldWords == 0 ? 0 : sum / goldWords;
  }

  /** The share of frequent gold words that are in the list. */
  public double recall() {
    return recall(words());
  }

  /** The best harmonic mean of precision and recall that any cut of the list has. */
  public double bestF1() {
    double best = 0;
    for (int k = 1; k <= words(); k++) {
      best = Math.max(best, f1(k));
    }
    return best;
  }

  /** The harmonic mean of precision and recall of what the list's maker takes for words. */
  public double ownF1() {
    return f1(own);
  }

  private double f1(int k) {
    double sum = precision(k) + recall(k);
    return sum == 0 ? 0 : 2 * precision(k) * recall(k) / sum;
  }

  private double precision(int k) {
    int lookedAt = k - gold[k] + frequent[k];
    return lookedAt == 0 ? 0 : (double) frequent[k] / lookedAt;
  }

  private double recall(int k) {
    return goldWords == 0 ? 0 : (double) frequent[k] / goldWords;
  }
}
