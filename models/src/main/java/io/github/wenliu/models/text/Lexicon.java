package io.github.wenliu.models.text;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ObjLongConsumer;

/**
 * An immutable dictionary from words to counts, laid out as a trie for the segmenter's inner loop.
 *
 * <p>Words are stored in their normalised form (see {@link NormalizedText}) and may mix Han and
 * Latin: 村BA is {@code 村ba}. The trie's edges live in one hash table keyed by node and character; a
 * step costs one probe, building costs one per character, about a second for a million words.
 */
public final class Lexicon {
  private static final int FILTER_BITS = 2;
  private static final int FILTER_PLACES = 1 << FILTER_BITS;
  private static final Lexicon EMPTY = of(Map.of());
  private static final int CHARACTERS = 1 << 16;
  private static final int CHILD_BITS = 24;
  private static final int MAX_NODES = 1 << CHILD_BITS;
  private static final long CHILD_MASK = MAX_NODES - 1;

  /** Characters of the longest word that is kept; longer ones are refused. */
  static final int MAX_WORD = 64;

  private final String version;

  /** Node that the word's first character leads to; 0, the root, means none. */
  private final int[] root;

  /**
   * Open addressing: {@code parent << 40 | character << 24 | child}; 0 is a free place. The length
   * is a power of two, at most two thirds of it in use.
   */
  private final long[] edges;

  private final int shift;

  /**
   * One bit for each place of a table four times as large, set where an edge would be: most steps
   * lead nowhere, and this says so from a table that stays in the processor's cache.
   */
  private final long[] filter;

  /** Count of the word that ends at a node; 0 where none ends. */
  private final long[] counts;

  private final int size;
  private final long total;

  /** What a segmenter made of these counts as extra words. */
  private volatile ExtraCosts extraCosts;

  private Lexicon(String version, Builder from) {
    this.version = version;
    this.root = from.root;
    this.edges = from.edges;
    this.shift = from.shift;
    this.filter = new long[edges.length * FILTER_PLACES / Long.SIZE];
    for (long edge : edges) {
      if (edge != 0) {
        int place = filterPlace(hash(edge >>> CHILD_BITS), shift);
        filter[place / Long.SIZE] |= 1L << place;
      }
    }
    this.counts = Arrays.copyOf(from.counts, from.nodes);
    this.size = from.size;
    this.total = from.total;
  }

  /** The lexicon shipped with this jar, loaded and checked once per JVM. */
  public static Lexicon base() {
    return BaseLexicon.shipped().lexicon();
  }

  public static Lexicon empty() {
    return EMPTY;
  }

  /**
   * A lexicon of the given words. Words that normalise to the same form are added up; words without
   * normalised characters, or with more than {@value #MAX_WORD} UTF-16 units of them, are left out.
   */
  public static Lexicon of(Map<String, Long> words) {
    return of("unversioned", words);
  }

  public static Lexicon of(String version, Map<String, Long> words) {
    var builder = new Builder(words.size());
    words.forEach(
        (word, count) -> {
          String normalized = NormalizedText.normalize(word);
          if (!normalized.isEmpty() && normalized.length() <= MAX_WORD) {
            builder.add(normalized, count);
          }
        });
    return builder.build(version);
  }

  /** Names the counts, for output events: {@code base-v1}. */
  public String version() {
    return version;
  }

  /** The number of words. */
  public int size() {
    return size;
  }

  /** The sum of all counts. */
  public long total() {
    return total;
  }

  /** The count of a word, 0 where it is not known; any spelling that normalises to it will do. */
  public long count(String word) {
    return normalizedCount(NormalizedText.normalize(word));
  }

  /** Whether the word is known, in any spelling. */
  public boolean contains(String word) {
    return count(word) > 0;
  }

  /** The count of a word that is already in its normalised form. */
  public long normalizedCount(String word) {
    return counts[node(word)];
  }

  /** Every word with its count, in the order of its UTF-16 units. */
  public void forEach(ObjLongConsumer<String> action) {
    var words = new TreeMap<String, Long>();
    int[] parent = new int[counts.length];
    char[] character = new char[counts.length];
    for (int c = 0; c < CHARACTERS; c++) {
      character[root[c]] = (char) c;
    }
    for (long edge : edges) {
      int child = (int) (edge & CHILD_MASK);
      parent[child] = (int) (edge >>> 40);
      character[child] = edge == 0 ? character[child] : (char) (edge >>> CHILD_BITS);
    }
    for (int node = 1; node < counts.length; node++) {
      if (counts[node] > 0) {
        var word = new StringBuilder();
        for (int up = node; up != 0; up = parent[up]) {
          word.append(character[up]);
        }
        words.put(word.reverse().toString(), counts[node]);
      }
    }
    words.forEach(action::accept);
  }

  /** All words, in the order of their UTF-16 units. */
  public Set<String> words() {
    var words = new LinkedHashSet<String>();
    forEach((word, count) -> words.add(word));
    return words;
  }

  /** The node after one more character, 0 where no word goes on like this; the root is 0. */
  int child(int node, char c) {
    if (node == 0) {
      return root[c];
    }
    long key = (long) node << 16 | c;
    long hash = hash(key);
    int place = filterPlace(hash, shift);
    if ((filter[place / Long.SIZE] & 1L << place) == 0) {
      return 0;
    }
    int mask = edges.length - 1;
    for (int at = (int) (hash >>> shift); ; at = at + 1 & mask) {
      long edge = edges[at];
      if (edge >>> CHILD_BITS == key) {
        return (int) (edge & CHILD_MASK);
      }
      if (edge == 0) {
        return 0;
      }
    }
  }

  private static long hash(long key) {
    return key * 0x9E3779B97F4A7C15L;
  }

  private static int filterPlace(long hash, int shift) {
    return (int) (hash >>> shift - FILTER_BITS);
  }

  /** The node at which a word in normalised form ends, 0 where it is not known. */
  int node(String word) {
    int node = 0;
    for (int i = 0; i < word.length(); i++) {
      node = child(node, word.charAt(i));
      if (node == 0) {
        return 0;
      }
    }
    return counts[node] > 0 ? node : 0;
  }

  /** The number of nodes, root included. */
  int nodes() {
    return counts.length;
  }

  /** The count of the word that ends at a node, 0 for none. */
  long countAt(int node) {
    return counts[node];
  }

  /** What a segmenter's extra words cost, by node; 0 where it has not met the word yet. */
  int[] extraCosts(Segmenter segmenter) {
    ExtraCosts known = extraCosts;
    if (known == null || known.segmenter() != segmenter) {
      known = new ExtraCosts(segmenter, new int[nodes()]);
      extraCosts = known;
    }
    return known.costs();
  }

  private record ExtraCosts(Segmenter segmenter, int[] costs) {}

  /** Collects normalised words; used once. */
  static final class Builder {
    private final int[] root = new int[CHARACTERS];
    private long[] edges;
    private int shift;
    private int edgeCount;
    private long[] counts;
    private int nodes = 1;
    private int size;
    private long total;

    Builder(int expectedWords) {
      int bits = 32 - Integer.numberOfLeadingZeros(Math.max(16, expectedWords * 3));
      this.edges = new long[1 << bits];
      this.shift = 64 - bits;
      this.counts = new long[Math.max(16, expectedWords * 2)];
    }

    /** Adds to the count of a word in normalised form. */
    void add(String word, long count) {
      if (word.isEmpty() || word.length() > MAX_WORD) {
        throw new IllegalArgumentException(
            "A word has 1 to " + MAX_WORD + " UTF-16 units, not " + word.length());
      }
      if (count <= 0) {
        throw new IllegalArgumentException("A word's count is positive, not " + count);
      }
      int node = 0;
      for (int i = 0; i < word.length(); i++) {
        node = childOrNew(node, word.charAt(i));
      }
      size += counts[node] == 0 ? 1 : 0;
      counts[node] += count;
      total += count;
    }

    Lexicon build(String version) {
      return new Lexicon(version, this);
    }

    private int childOrNew(int node, char c) {
      if (node == 0) {
        if (root[c] == 0) {
          root[c] = newNode();
        }
        return root[c];
      }
      long key = (long) node << 16 | c;
      int at = place(key);
      if (edges[at] != 0) {
        return (int) (edges[at] & CHILD_MASK);
      }
      int child = newNode();
      edges[at] = key << CHILD_BITS | child;
      edgeCount++;
      if (edgeCount * 3L > edges.length * 2L) {
        grow();
      }
      return child;
    }

    private int place(long key) {
      int mask = edges.length - 1;
      int at = (int) (hash(key) >>> shift);
      while (edges[at] != 0 && edges[at] >>> CHILD_BITS != key) {
        at = at + 1 & mask;
      }
      return at;
    }

    private void grow() {
      long[] old = edges;
      edges = new long[old.length * 2];
      shift--;
      for (long edge : old) {
        if (edge != 0) {
          edges[place(edge >>> CHILD_BITS)] = edge;
        }
      }
    }

    private int newNode() {
      if (nodes == MAX_NODES) {
        throw new IllegalArgumentException("A lexicon holds less than 16,777,216 prefixes");
      }
      if (nodes == counts.length) {
        counts = Arrays.copyOf(counts, nodes * 2);
      }
      return nodes++;
    }
  }
}
