package io.github.wenliu.models.extract;

import io.github.wenliu.models.inference.ModelException;
import it.unimi.dsi.fastutil.ints.IntArrayList;
import java.util.List;

/**
 * Each position has the words that it may be a part of: four vectors, the weighted means of the
 * words that begin there, go on there, end there, and consist of it alone [1].
 *
 * <p>All words of the vocabulary count, overlapping ones too; nobody decides between them but the
 * model. A word is weighted by how often it was counted in text, so nothing depends on the document
 * at hand. Positions whose key has several code points are in no word.
 *
 * <p>What it finds: for each position where its entries begin, and where the last ones end; then
 * the entries, each a row, a set, and the share in the mean as the bits of a float. Cost: a walk
 * through a trie from each position, and one vector for each position of each word found.
 *
 * <p>[1] Ma, Peng, Zhang, Wei, Huang: Simplify the Usage of Lexicon in Chinese NER, ACL 2020.
 */
final class WordFeature implements Feature {
  private static final int SETS = 4;
  private static final int BEGIN = 0;
  private static final int MIDDLE = 1;
  private static final int END = 2;
  private static final int SINGLE = 3;
  private static final int MATCH = 3;
  private static final int ENTRY = 3;

  private final KeyTrie trie = new KeyTrie();
  private final QuantizedTable table;

  /** Weight of each row. */
  private final float[] weights;

  /**
   * @param lines {@code word TAB weight}; line {@code i} names row {@code i} of the table, and line
   *     0 is not looked at
   */
  WordFeature(String file, List<String> lines, QuantizedTable table) {
    if (lines.size() != table.rows()) {
      throw new ModelException(
          "%s has %d lines, expected one for each of the %d rows of its table"
              .formatted(file, lines.size(), table.rows()));
    }
    this.table = table;
    this.weights = new float[lines.size()];
    for (int row = 1; row < lines.size(); row++) {
      var line = lines.get(row);
      int tab = line.indexOf('\t');
      try {
        weights[row] = Integer.parseInt(line, tab + 1, line.length(), 10);
      } catch (NumberFormatException e) {
        throw new ModelException(
            "%s line %d: expected word TAB whole number".formatted(file, row + 1), e);
      }
      if (tab < 1 || weights[row] <= 0) {
        throw new ModelException(
            "%s line %d: expected a word and a positive weight".formatted(file, row + 1));
      }
      trie.set(trie.node(KeySequence.of(line.substring(0, tab))), row);
    }
  }

  @Override
  public int width() {
    return SETS * table.dimensions();
  }

  @Override
  public int[] find(KeyWindow window, List<WindowHint> hints) {
    int positions = window.length();
    int[] matches = matches(window);
    var totals = new double[SETS * positions];
    var next = new int[positions];
    for (int k = 0; k < matches.length; k += MATCH) {
      int length = matches[k + 1];
      for (int i = 0; i < length; i++) {
        totals[SETS * (matches[k] + i) + set(i, length)] += weights[matches[k + 2]];
        next[matches[k] + i] += ENTRY;
      }
    }
    int end = positions + 1;
    for (int i = 0; i < positions; i++) {
      int size = next[i];
      next[i] = end;
      end += size;
    }
    var found = new int[end];
    System.arraycopy(next, 0, found, 0, positions);
    found[positions] = end;
    for (int k = 0; k < matches.length; k += MATCH) {
      int length = matches[k + 1];
      int row = matches[k + 2];
      for (int i = 0; i < length; i++) {
        int position = matches[k] + i;
        int set = set(i, length);
        int at = next[position];
        next[position] += ENTRY;
        found[at] = row;
        found[at + 1] = set;
        found[at + 2] =
            Float.floatToRawIntBits((float) (weights[row] / totals[SETS * position + set]));
      }
    }
    return found;
  }

  /** First position, length and row of all words. */
  private int[] matches(KeyWindow window) {
    var matches = new IntArrayList(MATCH * 2 * window.length());
    for (int i = 0; i < window.length(); i++) {
      int node = KeyTrie.ROOT;
      for (int j = i; j < window.length(); j++) {
        node = trie.next(node, window.key(j));
        if (node == KeyTrie.ROOT) {
          break;
        }
        int row = trie.value(node);
        if (row != KeyTrie.NOTHING) {
          matches.add(i);
          matches.add(j - i + 1);
          matches.add(row);
        }
      }
    }
    return matches.toIntArray();
  }

  @Override
  public void write(int[] found, int position, float[] out, int at) {
    int dimensions = table.dimensions();
    for (int k = found[position]; k < found[position + 1]; k += ENTRY) {
      float share = Float.intBitsToFloat(found[k + 2]);
      table.add(found[k], share, out, at + found[k + 1] * dimensions);
    }
  }

  private static int set(int place, int length) {
    if (length == 1) {
      return SINGLE;
    }
    return place == 0 ? BEGIN : place == length - 1 ? END : MIDDLE;
  }
}
