package io.github.wenliu.models.extract;

import io.github.wenliu.models.inference.ModelException;
import java.util.List;

/**
 * Each position has, for each category, four flags: an entry of the lexicon begins, goes on, ends
 * or stands alone there. Within a category only the leftmost longest entries count, so they do not
 * overlap. Hints that come with the text set the same flags: what users pin, and the words that the
 * stream discovers, reach the model this way, without training.
 *
 * <p>What it finds: {@code ceil(categories / 8)} integers a position, with four bits a category.
 * Cost: a walk through a trie from each position.
 */
final class LexiconFeature implements Feature {
  private static final int FLAGS = 4;
  private static final int BEGIN = 1;
  private static final int MIDDLE = 2;
  private static final int END = 4;
  private static final int SINGLE = 8;
  private static final int CATEGORIES_IN_INT = Integer.SIZE / FLAGS;

  /** Values are sets of categories, one bit each. */
  private final KeyTrie trie = new KeyTrie();

  private final List<String> categories;
  private final int intsOfPosition;

  /**
   * @param lines {@code word TAB category}
   */
  LexiconFeature(String file, List<String> lines, List<String> categories) {
    if (categories.isEmpty() || categories.size() >= Integer.SIZE) {
      throw new ModelException(
          "a lexicon has 1 to %d categories, not %d"
              .formatted(Integer.SIZE - 1, categories.size()));
    }
    this.categories = List.copyOf(categories);
    this.intsOfPosition = (categories.size() + CATEGORIES_IN_INT - 1) / CATEGORIES_IN_INT;
    for (int i = 0; i < lines.size(); i++) {
      var line = lines.get(i);
      int tab = line.indexOf('\t');
      int category = tab < 0 ? -1 : categories.indexOf(line.substring(tab + 1));
      if (category < 0) {
        throw new ModelException(
            "%s line %d: expected word TAB one of %s".formatted(file, i + 1, categories));
      }
      var word = KeySequence.of(line.substring(0, tab));
      if (word.length() > 0) {
        int node = trie.node(word);
        trie.set(node, Math.max(0, trie.value(node)) | 1 << category);
      }
    }
  }

  @Override
  public int width() {
    return FLAGS * categories.size();
  }

  @Override
  public int[] find(KeyWindow window, List<WindowHint> hints) {
    var found = new int[window.length() * intsOfPosition];
    // Per category: the first position behind the entry found last, and the longest one from here.
    var free = new int[categories.size()];
    var longest = new int[categories.size()];
    for (int i = 0; i < window.length(); i++) {
      int seen = longestFrom(window, i, longest);
      for (; seen != 0; seen &= seen - 1) {
        int category = Integer.numberOfTrailingZeros(seen);
        if (free[category] <= i) {
          free[category] = longest[category] + 1;
          mark(found, category, i, longest[category]);
        }
      }
    }
    for (var hint : hints) {
      int category = categories.indexOf(hint.category());
      if (category >= 0) {
        mark(found, category, hint.first(), hint.last());
      }
    }
    return found;
  }

  /** Fills in the last position of the longest entry of each category from here; says of which. */
  private int longestFrom(KeyWindow window, int first, int[] longest) {
    int seen = 0;
    int node = KeyTrie.ROOT;
    for (int j = first; j < window.length(); j++) {
      node = trie.next(node, window.key(j));
      if (node == KeyTrie.ROOT) {
        break;
      }
      int ending = Math.max(0, trie.value(node));
      seen |= ending;
      for (; ending != 0; ending &= ending - 1) {
        longest[Integer.numberOfTrailingZeros(ending)] = j;
      }
    }
    return seen;
  }

  private void mark(int[] found, int category, int first, int last) {
    int at = category / CATEGORIES_IN_INT;
    int shift = category % CATEGORIES_IN_INT * FLAGS;
    if (first == last) {
      found[first * intsOfPosition + at] |= SINGLE << shift;
      return;
    }
    found[first * intsOfPosition + at] |= BEGIN << shift;
    for (int i = first + 1; i < last; i++) {
      found[i * intsOfPosition + at] |= MIDDLE << shift;
    }
    found[last * intsOfPosition + at] |= END << shift;
  }

  @Override
  public void write(int[] found, int position, float[] out, int at) {
    for (int part = 0; part < intsOfPosition; part++) {
      for (int set = found[position * intsOfPosition + part]; set != 0; set &= set - 1) {
        out[at + part * Integer.SIZE + Integer.numberOfTrailingZeros(set)] = 1;
      }
    }
  }
}
