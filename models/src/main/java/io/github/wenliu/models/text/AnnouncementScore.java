package io.github.wenliu.models.text;

import java.lang.Character.UnicodeScript;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * How soon and how rightly words are announced while a text is being read.
 *
 * <p>Gold are the words that people wrote into the text, of two or more characters, all of them
 * Han; other words that are announced are not looked at. <em>Planted</em> are gold words that the
 * text did not have before some place: for them it can be told how often they had to occur. What is
 * announced without being gold is a false alarm, once however often.
 *
 * <p>Read sentences, then tell what was said after them, and so on. O(text).
 */
public final class AnnouncementScore {

  /** Occurrences of a gold word that a stream is expected to find. */
  public static final int FREQUENT = 20;

  /** Occurrences within which a planted word is found soon. */
  public static final int SOON = 10;

  private static final double PER = 100_000;

  /** Occurrences of planted words with which a class begins. */
  private static final List<Integer> CLASSES = List.of(1, 10, 20, 50);

  private final Map<String, Integer> planted;
  private final Map<String, Integer> counts = new HashMap<>();

  /** Occurrences that a planted word had when it was first announced. */
  private final Map<String, Integer> foundAt = new HashMap<>();

  private final Set<String> announced = new HashSet<>();
  private final Set<String> live = new HashSet<>();
  private long retractions;
  private long hanCharacters;

  /**
   * @param planted planted words with all their occurrences
   */
  public AnnouncementScore(Map<String, Integer> planted) {
    this.planted = Map.copyOf(planted);
  }

  /** Takes in a sentence of gold words. */
  public void read(List<String> words) {
    for (String word : words) {
      counts.merge(word, 1, Integer::sum);
      hanCharacters += word.codePoints().filter(AnnouncementScore::isHan).count();
    }
  }

  private static boolean isHan(int codePoint) {
    return UnicodeScript.of(codePoint) == UnicodeScript.HAN;
  }

  /** Behind what was read so far, something is said to be a word. */
  public void announce(String word) {
    if (!WordListScore.isLookedAt(word)) {
      return;
    }
    live.add(word);
    if (announced.add(word) && planted.containsKey(word)) {
      foundAt.put(word, counts.getOrDefault(word, 0));
    }
  }

  /** It is said to be none any more. */
  public void retract(String word) {
    if (live.remove(word)) {
      retractions++;
    }
  }

  /**
   * How planted words of a class were found.
   *
   * @param label the occurrences that they have in all
   * @param words how many there are
   * @param found share of those that were announced
   * @param foundSoon share of those that were announced by their tenth occurrence
   * @param median occurrences at which those that were found were announced, the lower middle one;
   *     empty if none was
   */
  public record Found(
      String label, int words, double found, double foundSoon, OptionalDouble median) {}

  /** Planted words by how often they occur, those of no class left out; last all of them. */
  public List<Found> planted() {
    var result = new ArrayList<Found>();
    for (int i = 0; i < CLASSES.size(); i++) {
      int least = CLASSES.get(i);
      boolean isLast = i == CLASSES.size() - 1;
      int most = isLast ? Integer.MAX_VALUE : CLASSES.get(i + 1) - 1;
      if (planted.values().stream().anyMatch(count -> count >= least && count <= most)) {
        result.add(found(isLast ? least + "+" : least + "-" + most, least, most));
      }
    }
    result.add(found("all", 0, Integer.MAX_VALUE));
    return result;
  }

  private Found found(String label, int least, int most) {
    var words =
        planted.entrySet().stream()
            .filter(entry -> entry.getValue() >= least && entry.getValue() <= most)
            .map(Map.Entry::getKey)
            .toList();
    int[] occurrences =
        words.stream().filter(foundAt::containsKey).mapToInt(foundAt::get).sorted().toArray();
    long soon = words.stream().filter(word -> foundAt.getOrDefault(word, SOON + 1) <= SOON).count();
    return new Found(
        label,
        words.size(),
        share(occurrences.length, words.size()),
        share(soon, words.size()),
        occurrences.length == 0
            ? OptionalDouble.empty()
            : OptionalDouble.of(occurrences[(occurrences.length - 1) / 2]));
  }

  /** Words that were announced and are not gold, for each 100,000 Han characters. */
  public double falseAlarms() {
    long wrong = announced.stream().filter(word -> !counts.containsKey(word)).count();
    return hanCharacters == 0 ? 0 : PER * wrong / hanCharacters;
  }

  /** The share of gold among the words that were announced and not taken back. */
  public double livePrecision() {
    return share(live.stream().filter(counts::containsKey).count(), live.size());
  }

  /** The share of the gold words of twenty and more occurrences that were announced. */
  public double recall() {
    var frequent =
        counts.entrySet().stream()
            .filter(entry -> entry.getValue() >= FREQUENT)
            .map(Map.Entry::getKey)
            .filter(WordListScore::isLookedAt)
            .toList();
    return share(frequent.stream().filter(announced::contains).count(), frequent.size());
  }

  /** Different words that were announced. */
  public int announced() {
    return announced.size();
  }

  /** How often a word was taken back. */
  public long retractions() {
    return retractions;
  }

  /** Han characters read. */
  public long hanCharacters() {
    return hanCharacters;
  }

  private static double share(long part, long whole) {
    return whole == 0 ? 0 : (double) part / whole;
  }
}
