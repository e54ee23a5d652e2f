package io.github.wenliu.operators.nil;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * How often a text was seen with a group. In state the texts seen last come first.
 *
 * @param text such as a surface
 * @param times how often
 */
public record Tally(String text, long times) {

  private static final Comparator<Tally> MOST_FIRST =
      Comparator.comparingLong(Tally::times).reversed().thenComparing(Tally::text);

  public Tally {
    if (text == null || times < 1) {
      throw new IllegalArgumentException("a tally has a text that was seen");
    }
  }

  /**
   * The tallies with a text that was seen once more. Of too many the rarest is dropped, of these
   * the one seen longest ago.
   *
   * @param most tallies that are kept
   */
  static List<Tally> with(List<Tally> tallies, String text, int most) {
    var counted = new ArrayList<Tally>(tallies.size() + 1);
    long times = 1;
    counted.add(null);
    for (Tally tally : tallies) {
      if (tally.text.equals(text)) {
        times += tally.times;
      } else {
        counted.add(tally);
      }
    }
    counted.set(0, new Tally(text, times));
    cut(counted, most);
    return counted;
  }

  /**
   * Two lists in one.
   *
   * @param newer the one whose texts count as seen later
   * @param most tallies that are kept
   */
  static List<Tally> merged(List<Tally> newer, List<Tally> older, int most) {
    var sums = new LinkedHashMap<String, Long>();
    newer.forEach(tally -> sums.merge(tally.text, tally.times, Long::sum));
    older.forEach(tally -> sums.merge(tally.text, tally.times, Long::sum));
    var tallies = new ArrayList<Tally>(sums.size());
    sums.forEach((text, times) -> tallies.add(new Tally(text, times)));
    cut(tallies, most);
    return tallies;
  }

  private static void cut(List<Tally> tallies, int most) {
    while (tallies.size() > most) {
      int rarest = tallies.size() - 1;
      for (int i = rarest - 1; i >= 0; i--) {
        rarest = tallies.get(i).times < tallies.get(rarest).times ? i : rarest;
      }
      tallies.remove(rarest);
    }
  }

  /** The tallies of half as much; what was seen once is gone. */
  static List<Tally> halved(List<Tally> tallies) {
    return tallies.stream()
        .filter(tally -> tally.times > 1)
        .map(tally -> new Tally(tally.text, tally.times / 2))
        .toList();
  }

  static long timesOf(List<Tally> tallies, String text) {
    for (Tally tally : tallies) {
      if (tally.text.equals(text)) {
        return tally.times;
      }
    }
    return 0;
  }

  /** Those seen most often, most first. */
  static List<Tally> foremost(List<Tally> tallies, int most) {
    return tallies.stream().sorted(MOST_FIRST).limit(most).toList();
  }
}
