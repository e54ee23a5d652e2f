package io.github.wenliu.operators.newword;

import java.util.List;
import java.util.Map;

/**
 * One version of a channel's vocabulary, as the change against the version before. Versions of a
 * channel come in ascending order of epochs.
 *
 * @param channel tenant
 * @param epoch names the version; valid for documents entitled to this epoch or a later one; {@link
 *     #ALWAYS} for the version that every document is entitled to
 * @param added words that join or whose count changed, normalised, with their counts
 * @param removed words that leave, normalised
 */
public record VocabularyDelta(
    String channel, long epoch, Map<String, Long> added, List<String> removed) {

  /**
   * The epoch of a version that stood before the first document. It comes before any watermark, and
   * documents that it serves name no version: 0, as without a vocabulary.
   */
  public static final long ALWAYS = Long.MIN_VALUE;

  public VocabularyDelta {
    if (channel == null) {
      throw new IllegalArgumentException("channel is null");
    }
    added = Map.copyOf(added);
    removed = List.copyOf(removed);
    added.forEach(
        (word, count) -> {
          if (count <= 0) {
            throw new IllegalArgumentException("count of an added word is " + count);
          }
        });
  }
}
