package io.github.wenliu.models.link;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What annotated texts say of names: how often something was seen, and how often it was a mention
 * that meant something. As a file: {@code kind<TAB>key<TAB>seen<TAB>linked} a line, sorted. O(1) a
 * look-up. Not thread-safe while it is being counted.
 */
public final class LinkStatistics {

  /** Key: a string that stands in the text. Linked: where it is a mention. */
  public static final String SURFACE = "surface";

  /** Key: a surface and the id of an entry, a tabulator's place taken by {@link #SEPARATOR}. */
  public static final String NAME = "name";

  /** Key: id of an entry. Linked: where it is meant. */
  public static final String ENTRY = "entry";

  /** Key: the symbol before a string that has entries. Linked: where the string is a mention. */
  public static final String LEFT = "left";

  /** Key: the symbol behind such a string. */
  public static final String RIGHT = "right";

  /** Key: two symbols before such a string. */
  public static final String FAR_LEFT = "left2";

  /** Key: two symbols behind such a string. */
  public static final String FAR_RIGHT = "right2";

  /** Key: the last symbol of such a string. */
  public static final String LAST = "last";

  /** Key: the end of a candidate's description. Linked: where the candidate is meant. */
  public static final String DESCRIPTION = "description";

  /** Key: a type of a candidate. Linked: where the candidate is meant. */
  public static final String TYPE = "type";

  /** Key: type of the extractor and type of a candidate, with {@link #SEPARATOR} between. */
  public static final String AGREEMENT = "agreement";

  public static final char SEPARATOR = '\u0001';

  /** Nothing learned. */
  public static final LinkStatistics NONE = new LinkStatistics();

  private static final Count ZERO = new Count(0, 0);

  /**
   * How often something was seen.
   *
   * @param seen at all
   * @param linked as (part of) a mention that means an entry
   */
  public record Count(long seen, long linked) {

    private Count plus(Count other) {
      return new Count(seen + other.seen, linked + other.linked);
    }

    private Count minus(Count other) {
      return new Count(Math.max(0, seen - other.seen), Math.max(0, linked - other.linked));
    }

    /**
     * The smoothed share of links.
     *
     * @param share that is expected where nothing was seen
     * @param weight of that expectation, in observations
     */
    public double rate(double share, double weight) {
      return (linked + share * weight) / (seen + weight);
    }
  }

  private final Map<String, Map<String, Count>> counts = new HashMap<>();

  /** Surfaces by the id of the entry that they mean. */
  private final Map<String, List<String>> names = new HashMap<>();

  /** Adds an observation. */
  public void add(String kind, String key, boolean linked) {
    add(kind, key, new Count(1, linked ? 1 : 0));
  }

  private void add(String kind, String key, Count count) {
    var of = counts.computeIfAbsent(kind, k -> new HashMap<>());
    var before = of.put(key, of.getOrDefault(key, ZERO).plus(count));
    if (kind.equals(NAME) && before == null && count.linked > 0) {
      int at = key.indexOf(SEPARATOR);
      names
          .computeIfAbsent(key.substring(at + 1), id -> new ArrayList<>())
          .add(key.substring(0, at));
    }
  }

  /** Adds everything that another one has counted. */
  public void add(LinkStatistics other) {
    other.counts.forEach((kind, of) -> of.forEach((key, count) -> add(kind, key, count)));
  }

  public Count of(String kind, String key) {
    return counts.getOrDefault(kind, Map.of()).getOrDefault(key, ZERO);
  }

  /** The same without what another one has counted. */
  public Count without(LinkStatistics own, String kind, String key) {
    return own.counts.isEmpty() ? of(kind, key) : of(kind, key).minus(own.of(kind, key));
  }

  /** What an entry is called in annotated texts, as counted first to last. */
  public List<String> namesOf(String id) {
    return Collections.unmodifiableList(names.getOrDefault(id, List.of()));
  }

  /** The entries that annotated texts have names of. */
  public Set<String> named() {
    return Collections.unmodifiableSet(names.keySet());
  }

  /** A surface and an entry as a key. */
  public static String pair(String first, String second) {
    return first + SEPARATOR + second;
  }

  /** Reads what {@link #toString} wrote. */
  public static LinkStatistics read(byte[] file) {
    var read = new LinkStatistics();
    new String(file, StandardCharsets.UTF_8)
        .lines()
        .forEach(
            line -> {
              var fields = line.split("\t", -1);
              if (fields.length != 4) {
                throw new IllegalArgumentException(
                    "expected four fields a line but found " + fields.length);
              }
              read.add(
                  fields[0],
                  fields[1],
                  new Count(Long.parseLong(fields[2]), Long.parseLong(fields[3])));
            });
    return read;
  }

  /** All counts, a line each, sorted. */
  @Override
  public String toString() {
    var lines = new StringBuilder();
    new TreeMap<>(counts)
        .forEach(
            (kind, of) ->
                new TreeMap<>(of)
                    .forEach(
                        (key, count) ->
                            lines
                                .append(kind)
                                .append('\t')
                                .append(key)
                                .append('\t')
                                .append(count.seen)
                                .append('\t')
                                .append(count.linked)
                                .append('\n')));
    return lines.toString();
  }
}
