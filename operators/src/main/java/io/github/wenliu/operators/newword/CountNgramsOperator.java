package io.github.wenliu.operators.newword;

import io.github.wenliu.operators.document.EpochTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
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
 * version tells the scorer what they say of every candidate. One state access a shard and version,
 * never one an n-gram.
 *
 * <p>Windows come with their epochs and wait, as they are, for a version of their epoch or a later
 * one; so the statistics of a version are those of the documents up to its epoch, whatever else has
 * come. Then they are merged into a recent run, and this one into the base run when it has grown to
 * a share of it.
 *
 * <p>First input: {@link WindowBatch}, keyed by {@link WindowBatch#key}. Second input: {@link
 * VersionDue}, to every subtask. An operator and not a function, as a version has to go through all
 * keys of the subtask when the watermark of both inputs passes its epoch.
 */
public final class CountNgramsOperator extends AbstractStreamOperator<FactBatch>
    implements TwoInputStreamOperator<WindowBatch, VersionDue, FactBatch> {

  private static final long serialVersionUID = 1L;

  private static final String BASE = "ngram-base";
  private static final String RECENT = "ngram-recent";
  private static final String PENDING = "ngram-pending";

  private final EpochTime time;
  private final NewWordParameters parameters;

  private transient ValueState<byte[]> baseState;
  private transient ValueState<byte[]> recentState;
  private transient ListState<byte[]> pendingState;
  private transient ListState<VersionDue> dueState;

  /** The keys of this subtask, by channel. */
  private transient Map<String, TreeSet<String>> keysByChannel;

  private transient List<VersionDue> due;

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
    keysByChannel = new HashMap<>();
    for (String state : List.of(BASE, RECENT, PENDING)) {
      try (var keys = this.<String>getKeyedStateBackend().getKeys(state, VoidNamespace.INSTANCE)) {
        keys.forEach(this::add);
      }
    }
  }

  @Override
  public void processElement1(StreamRecord<WindowBatch> element) throws Exception {
    add((String) getCurrentKey());
    pendingState.add(element.getValue().windows());
  }

  @Override
  public void processElement2(StreamRecord<VersionDue> element) {
    add(element.getValue());
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    due.sort(Comparator.comparing(VersionDue::epoch).thenComparing(VersionDue::channel));
    while (!due.isEmpty() && time.lastMillisOf(due.get(0).epoch()) <= mark.getTimestamp()) {
      tell(due.remove(0));
    }
    super.processWatermark(mark);
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    dueState.update(due);
  }

  private void add(String key) {
    keysByChannel.computeIfAbsent(WindowBatch.channelOf(key), unused -> new TreeSet<>()).add(key);
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

  private void tell(VersionDue version) throws Exception {
    var symbolCounts = new SymbolCounts();
    symbolCounts.add(version.symbols());
    var facts =
        Map.of(Direction.FORWARD, new CandidateFacts(), Direction.BACKWARD, new CandidateFacts());
    for (String key : keysByChannel.getOrDefault(version.channel(), new TreeSet<>())) {
      setCurrentKey(key);
      var direction = WindowBatch.directionOf(key);
      facts
          .get(direction)
          .add(direction, settle(version.epoch()), parameters.minCount(), symbolCounts);
    }
    facts.forEach(
        (direction, ofDirection) ->
            ofDirection.drain(
                (bucket, packed) ->
                    output.collect(
                        new StreamRecord<>(
                            new FactBatch(
                                version.channel(),
                                version.epoch(),
                                version.last(),
                                version.total(),
                                direction,
                                bucket,
                                packed)))));
  }

  /** Merges what has come up to an epoch into the runs of the current key. */
  private NgramShard settle(long epoch) throws Exception {
    var before = new NgramShard(bytes(baseState), bytes(recentState), WindowRun.EMPTY);
    var batches = new ArrayList<byte[]>();
    pendingState.get().forEach(batches::add);
    if (batches.isEmpty()) {
      return before;
    }
    var shard = before.settled(batches, epoch);
    if (shard.base() != before.base()) {
      baseState.update(shard.base());
    }
    if (shard.recent() != before.recent()) {
      recentState.update(shard.recent());
    }
    pendingState.update(shard.later().length == 0 ? List.of() : List.of(shard.later()));
    return shard;
  }

  private static byte[] bytes(ValueState<byte[]> state) throws Exception {
    byte[] value = state.value();
    return value == null ? WindowRun.EMPTY : value;
  }
}
