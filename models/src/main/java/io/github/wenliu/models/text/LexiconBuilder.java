package io.github.wenliu.models.text;

import java.util.Arrays;

/** Collects normalised words for a {@link Lexicon}, and lays out its trie; used once. */
final class LexiconBuilder {
  final int[] root;
  long[] edges;
  long[] filter;
  int shift;
  int edgeCount;
  long[] counts;
  int nodes;
  int size;
  long total;
  int removed;

  /** Whose prices as extra words are taken over, null for nobody's. */
  Segmenter pricedBy;

  /** By node, 0 where there is none. */
  int[] prices;

  /** Taken over with the words added, null if it is to be made anew. */
  WordStarts starts;

  LexiconBuilder(int expectedWords) {
    int bits = 32 - Integer.numberOfLeadingZeros(Math.max(16, expectedWords * 3));
    this.root = new int[Lexicon.CHARACTERS];
    this.edges = new long[1 << bits];
    this.filter = filterFor(edges);
    this.shift = 64 - bits;
    this.counts = new long[Math.max(16, expectedWords * 2)];
    this.prices = new int[counts.length];
    this.nodes = 1;
  }

  /** Starts with all words of a lexicon, and their prices where they are known. */
  LexiconBuilder(Lexicon from) {
    this.root = from.root.clone();
    this.edges = from.edges.clone();
    this.filter = from.filter.clone();
    this.shift = from.shift;
    this.edgeCount = from.edgeCount;
    this.nodes = from.nodes();
    int room = nodes + nodes / 8 + 16;
    this.counts = Arrays.copyOf(from.counts, room);
    Lexicon.ExtraCosts known = from.extraCosts;
    this.pricedBy = known == null ? null : known.segmenter();
    this.prices = known == null ? new int[room] : Arrays.copyOf(known.costs(), room);
    this.size = from.size;
    this.total = from.total;
    this.removed = from.removed;
    this.starts = from.starts == null ? null : new WordStarts(from.starts);
  }

  /** Adds to the count of a word in normalised form. */
  void add(String word, long count) {
    if (word.isEmpty() || word.length() > Lexicon.MAX_WORD) {
      throw new IllegalArgumentException(
          "A word has 1 to " + Lexicon.MAX_WORD + " UTF-16 units, not " + word.length());
    }
    Lexicon.requirePositive(count);
    int node = nodeOrNew(word);
    setAt(node, counts[node] + count);
  }

  /** Sets the count of a word in normalised form; 0 removes it. */
  void set(String word, long count) {
    if (count < 0) {
      throw new IllegalArgumentException("A word's count is not negative, but " + count);
    }
    int node = count == 0 ? nodeOrRoot(word) : nodeOrNew(word);
    if (node != 0 && counts[node] != count) {
      setAt(node, count);
      if (starts != null && count > 0) {
        starts.add(word);
      }
    }
  }

  private void setAt(int node, long count) {
    if (counts[node] == 0) {
      size++;
    }
    if (count == 0) {
      size--;
      removed++;
    }
    total += count - counts[node];
    counts[node] = count;
    prices[node] = 0;
  }

  private int nodeOrNew(String word) {
    int node = 0;
    for (int i = 0; i < word.length(); i++) {
      node = childOrNew(node, word.charAt(i));
    }
    return node;
  }

  /** The node of a word, the root if its characters do not lead to any. */
  private int nodeOrRoot(String word) {
    int node = root[word.charAt(0)];
    for (int i = 1; i < word.length() && node != 0; i++) {
      node =
          (int) (edges[place((long) node << Character.SIZE | word.charAt(i))] & Lexicon.CHILD_MASK);
    }
    return node;
  }

  Lexicon build(String version) {
    return new Lexicon(version, this);
  }

  int childOrNew(int node, char c) {
    if (node == 0) {
      if (root[c] == 0) {
        root[c] = newNode();
      }
      return root[c];
    }
    long key = (long) node << Character.SIZE | c;
    int at = place(key);
    if (edges[at] != 0) {
      return (int) (edges[at] & Lexicon.CHILD_MASK);
    }
    int child = newNode();
    edges[at] = key << Lexicon.CHILD_BITS | child;
    enterInFilter(key);
    edgeCount++;
    if (edgeCount * 3L > edges.length * 2L) {
      grow();
    }
    return child;
  }

  private int place(long key) {
    int mask = edges.length - 1;
    int at = (int) (Lexicon.hash(key) >>> shift);
    while (edges[at] != 0 && edges[at] >>> Lexicon.CHILD_BITS != key) {
      at = at + 1 & mask;
    }
    return at;
  }

  private void grow() {
    long[] old = edges;
    edges = new long[old.length * 2];
    filter = filterFor(edges);
    shift--;
    for (long edge : old) {
      if (edge != 0) {
        edges[place(edge >>> Lexicon.CHILD_BITS)] = edge;
        enterInFilter(edge >>> Lexicon.CHILD_BITS);
      }
    }
  }

  private static long[] filterFor(long[] edges) {
    return new long[edges.length * Lexicon.FILTER_PLACES / Long.SIZE];
  }

  private void enterInFilter(long key) {
    int place = Lexicon.filterPlace(Lexicon.hash(key), shift);
    filter[place / Long.SIZE] |= 1L << place;
  }

  private int newNode() {
    if (nodes == Lexicon.MAX_NODES) {
      throw new IllegalArgumentException("A lexicon holds less than 16,777,216 prefixes");
    }
    if (nodes == counts.length) {
      counts = Arrays.copyOf(counts, nodes * 2);
      prices = Arrays.copyOf(prices, nodes * 2);
    }
    return nodes++;
  }
}
