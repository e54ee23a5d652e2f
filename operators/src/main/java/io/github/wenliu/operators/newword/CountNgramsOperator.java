package io.github.wenliu.operators.newword;

import io.github.wenliu.operators.document.EpochTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Counts n-grams: keeps the windows of each shard in keyed state, as sorted runs of bytes, and at a
 * version tells the scorer what they say of every candidate. A few state accesses a shard and
 * version, never one an n-gram.
 *
 * <p>Windows come with their epochs and wait, as they are, for a version of their epoch or a later
 * one, in memory and, from checkpoint to checkpoint, in state; so the statistics of a version are
 * those of the documents up to its epoch, whatever else has come. Then they are merged into a
 * recent run, and this one into the base run when it has grown to a share of it.
 *
 * <p>First input: {@link WindowBatch}, keyed by {@link WindowBatch#key}. Second input: {@link
 * VersionDue}, to every subtask. An operator and not a function, as a version has to go through all
 * keys of the subtask when the watermark of both inputs passes its epoch.
 */
public final class CountNgramsOperator extends AbstractStreamOperator<FactBatch>
    implements TwoInputStreamOperator<WindowBatch, VersionDue, FactBatch> {

  private static final long serialVersionUID = 1L;

  /** Facts that are kept in memory at a time, where it takes more than one version to fill that. */
  private static final long MAX_FACTS_BYTES = 32 << 20;

  private static final String BASE = "ngram-base";
  private static final String RECENT = "ngram-recent";
  private static final String PENDING = "ngram-pending";

  private final EpochTime time;
  private final NewWordParameters parameters;

  private transient ValueState<byte[]> baseState;
  private transient ValueState<byte[]> recentState;
  private transient ListState<byte[]> pendingState;
  private transient ListState<VersionDue> dueState;

  /** The windows that wait, by channel and key; every key of this subtask is there. */
  private transient Map<String, TreeMap<String, PendingBatches>> pendingByChannel;

  private transient List<VersionDue> due;

  /** The facts of each channel's last version here. */
  private transient Map<String, Long> factsBytes;

  public CountNgramsOperator(EpochTime time, NewWordParameters parameters) {
    this.time = time;
    this.parameters = parameters;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    var bytes = PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO;
    var keyed = getKeyedStateStore();
    baseState = keyed.getState(new ValueStateDescriptor<>(BASE, bytes));
    recentState = keyed.getState(new ValueStateDescriptor<>(RECENT, bytes));
    pendingState = keyed.getListState(new ListStateDescriptor<>(PENDING, bytes));
    dueState =
        context
            .getOperatorStateStore()
            .getUnionListState(
                new ListStateDescriptor<>("versions-due", TypeInformation.of(VersionDue.class)));
    due = new ArrayList<>();
    for (VersionDue restored : dueState.get()) {
      add(restored);
    }
    pendingByChannel = new HashMap<>();
    factsBytes = new HashMap<>();
    keys(BASE).forEach(this::pending);
    for (String key : keys(PENDING)) {
      setCurrentKey(key);
      var pending = pending(key);
      pendingState.get().forEach(pending::add);
      pending.setSaved();
    }
  }

  /** The keys of this subtask that have a state. */
  private List<String> keys(String state) {
    try (var keys = this.<String>getKeyedStateBackend().getKeys(state, VoidNamespace.INSTANCE)) {
      return keys.toList();
    }
  }

  @Override
  public void processElement1(StreamRecord<WindowBatch> element) {
    pending((String) getCurrentKey()).add(element.getValue().windows());
  }

  @Override
  public void processElement2(StreamRecord<VersionDue> element) {
    add(element.getValue());
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    due.sort(Comparator.comparing(VersionDue::channel).thenComparing(VersionDue::epoch));
    var reached = new ArrayList<VersionDue>();
    for (VersionDue version : due) {
      if (time.lastMillisOf(version.epoch()) <= mark.getTimestamp()) {
        reached.add(version);
      }
    }
    due.removeAll(reached);
    for (int from = 0; from < reached.size(); ) {
      from = tell(reached, from);
    }
    super.processWatermark(mark);
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    dueState.update(due);
    for (var ofChannel : pendingByChannel.values()) {
      for (var entry : ofChannel.entrySet()) {
        save(entry.getKey(), entry.getValue());
      }
    }
  }

  private void save(String key, PendingBatches pending) throws Exception {
    if (pending.isOutdated()) {
      setCurrentKey(key);
      pendingState.update(pending.unsaved());
    } else if (!pending.unsaved().isEmpty()) {
      setCurrentKey(key);
      pendingState.addAll(pending.unsaved());
    }
    pending.setSaved();
  }

  private PendingBatches pending(String key) {
    return pendingByChannel
        .computeIfAbsent(WindowBatch.channelOf(key), unused -> new TreeMap<>())
        .computeIfAbsent(key, unused -> new PendingBatches());
  }

  /** Takes over a version; after a restore every subtask gets those of all. */
  private void add(VersionDue version) {
    boolean isKnown =
        due.stream()
            .anyMatch(
                other ->
                    other.epoch() == version.epoch() && other.channel().equals(version.channel()));
    if (!isKnown) {
      due.add(version);
    }
  }

  /**
   * Tells the facts of as many versions of one channel as fit into memory together. Going through
   * the shards once for several versions spares reading them again; in a replay many fall due at
   * one watermark.
   *
   * @return the first version that was not told
   */
  private int tell(List<VersionDue> versions, int from) throws Exception {
    var channel = versions.get(from).channel();
    long room = Math.max(1, MAX_FACTS_BYTES / Math.max(1, factsBytes.getOrDefault(channel, 0L)));
    int to = from;
    while (to < versions.size() && to - from < room && versions.get(to).channel().equals(channel)) {
      to++;
    }
    var told = new ArrayList<Told>();
    for (VersionDue version : versions.subList(from, to)) {
      told.add(new Told(version, parameters.minCount()));
    }
    for (var shard : pendingByChannel.getOrDefault(channel, new TreeMap<>()).entrySet()) {
      setCurrentKey(shard.getKey());
      tellShard(WindowBatch.directionOf(shard.getKey()), shard.getValue(), told);
    }
    for (Told version : told) {
      factsBytes.put(channel, emit(version));
    }
    return to;
  }

  /** Merges the windows of each version into the runs of the current key, and looks at these. */
  private void tellShard(Direction direction, PendingBatches pending, List<Told> versions)
      throws Exception {
    var before = new NgramShard(bytes(baseState), bytes(recentState));
    long[] epochs = versions.stream().mapToLong(told -> told.version.epoch()).toArray();
    byte[][] parts = pending.take(epochs);
    var shard = before;
    for (int i = 0; i < epochs.length; i++) {
      if (parts[i].length > 0) {
        shard = shard.settled(List.of(parts[i]));
      }
      versions.get(i).facts(direction).add(shard);
    }
    if (shard.recent() != before.recent()) {
      recentState.update(shard.recent());
    }
    if (shard.base() != before.base()) {
      baseState.update(shard.base());
    }
  }

  /** Returns how many bytes it emitted. */
  private long emit(Told told) {
    var version = told.version;
    long[] bytes = {0};
    for (Direction direction : Direction.values()) {
      told.facts(direction)
          .drain(
              (bucket, packed) -> {
                bytes[0] += packed.length;
                output.collect(
                    new StreamRecord<>(
                        new FactBatch(
                            version.channel(),
                            version.epoch(),
                            version.last(),
                            version.total(),
                            direction,
                            bucket,
                            packed)));
              });
    }
    return bytes[0];
  }

  private static byte[] bytes(ValueState<byte[]> state) throws Exception {
    byte[] value = state.value();
    return value == null ? WindowRun.EMPTY : value;
  }

  /** A version with what has been found for it so far. */
  private static final class Told {

    private final VersionDue version;
    private final CandidateFacts forward;
    private final CandidateFacts backward;

    Told(VersionDue version, int minCount) {
      this.version = version;
      var symbolCounts = new SymbolCounts();
      symbolCounts.add(version.symbols());
      forward = new CandidateFacts(Direction.FORWARD, minCount, symbolCounts);
      backward = new CandidateFacts(Direction.BACKWARD, minCount, symbolCounts);
    }

    CandidateFacts facts(Direction direction) {
      return direction == Direction.FORWARD ? forward : backward;
    }
  }
}
