package io.github.wenliu.operators.link;

import io.github.wenliu.models.text.NormalizedText;
import io.github.wenliu.models.text.Segmenter;
import io.github.wenliu.models.text.SymbolKind;
import io.github.wenliu.operators.document.EnrichedDocument;
import io.github.wenliu.operators.document.Word;
import it.unimi.dsi.fastutil.ints.IntOpenHashSet;
import java.util.BitSet;

/** What the features of all pairs of one document need to know of its text. */
final class TextProfile {

  private final String original;
  private final NormalizedText text;
  private final String normal;

  /** Code points at which a word begins. */
  private final BitSet wordStarts = new BitSet();

  /** Code points behind which a word ends. */
  private final BitSet wordEnds = new BitSet();

  /** Code points at which a word begins that the stream discovered. */
  private final BitSet discovered = new BitSet();

  /** Hashes of its symbols, and of its pairs of neighbouring symbols. */
  private final IntOpenHashSet grams = new IntOpenHashSet();

  TextProfile(EnrichedDocument document, Segmenter segmenter) {
    this.original = document.document().text();
    this.text = NormalizedText.of(original);
    this.normal = text.normalized();
    if (document.words() != null) {
      for (Word word : document.words()) {
        addWord(word.start(), word.end());
        discovered.set(word.start(), word.discovered());
      }
    } else {
      segmenter.segment(original).forEach(token -> addWord(token.start(), token.end()));
    }
    forEachGram(text, (gram, weight) -> grams.add(gram));
  }

  private void addWord(int start, int end) {
    wordStarts.set(start);
    wordEnds.set(end);
  }

  NormalizedText text() {
    return text;
  }

  /** Length in code points. */
  int length() {
    return text.start(text.symbols());
  }

  boolean startsWord(int codePoint) {
    return wordStarts.get(codePoint);
  }

  boolean endsWord(int codePoint) {
    return wordEnds.get(codePoint);
  }

  /** Whether exactly one word stands between two code points. */
  boolean isWord(int start, int end) {
    return wordStarts.get(start) && wordEnds.get(end) && wordStarts.nextSetBit(start + 1) < 0
        || wordStarts.get(start) && wordEnds.get(end) && wordStarts.nextSetBit(start + 1) >= end;
  }

  boolean isDiscovered(int start) {
    return discovered.get(start);
  }

  boolean hasGram(int gram) {
    return grams.contains(gram);
  }

  /** How often a normalised string stands in the text, up to two. */
  int occurrences(String normalized) {
    if (normalized.isEmpty()) {
      return 0;
    }
    int first = normal.indexOf(normalized);
    if (first < 0) {
      return 0;
    }
    return normal.indexOf(normalized, first + 1) < 0 ? 1 : 2;
  }

  /** Where a normalised string first stands, in UTF-16 units of the normalised text; -1 nowhere. */
  int indexOf(String normalized) {
    return normal.indexOf(normalized);
  }

  String slice(Mention mention) {
    return original.substring(mention.startUtf16(), mention.endUtf16());
  }

  /** Takes the symbols of a text and its pairs, each with how much it says. */
  interface Grams {
    void accept(int gram, float weight);
  }

  /** Hands on every symbol of a text that is no punctuation, and every pair of neighbours. */
  static void forEachGram(NormalizedText text, Grams to) {
    int before = 0;
    boolean beforeIsWord = false;
    for (int i = 0; i < text.symbols(); i++) {
      boolean isWord = !text.kind(i).isBreak();
      int hash = 0;
      if (isWord) {
        var symbol = text.normalized(i, i + 1);
        hash = symbol.hashCode() * 0x9E3779B1;
        to.accept(hash, weight(text.kind(i), symbol));
        if (beforeIsWord) {
          to.accept(before * 31 + hash ^ 0x5bd1e995, PAIR_WEIGHT);
        }
      }
      before = hash;
      beforeIsWord = isWord || text.kind(i) == SymbolKind.SPACE && beforeIsWord;
    }
  }

  private static final float PAIR_WEIGHT = 1;

  /** A Han character says little, a long Latin word much. */
  private static float weight(SymbolKind kind, String symbol) {
    if (kind == SymbolKind.TEXT) {
      return 0.2f;
    }
    return symbol.length() > 3 ? 1 : 0.1f;
  }
}
