package io.github.wenliu.pipeline.cli;

import io.github.wenliu.operators.newword.NewWordDiscoverer;
import io.github.wenliu.operators.newword.SeedDiscoverer;
import io.github.wenliu.operators.newword.WordScore;
import java.util.List;

/** A discoverer of either mode. */
interface WordDiscovery {

  /** Takes in a text. */
  void add(String text);

  /** Symbols taken in so far. */
  long symbols();

  /** All candidates, best first; words are those with a score of at least 0. */
  List<WordScore> words();

  static WordDiscovery of(NewWordDiscoverer discoverer) {
    return new WordDiscovery() {
      @Override
      public void add(String text) {
        discoverer.add(text);
      }

      @Override
      public long symbols() {
        return discoverer.symbols();
      }

      @Override
      public List<WordScore> words() {
        return discoverer.words();
      }
    };
  }

  static WordDiscovery of(SeedDiscoverer discoverer) {
    return new WordDiscovery() {
      @Override
      public void add(String text) {
        discoverer.add(text);
      }

      @Override
      public long symbols() {
        return discoverer.symbols();
      }

      @Override
      public List<WordScore> words() {
        return discoverer.words();
      }
    };
  }
}
