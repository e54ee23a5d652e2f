package io.github.wenliu.operators.newword;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What several versions change together, one after the other.
 *
 * @param added words that join or whose count changed, with their counts
 * @param removed words that leave; those among them that are added again have joined since
 */
record VocabularyChange(Map<String, Long> added, Set<String> removed) {

  /** The change that deltas, oldest first, make together. */
  static VocabularyChange of(Iterable<VocabularyDelta> ascending) {
    var added = new HashMap<String, Long>();
    var removed = new HashSet<String>();
    for (VocabularyDelta delta : ascending) {
      delta.removed().forEach(added::remove);
      removed.addAll(delta.removed());
      added.putAll(delta.added());
    }
    return new VocabularyChange(added, removed);
  }
}
