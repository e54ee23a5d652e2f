package io.github.wenliu.pipeline.cli;

import io.github.wenliu.operators.newword.WordScore;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * A discoverer of either mode.
 *
 * @param texts takes in a text
 * @param count symbols taken in so far
 * @param list all candidates, best first
 */
record WordDiscovery(Consumer<String> texts, LongSupplier count, Supplier<List<WordScore>> list) {

  void add(String text) {
    texts.accept(text);
  }

  long symbols() {
    return count.getAsLong();
  }

  /** All candidates, best first; words are those with a score of at least 0. */
  List<WordScore> words() {
    return list.get();
  }
}
