package io.github.wenliu.operators.newword;

import java.util.List;

/** Finds the words of a corpus. The result does not depend on the order of the texts. */
public sealed interface WordDiscoverer permits NewWordDiscoverer, SeedDiscoverer {

  /**
   * Takes in a text.
   *
   * @return the number of its symbols that count; 0 for a repost
   */
  int add(String text);

  /** Symbols taken in so far. */
  long symbols();

  /** All candidates that are frequent enough, best first; a word has a score of at least 0. */
  List<WordScore> words();
}
