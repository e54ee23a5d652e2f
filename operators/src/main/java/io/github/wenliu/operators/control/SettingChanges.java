package io.github.wenliu.operators.control;

import io.github.wenliu.models.text.NormalizedText;
import io.github.wenliu.operators.document.ControlAck;
import io.github.wenliu.operators.document.ControlChange;
import io.github.wenliu.operators.document.EpochTime;
import io.github.wenliu.operators.document.ModelChoice;
import io.github.wenliu.operators.document.Setting;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.TreeMap;

/**
 * Makes settings of what people ask for: decides whether a change is followed, and from which epoch
 * on. That is the first one that is still open when it is decided, or the later one that it names;
 * what comes before the first watermark is valid for all time.
 *
 * <p>Choices of models wait in a line, in which the first has to be checked by somebody who has the
 * time; everything else is decided at once. Changes of one thing stay in order, as all of its kind
 * wait or none does. O(1) a change, and memory for each thing that is set. Not thread-safe.
 */
final class SettingChanges {

  /** Entities that may be pinned in a channel: each tagging subtask holds them all in memory. */
  static final int MAX_PINS = 10_000;

  /** How the version for all time is named in output. */
  private static final long SHOWN_ALWAYS = 0;

  /**
   * What became of a change.
   *
   * @param setting what holds now, {@code null} if nothing changes
   * @param ack what to answer, {@code null} if nobody waits for an answer
   */
  record Outcome(Setting setting, ControlAck ack) {

    boolean isRefusal() {
      return ack != null && !ack.isAccepted();
    }
  }

  private final EpochTime time;

  /** By key: what holds in the end. */
  private final TreeMap<String, Setting> standing = new TreeMap<>();

  private final Map<String, Integer> pinsByChannel = new HashMap<>();

  /** Choices of models in order; the first one is to be checked. */
  private final Queue<ControlChange> waiting = new ArrayDeque<>();

  private long lastClosedEpoch = Long.MIN_VALUE;

  SettingChanges(EpochTime time) {
    this.time = time;
  }

  /** Goes on from what was kept. */
  void restore(
      Collection<Setting> standing, Collection<ControlChange> waiting, long lastClosedEpoch) {
    standing.forEach(this::stand);
    this.waiting.addAll(waiting);
    this.lastClosedEpoch = lastClosedEpoch;
  }

  /** Takes a change; returns what was decided thereby. Changes of other kinds are left alone. */
  List<Outcome> take(ControlChange change) {
    switch (change.kind()) {
      case ControlChange.ENTITY -> {
        return List.of(decideEntity(change));
      }
      case ControlChange.MODEL -> {
        waiting.add(change);
        return decideUnchecked();
      }
      default -> {
        return List.of();
      }
    }
  }

  /** The model that is to be checked next, if one is. */
  Optional<ModelChoice> toCheck() {
    return Optional.ofNullable(waiting.peek()).map(change -> ModelChoice.of(change.value()));
  }

  /**
   * Takes the result of a check.
   *
   * @param problem what is wrong with the model, {@code null} if nothing
   */
  List<Outcome> checked(String problem) {
    var change = waiting.remove();
    var outcomes = new ArrayList<Outcome>();
    outcomes.add(
        problem == null
            ? follow(change, ControlChange.EXTRACTION, change.value())
            : refuse(change, problem));
    outcomes.addAll(decideUnchecked());
    return outcomes;
  }

  /** Whether something waits that is to hold from the beginning of time. */
  boolean holdsTime() {
    return waiting.stream().anyMatch(ControlChange::isForAllTime);
  }

  /** Closes the epochs that a watermark closes. */
  void advance(long watermark) {
    lastClosedEpoch = Math.max(lastClosedEpoch, time.lastClosedBy(watermark));
  }

  /** What holds in the end, by key. */
  List<Setting> standing() {
    return List.copyOf(standing.values());
  }

  /** What waits for its check, in order. */
  List<ControlChange> waiting() {
    return List.copyOf(waiting);
  }

  long lastClosedEpoch() {
    return lastClosedEpoch;
  }

  /** Decides what is first in the line and needs no check. */
  private List<Outcome> decideUnchecked() {
    var outcomes = new ArrayList<Outcome>();
    while (!waiting.isEmpty() && !needsCheck(waiting.element())) {
      var change = waiting.remove();
      outcomes.add(follow(change, ControlChange.EXTRACTION, change.value()));
    }
    return outcomes;
  }

  private static boolean needsCheck(ControlChange change) {
    return change.value() != null && !ModelChoice.of(change.value()).equals(ModelChoice.NONE);
  }

  private Outcome decideEntity(ControlChange change) {
    var target = NormalizedText.normalize(change.target()).strip();
    boolean isNew =
        change.value() != null && !standing.containsKey(setting(change, target, null, 0).key());
    return isNew && pinsByChannel.getOrDefault(change.channel(), 0) >= MAX_PINS
        ? refuse(change, "the channel has " + MAX_PINS + " pinned entities, and may have no more")
        : follow(change, target, change.value());
  }

  private Outcome follow(ControlChange change, String target, String value) {
    long epoch = firstEpochOf(change);
    var setting = setting(change, target, value, epoch);
    boolean changes = value != null || standing.containsKey(setting.key());
    stand(setting);
    long shown = epoch == Setting.ALWAYS ? SHOWN_ALWAYS : epoch;
    return new Outcome(
        changes ? setting : null,
        change.isForAllTime() ? null : new ControlAck(change, shown, null));
  }

  private static Outcome refuse(ControlChange change, String reason) {
    return new Outcome(null, ControlAck.refused(change, reason));
  }

  private void stand(Setting setting) {
    var before =
        setting.value() == null
            ? standing.remove(setting.key())
            : standing.put(setting.key(), setting);
    if (setting.kind().equals(ControlChange.ENTITY)) {
      int more = (setting.value() == null ? 0 : 1) - (before == null ? 0 : 1);
      pinsByChannel.merge(setting.channel(), more, Integer::sum);
    }
  }

  private static Setting setting(ControlChange change, String target, String value, long epoch) {
    return new Setting(change.kind(), change.channel(), target, value, epoch);
  }

  private long firstEpochOf(ControlChange change) {
    var from = change.isForAllTime() ? null : change.effectiveFromMillis();
    if (from == null && lastClosedEpoch == Long.MIN_VALUE) {
      return Setting.ALWAYS;
    }
    long firstOpen = lastClosedEpoch + 1;
    return from == null ? firstOpen : Math.max(firstOpen, time.epochOf(from));
  }
}
