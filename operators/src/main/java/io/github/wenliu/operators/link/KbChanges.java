package io.github.wenliu.operators.link;

import io.github.wenliu.operators.document.ControlAck;
import io.github.wenliu.operators.document.ControlChange;
import io.github.wenliu.operators.document.EpochTime;
import io.github.wenliu.operators.document.Setting;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Decides what is asked of the knowledge base: whether a change is followed, and from which epoch
 * on. What stood in the topic when the job was submitted holds for all time; of a later change that
 * is the first epoch still open when it comes, or the later one that it names, for which it waits
 * here. So what is handed on is ordered by epoch, and of one entry what was said last holds.
 *
 * <p>Redirects of the bootstrap are decided at its end, in the order of their ids: partitions of
 * the topic come as they come, and which of two redirects closes a cycle must not depend on that.
 * Whatever else comes before the end waits. O(1) a change but for {@link Redirects}; memory for
 * redirects and for what waits. Not thread-safe.
 */
final class KbChanges {

  /** Changes that may wait for their time. */
  static final int MAX_SCHEDULED = 100_000;

  /** What an answer calls a change that gives an entry. */
  static final String PUT = "put";

  /** What an answer calls a change that takes an entry away. */
  static final String DELETE = "delete";

  /** How the version for all time is named in output. */
  private static final long SHOWN_ALWAYS = 0;

  /**
   * What became of a change.
   *
   * @param updates what is different now
   * @param ack what to answer, {@code null} if nobody waits for an answer
   */
  record Outcome(List<KbUpdate> updates, ControlAck ack) {

    boolean isRefusal() {
      return ack != null && !ack.isAccepted();
    }
  }

  private static final Outcome NOTHING = new Outcome(List.of(), null);

  private final EpochTime time;
  private final long expectedEnds;

  private final Redirects redirects;

  /** By key, while the bootstrap is read: redirects that are not decided yet. */
  private final TreeMap<String, Redirect> undecided = new TreeMap<>();

  /** By group: which entry it is. */
  private final Map<String, PromotedGroup> promoted = new HashMap<>();

  /** What came before the bootstrap was read, in order. */
  private final List<KbRecord> waiting = new ArrayList<>();

  /** By epoch, then by key: what waits for its time. */
  private final TreeMap<Long, LinkedHashMap<String, ScheduledChange>> scheduled = new TreeMap<>();

  /** By key: for which epochs something of it waits. */
  private final Map<String, TreeSet<Long>> epochsOf = new HashMap<>();

  private int scheduledCount;
  private long ends;
  private long lastClosedEpoch = Long.MIN_VALUE;
  private long version = Setting.ALWAYS;

  /**
   * @param expectedEnds how many times {@link KbRecord#END} comes before the bootstrap is read
   */
  KbChanges(EpochTime time, long expectedEnds) {
    this(time, expectedEnds, new Redirects());
  }

  KbChanges(EpochTime time, long expectedEnds, Redirects redirects) {
    this.time = time;
    this.expectedEnds = expectedEnds;
    this.redirects = redirects;
  }

  /** Goes on from what was kept. */
  void restore(
      Collection<Redirect> redirects,
      Collection<PromotedGroup> promoted,
      Collection<KbRecord> waiting,
      Collection<ScheduledChange> scheduled,
      long ends,
      long lastClosedEpoch) {
    this.ends = ends;
    this.lastClosedEpoch = lastClosedEpoch;
    if (isRead()) {
      this.redirects.restore(redirects);
    } else {
      redirects.forEach(redirect -> undecided.put(redirect.key(), redirect));
    }
    promoted.forEach(group -> this.promoted.put(group.key(), group));
    this.waiting.addAll(waiting);
    scheduled.forEach(this::schedule);
  }

  /** Whether all that stood in the topic when the job was submitted has come. */
  boolean isRead() {
    return ends >= expectedEnds;
  }

  /** Takes what came, but for a rejection; returns what was decided thereby. */
  List<Outcome> take(KbRecord record) {
    if (isRead()) {
      // What stood there before belongs to the beginning: state that knows more goes on from it.
      boolean isOld = record.change() != null && record.change().isForAllTime();
      return isOld || record.isEnd() ? List.of() : List.of(decide(record));
    }
    if (record.isEnd()) {
      ends++;
      return isRead() ? decideAllThatWaits() : List.of();
    }
    if (record.promotion() != null || !record.change().isForAllTime()) {
      waiting.add(record);
      return List.of();
    }
    return List.of(read(record.change()));
  }

  /** Takes an entry of the bootstrap. */
  private Outcome read(KbChange change) {
    var key = change.channel() + "/" + change.id();
    var entry = change.entry();
    if (entry != null && entry.redirect() != null) {
      boolean wasRedirect = undecided.put(key, Redirect.of(entry)) != null;
      return new Outcome(wasRedirect ? List.of() : List.of(own(change, null)), null);
    }
    undecided.remove(key);
    return new Outcome(List.of(own(change, entry)), null);
  }

  private static KbUpdate own(KbChange change, KbEntry entry) {
    return KbUpdate.of(change.channel(), change.id(), entry, Setting.ALWAYS);
  }

  private List<Outcome> decideAllThatWaits() {
    var outcomes = new ArrayList<Outcome>();
    for (var redirect : undecided.values()) {
      var problem = redirects.problem(redirect);
      outcomes.add(
          problem == null
              ? new Outcome(redirects.put(redirect, Setting.ALWAYS), null)
              : refuse(askedBy(redirect), problem));
    }
    undecided.clear();
    var came = List.copyOf(waiting);
    waiting.clear();
    // What stood in the control topic first: it does not count when it came.
    for (boolean forAllTime : new boolean[] {true, false}) {
      for (var record : came) {
        boolean isForAllTime = record.promotion() != null && record.promotion().isForAllTime();
        if (isForAllTime == forAllTime) {
          outcomes.add(decide(record));
        }
      }
    }
    return outcomes;
  }

  private Outcome decide(KbRecord record) {
    if (record.promotion() != null) {
      return decidePromotion(record.promotion());
    }
    return decide(record.change(), askedBy(record.change()));
  }

  private Outcome decidePromotion(ControlChange promotion) {
    var key = promotion.channel() + "/" + promotion.target();
    if (promotion.action() == null) {
      var former = promoted.remove(key);
      if (former == null) {
        return promotion.isForAllTime() ? NOTHING : refuse(promotion, "it is not promoted");
      }
      return decide(change(promotion, former.id(), null), promotion);
    }
    KbEntry entry;
    try {
      entry = Promotion.entry(promotion);
    } catch (IllegalArgumentException e) {
      return refuse(promotion, e.getMessage());
    }
    var outcome = decide(change(promotion, entry.id(), entry), promotion);
    if (outcome.isRefusal()) {
      return outcome;
    }
    var former =
        promoted.put(key, new PromotedGroup(entry.channel(), promotion.target(), entry.id()));
    if (former == null || former.id().equals(entry.id())) {
      return outcome;
    }
    var updates = new ArrayList<>(outcome.updates());
    updates.addAll(decide(change(promotion, former.id(), null), promotion).updates());
    return new Outcome(updates, outcome.ack());
  }

  private static KbChange change(ControlChange promotion, String id, KbEntry entry) {
    return new KbChange(
        promotion.channel(), id, entry, promotion.effectiveFromMillis(), promotion.origin());
  }

  private Outcome decide(KbChange change, ControlChange asked) {
    var problem = problem(change);
    if (problem != null) {
      return refuse(asked, problem);
    }
    long firstOpen = firstOpen();
    var from = change.isForAllTime() ? null : change.effectiveFromMillis();
    long epoch = from == null ? firstOpen : Math.max(firstOpen, time.epochOf(from));
    if (epoch > firstOpen) {
      var later = new ScheduledChange(change, asked, epoch);
      if (scheduledCount >= MAX_SCHEDULED) {
        return refuse(asked, MAX_SCHEDULED + " changes wait for their time, and no more may");
      }
      unschedule(later.key(), epoch);
      schedule(later);
      return new Outcome(List.of(), accepted(asked, epoch));
    }
    unschedule(change.channel() + "/" + change.id(), epoch);
    return new Outcome(follow(change, epoch), accepted(asked, epoch));
  }

  private String problem(KbChange change) {
    return change.entry() == null || change.entry().redirect() == null
        ? null
        : redirects.problem(Redirect.of(change.entry()));
  }

  /** Does what is asked for; there is no problem with it. */
  private List<KbUpdate> follow(KbChange change, long epoch) {
    version = Math.max(version, epoch);
    var channel = change.channel();
    var id = change.id();
    var entry = change.entry();
    var updates = new ArrayList<KbUpdate>();
    if (entry != null && entry.redirect() != null) {
      if (!redirects.contains(channel, id)) {
        updates.add(KbUpdate.of(channel, id, null, epoch));
      }
      updates.addAll(redirects.put(Redirect.of(entry), epoch));
      return updates;
    }
    boolean wasRedirect = redirects.contains(channel, id);
    updates.addAll(redirects.remove(channel, id, epoch));
    if (entry != null || !wasRedirect) {
      updates.add(KbUpdate.of(channel, id, entry, epoch));
    }
    return updates;
  }

  /** Closes the epochs that a watermark closes, and does what has waited for the next. */
  List<Outcome> advance(long watermark) {
    lastClosedEpoch = Math.max(lastClosedEpoch, time.lastClosedBy(watermark));
    var outcomes = new ArrayList<Outcome>();
    while (!scheduled.isEmpty() && scheduled.firstKey() <= firstOpen()) {
      for (var due : List.copyOf(scheduled.firstEntry().getValue().values())) {
        remove(due);
        // Answered when it came; but what it builds on may have changed since.
        var problem = problem(due.change());
        outcomes.add(
            problem == null
                ? new Outcome(follow(due.change(), due.epoch()), null)
                : refuse(due.asked(), problem));
      }
    }
    return outcomes;
  }

  private long firstOpen() {
    return lastClosedEpoch == Long.MIN_VALUE ? Setting.ALWAYS : lastClosedEpoch + 1;
  }

  private void schedule(ScheduledChange later) {
    scheduled
        .computeIfAbsent(later.epoch(), unused -> new LinkedHashMap<>())
        .put(later.key(), later);
    epochsOf.computeIfAbsent(later.key(), unused -> new TreeSet<>()).add(later.epoch());
    scheduledCount++;
  }

  /** Forgets what waits of a key for an epoch or a later one. */
  private void unschedule(String key, long from) {
    var epochs = epochsOf.get(key);
    if (epochs != null) {
      for (long epoch : List.copyOf(epochs.tailSet(from, true))) {
        remove(scheduled.get(epoch).get(key));
      }
    }
  }

  private void remove(ScheduledChange change) {
    var ofEpoch = scheduled.get(change.epoch());
    ofEpoch.remove(change.key());
    if (ofEpoch.isEmpty()) {
      scheduled.remove(change.epoch());
    }
    var epochs = epochsOf.get(change.key());
    epochs.remove(change.epoch());
    if (epochs.isEmpty()) {
      epochsOf.remove(change.key());
    }
    scheduledCount--;
  }

  private static ControlChange askedBy(KbChange change) {
    return new ControlChange(
        ControlChange.KB,
        change.channel(),
        change.id(),
        change.entry() == null ? DELETE : PUT,
        null,
        change.effectiveFromMillis(),
        change.origin());
  }

  /** Of a redirect of the bootstrap, whose record is known no more. */
  private static ControlChange askedBy(Redirect redirect) {
    return new ControlChange(
        ControlChange.KB,
        redirect.channel(),
        redirect.id(),
        PUT,
        null,
        ControlChange.FOR_ALL_TIME,
        "bootstrap");
  }

  private static ControlAck accepted(ControlChange asked, long epoch) {
    long shown = epoch == Setting.ALWAYS ? SHOWN_ALWAYS : epoch;
    return asked.isForAllTime() ? null : new ControlAck(asked, shown, null);
  }

  private static Outcome refuse(ControlChange asked, String reason) {
    return new Outcome(List.of(), ControlAck.refused(asked, reason));
  }

  /** The redirects, decided or not. */
  List<Redirect> redirects() {
    return isRead() ? redirects.all() : List.copyOf(undecided.values());
  }

  int redirectCount() {
    return redirects.size() + undecided.size();
  }

  List<PromotedGroup> promoted() {
    return List.copyOf(promoted.values());
  }

  /** What waits for the end of the bootstrap, in order. */
  List<KbRecord> waiting() {
    return List.copyOf(waiting);
  }

  /** What waits for its time, by epoch. */
  List<ScheduledChange> scheduled() {
    var all = new ArrayList<ScheduledChange>(scheduledCount);
    scheduled.values().forEach(ofEpoch -> all.addAll(ofEpoch.values()));
    return all;
  }

  int waitingCount() {
    return waiting.size() + scheduledCount;
  }

  long ends() {
    return ends;
  }

  long lastClosedEpoch() {
    return lastClosedEpoch;
  }

  /** The newest epoch in which something changed, as it is shown; of this attempt alone. */
  long version() {
    return version == Setting.ALWAYS ? SHOWN_ALWAYS : version;
  }
}
