package io.github.wenliu.operators.newword;

import io.github.wenliu.models.text.Lexicon;
import io.github.wenliu.models.text.NormalizedText;
import java.util.HashMap;
import java.util.Map;

/**
 * The words of one version of a vocabulary, as the segmenter looks them up. Immutable.
 *
 * <p>A vocabulary knows words by their spelling, the lexicon by their normalised form: 村BA and 村ba
 * are two words of the stream and one entry, whose count is the sum of theirs, as in {@link
 * Lexicon#of}. The entry goes with its last spelling. To know what stays when one of several goes,
 * the spellings of a form are kept as soon as one differs from the form; most words are their own
 * form and cost nothing here.
 */
final class VocabularyDictionary {

  /** The dictionary without a word. */
  static final VocabularyDictionary EMPTY = new VocabularyDictionary(Lexicon.empty(), Map.of());

  private final Lexicon lexicon;

  /**
   * Normalised form to its spellings with their counts, for the forms that stand in the vocabulary
   * in another spelling than their own.
   */
  private final Map<String, Map<String, Long>> spellings;

  private VocabularyDictionary(Lexicon lexicon, Map<String, Map<String, Long>> spellings) {
    this.lexicon = lexicon;
    this.spellings = spellings;
  }

  Lexicon lexicon() {
    return lexicon;
  }

  /**
   * The dictionary after a change. It costs a copy of arrays, and beyond that time for the changed
   * words alone.
   */
  VocabularyDictionary with(VocabularyChange change) {
    var counts = new HashMap<String, Long>();
    var changed = new HashMap<>(spellings);
    for (String spelling : change.removed()) {
      change(spelling, 0, counts, changed);
    }
    change.added().forEach((spelling, count) -> change(spelling, count, counts, changed));
    return new VocabularyDictionary(lexicon.withNormalized(counts), changed);
  }

  /**
   * @param count the spelling's new count, 0 if it goes
   * @param counts the new counts by form, for the forms that were met
   * @param changed what {@link #spellings} is to become
   */
  private void change(
      String spelling,
      long count,
      Map<String, Long> counts,
      Map<String, Map<String, Long>> changed) {
    String form = NormalizedText.normalize(spelling);
    var known = changed.get(form);
    if (known == null && spelling.equals(form)) {
      counts.put(form, count);
      return;
    }
    var left = new HashMap<String, Long>();
    if (known != null) {
      left.putAll(known);
    } else {
      left.put(form, counts.getOrDefault(form, lexicon.normalizedCount(form)));
    }
    left.put(spelling, count);
    left.values().removeIf(none -> none == 0);
    counts.put(form, left.values().stream().mapToLong(Long::longValue).sum());
    if (left.isEmpty() || left.size() == 1 && left.containsKey(form)) {
      changed.remove(form);
    } else {
      changed.put(form, left);
    }
  }
}
