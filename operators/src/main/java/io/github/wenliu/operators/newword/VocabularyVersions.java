package io.github.wenliu.operators.newword;

import io.github.wenliu.models.text.Lexicon;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The versions of every channel's vocabulary that a document may still be entitled to. A version
 * holds from its epoch until the next one; before the first version the vocabulary is empty and its
 * version is 0. So it is, with words, if the first is {@link VocabularyDelta#ALWAYS}.
 *
 * <p>Versions are kept as deltas on top of the oldest one. The dictionary of a version is built
 * when it is first asked for, as a changed copy of the newest older one that is built: O(changed
 * words) and a copy of arrays. Only the first of a channel, or after a restore, is built from
 * nothing. A dictionary is dropped with its version, so there are as many as versions in use.
 *
 * <p>Heap in bytes, with {@code w} words and {@code v} built versions of a channel: {@code v × (256
 * Ki + 100 w)} for the dictionaries and {@code 110 w} for the deltas. With 100,000 words of 4.2
 * characters a dictionary takes 79 bytes a word and the deltas 85. Not thread-safe.
 */
final class VocabularyVersions {

  /** The version that is valid before any other: the empty vocabulary. */
  static final long EMPTY_VERSION = 0;

  /** Versions that are past are folded when they change one word in so many. */
  private static final int FOLDED_SHARE = 4;

  /** A dictionary together with the epoch that names it. */
  record Version(long epoch, Lexicon lexicon) {}

  private static final Version EMPTY =
      new Version(EMPTY_VERSION, VocabularyDictionary.EMPTY.lexicon());

  private final Map<String, TreeMap<Long, VocabularyDelta>> deltasByChannel = new HashMap<>();
  private final Map<String, TreeMap<Long, VocabularyDictionary>> builtByChannel = new HashMap<>();

  /** Takes over a version; taking over the same one again changes nothing. */
  void apply(VocabularyDelta delta) {
    deltasByChannel
        .computeIfAbsent(delta.channel(), unused -> new TreeMap<>())
        .put(delta.epoch(), delta);
  }

  /**
   * The newest version whose epoch is at most {@code entitledEpoch}, the empty one if there is
   * none.
   */
  Version at(String channel, long entitledEpoch) {
    var deltas = deltasByChannel.get(channel);
    if (deltas == null) {
      return EMPTY;
    }
    Long epoch = deltas.floorKey(entitledEpoch);
    if (epoch == null) {
      return EMPTY;
    }
    var built = builtByChannel.computeIfAbsent(channel, unused -> new TreeMap<>());
    return new Version(
        epoch == VocabularyDelta.ALWAYS ? EMPTY_VERSION : epoch,
        dictionary(deltas, built, epoch).lexicon());
  }

  /**
   * Folds the versions of a channel that no document can be entitled to any more into the oldest
   * that one can. Their dictionaries go at once; the deltas when their changes amount to a quarter
   * of the words they are on top of, so that over time a fold costs as much as the changes it
   * folds, however large the vocabulary.
   *
   * @param entitledEpoch the oldest epoch that a coming document may be entitled to
   * @return the deltas that were folded, oldest first, the last one being replaced by the fold;
   *     empty if there was nothing to fold
   */
  List<VocabularyDelta> fold(String channel, long entitledEpoch) {
    var deltas = deltasByChannel.get(channel);
    Long oldestKept = deltas == null ? null : deltas.floorKey(entitledEpoch);
    if (oldestKept == null || oldestKept.equals(deltas.firstKey())) {
      return List.of();
    }
    var built = builtByChannel.get(channel);
    if (built != null && built.lowerKey(oldestKept) != null) {
      // What the next dictionaries are copied from, before the older ones go.
      dictionary(deltas, built, oldestKept);
      built.headMap(oldestKept, false).clear();
    }
    var passed = deltas.headMap(oldestKept, true);
    var base = deltas.firstEntry().getValue();
    long changes = 0;
    for (VocabularyDelta delta : passed.tailMap(base.epoch(), false).values()) {
      changes += 1L + delta.added().size() + delta.removed().size();
    }
    if (changes * FOLDED_SHARE < base.added().size()) {
      return List.of();
    }
    var folded = List.copyOf(passed.values());
    var words = VocabularyChange.of(folded).added();
    passed.clear();
    deltas.put(oldestKept, new VocabularyDelta(channel, oldestKept, words, List.of()));
    return folded;
  }

  /** The delta of a channel and an epoch. */
  VocabularyDelta delta(String channel, long epoch) {
    return deltasByChannel.get(channel).get(epoch);
  }

  /** All deltas that are kept, in no particular order. */
  List<VocabularyDelta> deltas() {
    var all = new ArrayList<VocabularyDelta>();
    deltasByChannel.values().forEach(deltas -> all.addAll(deltas.values()));
    return all;
  }

  private static VocabularyDictionary dictionary(
      TreeMap<Long, VocabularyDelta> deltas,
      TreeMap<Long, VocabularyDictionary> built,
      long epoch) {
    var known = built.floorEntry(epoch);
    if (known != null && known.getKey() == epoch) {
      return known.getValue();
    }
    var before = known == null ? VocabularyDictionary.EMPTY : known.getValue();
    Collection<VocabularyDelta> since =
        known == null
            ? deltas.headMap(epoch, true).values()
            : deltas.subMap(known.getKey(), false, epoch, true).values();
    var dictionary = before.with(VocabularyChange.of(since));
    built.put(epoch, dictionary);
    return dictionary;
  }
}
