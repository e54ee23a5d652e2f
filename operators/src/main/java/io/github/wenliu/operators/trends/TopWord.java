package io.github.wenliu.operators.trends;

import io.github.wenliu.operators.document.CodePointOrder;
import java.util.Comparator;

/**
 * A word and the height of its burst in a window.
 *
 * @param word the word
 * @param burst when its score was highest
 */
public record TopWord(String word, Burst burst) {

  /** The hottest first. */
  static final Comparator<TopWord> HOTTEST_FIRST =
      Comparator.<TopWord>comparingDouble(top -> -top.burst().score())
          .thenComparing(TopWord::word, CodePointOrder::compare);
}
