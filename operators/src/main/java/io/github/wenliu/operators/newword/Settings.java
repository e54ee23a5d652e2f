package io.github.wenliu.operators.newword;

import io.github.wenliu.operators.document.ControlChange;
import io.github.wenliu.operators.document.ModelChoice;
import io.github.wenliu.operators.document.Setting;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/**
 * The settings of every channel that a document may still be entitled to. A setting holds from its
 * epoch until the next one of its key; a newer one replaces those of its key that begin with it or
 * later, so what was said last holds in the end.
 *
 * <p>What holds in an epoch is put together when it is first asked for: O(settings of the channel),
 * once for each epoch in which one changed. Heap: some 200 bytes a setting, and for each epoch in
 * use a matcher of some 30 bytes a character of what is pinned. Not thread-safe.
 */
final class Settings {

  /**
   * What holds for documents of a channel.
   *
   * @param model what they are extracted with, {@code null} if nobody chose
   * @param pins what is an entity in them, {@code null} if nobody said so
   */
  record InForce(ModelChoice model, EntityPins pins) {}

  private static final InForce NOTHING = new InForce(null, null);

  private final Map<String, Channel> channels = new HashMap<>();

  /** Settings as they were kept, in any order. */
  static Settings of(Collection<Setting> kept) {
    var settings = new Settings();
    kept.stream().sorted(Comparator.comparingLong(Setting::epoch)).forEach(settings::apply);
    return settings;
  }

  /**
   * Takes over a setting.
   *
   * @return those that it replaces
   */
  List<Setting> apply(Setting setting) {
    return channels.computeIfAbsent(setting.channel(), unused -> new Channel()).apply(setting);
  }

  /** What holds for a document that is entitled to an epoch. */
  InForce at(String channel, long entitledEpoch) {
    var settings = channels.get(channel);
    return settings == null ? NOTHING : settings.at(entitledEpoch);
  }

  /**
   * Forgets what no document can be entitled to any more.
   *
   * @param entitledEpoch the oldest epoch that a coming document may be entitled to
   * @return what was forgotten
   */
  List<Setting> fold(String channel, long entitledEpoch) {
    var settings = channels.get(channel);
    return settings == null ? List.of() : settings.fold(entitledEpoch);
  }

  private static final class Channel {

    /** By key: the settings of one thing by their epochs. */
    private final Map<String, TreeMap<Long, Setting>> histories = new HashMap<>();

    /** How many settings begin with an epoch. */
    private final TreeMap<Long, Integer> changes = new TreeMap<>();

    /** What holds, by the epochs in which something changed. */
    private final TreeMap<Long, InForce> built = new TreeMap<>();

    /** Keys whose past may be forgotten one day. */
    private final Set<String> withPast = new HashSet<>();

    private List<Setting> apply(Setting setting) {
      var history = histories.computeIfAbsent(setting.key(), unused -> new TreeMap<>());
      var replaced = take(history.tailMap(setting.epoch(), true));
      history.put(setting.epoch(), setting);
      changes.merge(setting.epoch(), 1, Integer::sum);
      built.tailMap(setting.epoch(), true).clear();
      if (history.size() > 1 || setting.value() == null) {
        withPast.add(setting.key());
      }
      return replaced;
    }

    private InForce at(long entitledEpoch) {
      Long epoch = changes.floorKey(entitledEpoch);
      return epoch == null ? NOTHING : built.computeIfAbsent(epoch, this::inForce);
    }

    private InForce inForce(long epoch) {
      ModelChoice model = null;
      var pins = new HashMap<String, String>();
      for (var history : histories.values()) {
        var newest = history.floorEntry(epoch);
        if (newest == null || newest.getValue().value() == null) {
          continue;
        }
        var setting = newest.getValue();
        switch (setting.kind()) {
          case ControlChange.MODEL -> model = ModelChoice.of(setting.value());
          case ControlChange.ENTITY -> pins.put(setting.target(), setting.value());
          default -> {
            // Of a stage that is none of ours.
          }
        }
      }
      return new InForce(model, pins.isEmpty() ? null : new EntityPins(pins));
    }

    private List<Setting> fold(long entitledEpoch) {
      var passed = new ArrayList<Setting>();
      for (var keys = withPast.iterator(); keys.hasNext(); ) {
        var key = keys.next();
        var history = histories.get(key);
        var newest = history.floorEntry(entitledEpoch);
        if (newest != null) {
          boolean holds = newest.getValue().value() != null;
          passed.addAll(take(history.headMap(newest.getKey(), !holds)));
        }
        if (history.isEmpty()) {
          histories.remove(key);
        }
        if (history.isEmpty()
            || history.size() == 1 && history.firstEntry().getValue().value() != null) {
          keys.remove();
        }
      }
      // Where an end of something is forgotten, an older epoch speaks for those after it.
      Long oldest = passed.isEmpty() ? changes.floorKey(entitledEpoch) : null;
      built.headMap(oldest == null ? entitledEpoch : oldest, oldest == null).clear();
      return passed;
    }

    /** Empties a part of a history. */
    private List<Setting> take(NavigableMap<Long, Setting> part) {
      var taken = List.copyOf(part.values());
      part.clear();
      for (Setting setting : taken) {
        changes.computeIfPresent(setting.epoch(), (epoch, count) -> count == 1 ? null : count - 1);
      }
      return taken;
    }
  }
}
