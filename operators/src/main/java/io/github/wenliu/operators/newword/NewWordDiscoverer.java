package io.github.wenliu.operators.newword;

import java.util.List;

/** Finds the words of a corpus in one pass. Placeholder. */
public final class NewWordDiscoverer {

  public NewWordDiscoverer(NewWordParameters parameters) {}

  /** Counts a text; returns the number of its symbols. */
  public int add(String text) {
    throw new UnsupportedOperationException();
  }

  /** Symbols counted so far. */
  public long symbols() {
    throw new UnsupportedOperationException();
  }

  /** All candidates that are frequent enough, best first. */
  public List<WordScore> words() {
    throw new UnsupportedOperationException();
  }
}
