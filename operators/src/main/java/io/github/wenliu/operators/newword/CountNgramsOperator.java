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
import org.apache.flink.util.OutputTag;

/**
 * Counts n-grams: keeps those of each shard in memory as an {@link NgramTrie} and at a version
 * tells the scorer what they say of every candidate. In keyed state stand the packed trie and a log
 * of what came since: a few state accesses a shard, version and checkpoint, never one an n-gram.
 *
 * <p>Windows come with their epochs and wait for a version of their epoch or a later one; so the
 * statistics of a version are those of the documents up to its epoch, whatever else has come.
 * Shards beyond {@link NewWordParameters#memoryBytes} are in state alone and are read for each
 * version. After a restore all shards are, until the first version.
 *
 * <p>First input: {@link WindowBatch}, keyed by {@link WindowBatch#key}. Second input: {@link
 * VersionDue}, to every subtask. Facts go out by the bucket of their candidates, {@link #PAIRS} are
 * for all buckets; the watermark of their version follows both. An operator and not a function, as
 * a version has to go through all keys of the subtask when the watermark of both inputs passes its
 * epoch.
 */
public final class CountNgramsOperator extends AbstractStreamOperator<FactBatch>
    implements TwoInputStreamOperator<WindowBatch, VersionDue, FactBatch> {

  /** What the subtask's shards know of pairs at each version. */
  public static final OutputTag<PairBatch> PAIRS =
      new OutputTag<>("pairs", TypeInformation.of(PairBatch.class));

  private static final long serialVersionUID = 1L;

  /** Facts that are kept in memory at a time, where it takes more than one version to fill that. */
  private static final long MAX_FACTS_BYTES = 32 << 20;

  private static final String BASE = "ngram-base";
  private static final String LOG = "ngram-log";

  private final EpochTime time;
  private final NewWordParameters parameters;

  private transient ValueState<byte[]> baseState;
  private transient ListState<byte[]> logState;
  private transient ListState<VersionDue> dueState;

  /** By channel and key; every key of this subtask is there. */
  private transient Map<String, TreeMap<String, NgramShard>> shardsByChannel;

  /** Bytes of the tries in memory. */
  private transient long memory;

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
    logState = keyed.getListState(new ListStateDescriptor<>(LOG, bytes));
    dueState =
        context
            .getOperatorStateStore()
            .getUnionListState(
                new ListStateDescriptor<>("versions-due", TypeInformation.of(VersionDue.class)));
    due = new ArrayList<>();
    for (VersionDue restored : dueState.get()) {
      add(restored);
    }
    shardsByChannel = new HashMap<>();
    factsBytes = new HashMap<>();
    for (String state : List.of(BASE, LOG)) {
      for (String key : keys(state)) {
        shard(key, true);
      }
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
    shard((String) getCurrentKey(), false).add(element.getValue().windows());
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
    for (var ofChannel : shardsByChannel.values()) {
      for (var entry : ofChannel.entrySet()) {
        if (!entry.getValue().unsaved().isEmpty()) {
          setCurrentKey(entry.getKey());
          save(entry.getValue());
        }
      }
    }
  }

  /** Adds what came to the log of the current key. */
  private void save(NgramShard shard) throws Exception {
    logState.addAll(shard.unsaved());
    shard.setSaved();
  }

  /** Returns the shard of a key; if it is not known, a new one, which may stand in state. */
  private NgramShard shard(String key, boolean isInState) {
    return shardsByChannel
        .computeIfAbsent(WindowBatch.channelOf(key), unused -> new TreeMap<>())
        .computeIfAbsent(
            key,
            unused -> new NgramShard(WindowBatch.shardOf(key), parameters.minCount(), isInState));
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
    for (var shard : shardsByChannel.getOrDefault(channel, new TreeMap<>()).entrySet()) {
      setCurrentKey(shard.getKey());
      tellShard(WindowBatch.directionOf(shard.getKey()), shard.getValue(), told);
    }
    for (Told version : told) {
      factsBytes.put(channel, emit(version));
    }
    return to;
  }

  /** Counts the windows of each version in the shard of the current key, and looks at it. */
  private void tellShard(Direction direction, NgramShard shard, List<Told> versions)
      throws Exception {
    if (shard.isInMemory()) {
      memory -= shard.trie().memory();
    } else {
      shard.read(baseState.value(), logState.get());
    }
    var trie = shard.trie();
    long[] epochs = versions.stream().mapToLong(told -> told.version.epoch()).toArray();
    byte[][] parts = shard.count(epochs);
    for (int i = 0; i < epochs.length; i++) {
      if (i > 0) {
        trie.add(parts[i]);
      }
      var facts = versions.get(i).facts(direction);
      facts.add(trie);
      if (versions.get(i).version.prunes()) {
        shard.prune(facts.logs());
      }
    }
    if (shard.isBaseOld()) {
      baseState.update(shard.pack());
      logState.update(shard.waiting());
    } else if (!shard.unsaved().isEmpty()) {
      save(shard);
    }
    if (memory + trie.memory() > parameters.memoryBytes()) {
      shard.drop();
    } else {
      memory += trie.memory();
    }
  }

  /** Returns how many bytes it emitted. */
  private long emit(Told told) {
    var version = told.version;
    long[] bytes = {0};
    for (Direction direction : Direction.values()) {
      var facts = told.facts(direction);
      byte[] pairs = facts.packedPairs();
      if (pairs.length > 0) {
        bytes[0] += pairs.length;
        output.collect(
            PAIRS,
            new StreamRecord<>(
                new PairBatch(version.channel(), version.epoch(), direction, pairs)));
      }
      facts.drain(
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
