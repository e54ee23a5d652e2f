package io.github.wenliu.models.text;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
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
 * step costs one probe, building costs one per character, about a second for a million words. A
 * changed copy ({@link #with}) costs a copy of the arrays and one probe per changed character.
 *
 * <p>Memory: 256 KiB; an edge for each distinct prefix of at least two characters, 12 to 24 bytes
 * by how full the table is and a sixteenth for its filter; and 8 bytes a node for its count. Once a
 * segmenter has met the words as extra ones, 4 bytes a node and 1 to 2 a word more.
 */
public final class Lexicon {
  private static final int FILTER_BITS = 2;
  static final int FILTER_PLACES = 1 << FILTER_BITS;
  private static final Lexicon EMPTY = of(Map.of());
  static final int CHARACTERS = 1 << 16;
  static final int CHILD_BITS = 24;
  private static final int PARENT_SHIFT = CHILD_BITS + Character.SIZE;
  static final int MAX_NODES = 1 << CHILD_BITS;
  static final long CHILD_MASK = MAX_NODES - 1;

  /** Characters of the longest word that is kept; longer ones are refused. */
  static final int MAX_WORD = 64;

  private final String version;

  /** Node that the word's first character leads to; 0, the root, means none. */
  final int[] root;

  /**
   * Open addressing: {@code parent << 40 | character << 24 | child}; 0 is a free place. The length
   * is a power of two, at most two thirds of it in use.
   */
  final long[] edges;

  /** Edges in the table: those that do not start at the root. */
  final int edgeCount;

  final int shift;

  /**
   * One bit for each place of a table four times as large, set where an edge would be: most steps
   * lead nowhere, and this says so from a table that stays in the processor's cache.
   */
  final long[] filter;

  /** Count of the word that ends at a node; 0 where none ends. */
  final long[] counts;

  final int size;
  final long total;

  /** Words that lost their count since the trie was built; their nodes may still stand in it. */
  final int removed;

  /** What a segmenter made of these counts as extra words. */
  volatile ExtraCosts extraCosts;

  /** Where words may start; made when first asked for. */
  volatile WordStarts starts;

  Lexicon(String version, LexiconBuilder from) {
    this.version = version;
    this.root = from.root;
    this.edges = from.edges;
    this.edgeCount = from.edgeCount;
    this.shift = from.shift;
    this.filter = from.filter;
    this.counts = Arrays.copyOf(from.counts, from.nodes);
    this.size = from.size;
    this.total = from.total;
    this.removed = from.removed;
    this.extraCosts =
        from.pricedBy == null
            ? null
            : new ExtraCosts(from.pricedBy, Arrays.copyOf(from.prices, from.nodes));
    this.starts = from.starts != null && from.starts.holds(size + removed) ? from.starts : null;
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
    var builder = new LexiconBuilder(words.size());
    words.forEach(
        (word, count) -> {
          String normalized = NormalizedText.normalize(word);
          if (!normalized.isEmpty() && normalized.length() <= MAX_WORD) {
            builder.add(normalized, count);
          }
        });
    return builder.build(version);
  }

  /**
   * A changed copy, equal to the lexicon of the words there are after the change. What extra words
   * cost is carried over for those whose count stays.
   *
   * <p>The lexicon knows a word, not its spellings: a count that is set takes the place of the one
   * before, and removing any spelling removes the word. Words that no lexicon can hold are left
   * out, as in {@link #of}.
   *
   * @param set words with their new counts; spellings of one word among them are added up
   * @param gone words that go, unless they are set too
   */
  public Lexicon with(Map<String, Long> set, Collection<String> gone) {
    var counts = new HashMap<String, Long>();
    gone.forEach(word -> counts.put(NormalizedText.normalize(word), 0L));
    set.forEach(
        (word, count) -> {
          requirePositive(count);
          counts.merge(NormalizedText.normalize(word), count, Long::sum);
        });
    return withNormalized(counts);
  }

  /** The same for words that are already in their normalised form; those with count 0 go. */
  public Lexicon withNormalized(Map<String, Long> changed) {
    // Words that go leave their nodes behind. Once in a while they are cleared away, at a cost that
    // the removals before have earned.
    var builder = removed > size / 2 ? compacted() : new LexiconBuilder(this);
    changed.forEach(
        (word, count) -> {
          if (!word.isEmpty() && word.length() <= MAX_WORD) {
            builder.set(word, count);
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
    long[] edgeTo = edgesByChild();
    char[] word = new char[MAX_WORD];
    for (int node = 1; node < counts.length; node++) {
      if (counts[node] > 0) {
        int from = MAX_WORD;
        for (int up = node; up != 0; up = parent(edgeTo[up])) {
          word[--from] = character(edgeTo[up]);
        }
        words.put(new String(word, from, MAX_WORD - from), counts[node]);
      }
    }
    words.forEach(action::accept);
  }

  /** The edge that leads to each node, from the root too. */
  private long[] edgesByChild() {
    long[] edgeTo = new long[counts.length];
    for (int c = 0; c < CHARACTERS; c++) {
      edgeTo[root[c]] = (long) c << CHILD_BITS | root[c];
    }
    for (long edge : edges) {
      if (edge != 0) {
        edgeTo[(int) (edge & CHILD_MASK)] = edge;
      }
    }
    return edgeTo;
  }

  private static int parent(long edge) {
    return (int) (edge >>> PARENT_SHIFT);
  }

  private static char character(long edge) {
    return (char) (edge >>> CHILD_BITS);
  }

  /** A copy without the nodes that lead to no word. */
  private LexiconBuilder compacted() {
    long[] edgeTo = edgesByChild();
    // A node is numbered after its parent, so one pass down sees children first, one up parents.
    var leads = new BitSet(counts.length);
    for (int node = counts.length - 1; node > 0; node--) {
      if (counts[node] > 0) {
        leads.set(node);
      }
      if (leads.get(node)) {
        leads.set(parent(edgeTo[node]));
      }
    }
    var builder = new LexiconBuilder(size);
    ExtraCosts known = extraCosts;
    builder.pricedBy = known == null ? null : known.segmenter();
    int[] copy = new int[counts.length];
    for (int node = leads.nextSetBit(1); node > 0; node = leads.nextSetBit(node + 1)) {
      copy[node] = builder.childOrNew(copy[parent(edgeTo[node])], character(edgeTo[node]));
      builder.counts[copy[node]] = counts[node];
      builder.prices[copy[node]] = known == null ? 0 : known.costs()[node];
    }
    builder.size = size;
    builder.total = total;
    return builder;
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
    long key = (long) node << Character.SIZE | c;
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

  static long hash(long key) {
    return key * 0x9E3779B97F4A7C15L;
  }

  static int filterPlace(long hash, int shift) {
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

  /** Tells the places of a text where no word can start. */
  WordStarts starts() {
    WordStarts known = starts;
    if (known == null) {
      known = newStarts();
      starts = known;
    }
    return known;
  }

  private WordStarts newStarts() {
    var made = new WordStarts(size + removed);
    long[] edgeTo = edgesByChild();
    for (int node = 1; node < counts.length; node++) {
      long last = edgeTo[node];
      long before = edgeTo[parent(last)];
      long first = edgeTo[parent(before)];
      if (parent(last) == 0) {
        if (counts[node] > 0) {
          made.add(character(last), (char) 0, (char) 0);
        }
      } else if (parent(before) == 0) {
        if (counts[node] > 0) {
          made.add(character(before), character(last), (char) 0);
        }
      } else if (parent(first) == 0) {
        made.add(character(first), character(before), character(last));
      }
    }
    return made;
  }

  static void requirePositive(long count) {
    if (count <= 0) {
      throw new IllegalArgumentException("A word's count is positive, not " + count);
    }
  }

  record ExtraCosts(Segmenter segmenter, int[] costs) {}
}
