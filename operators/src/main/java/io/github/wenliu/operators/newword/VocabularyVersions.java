package io.github.wenliu.operators.newword;

import io.github.wenliu.models.text.Lexicon;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The versions of every channel's vocabulary that a document may still be entitled to. A version
 * holds from its epoch until the next one; before the first version the vocabulary is empty and its
 * version is 0.
 *
 * <p>Versions are kept as deltas on top of the oldest one; the dictionary of a version is built
 * when it is first asked for and dropped with it. Not thread-safe.
 */
final class VocabularyVersions {

  /** The version that is valid before any other: the empty vocabulary. */
  static final long EMPTY_VERSION = 0;

  /** A dictionary together with the epoch that names it. */
  record Version(long epoch, Lexicon lexicon) {}

  private static final Version EMPTY = new Version(EMPTY_VERSION, Lexicon.of(Map.of()));

  private final Map<String, TreeMap<Long, VocabularyDelta>> deltasByChannel = new HashMap<>();
  private final Map<String, TreeMap<Long, Version>> builtByChannel = new HashMap<>();

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
    return builtByChannel
        .computeIfAbsent(channel, unused -> new TreeMap<>())
        .computeIfAbsent(epoch, unused -> build(deltas, epoch));
  }

  /**
   * Folds the versions of a channel that no document can be entitled to any more into the oldest
   * that one can.
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
    var passed = deltas.headMap(oldestKept, true);
    var folded = List.copyOf(passed.values());
    var base = new VocabularyDelta(channel, oldestKept, wordsOf(passed), List.of());
    passed.clear();
    deltas.put(oldestKept, base);
    var built = builtByChannel.get(channel);
    if (built != null) {
      built.headMap(oldestKept, false).clear();
    }
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

  private static Version build(TreeMap<Long, VocabularyDelta> deltas, long epoch) {
    return new Version(epoch, Lexicon.of(wordsOf(deltas.headMap(epoch, true))));
  }

  private static Map<String, Long> wordsOf(Map<Long, VocabularyDelta> ascending) {
    var words = new HashMap<String, Long>();
    for (VocabularyDelta delta : ascending.values()) {
      delta.removed().forEach(words::remove);
      words.putAll(delta.added());
    }
    return words;
  }
}
