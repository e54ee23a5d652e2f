package io.github.wenliu.operators.newword;

import io.github.wenliu.operators.document.EpochTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;

/**
 * Cuts the texts of closed epochs into the windows that are counted and sends them to their shards
 * in batches. A text that has counted does not again for {@link NewWordParameters#repostsMillis}:
 * what is copied says nothing of what its symbols do elsewhere. Keyed by {@link TextBatch#key}.
 *
 * <p>Texts wait in memory until their epoch closes, and so it is the first epoch of a text that
 * counts, in whatever order they come. An operator and not a function, as it goes through all keys
 * of the subtask when the watermark passes an epoch, and writes state at checkpoints only.
 */
public final class CutWindowsOperator extends AbstractStreamOperator<WindowBatch>
    implements OneInputStreamOperator<TextBatch, WindowBatch> {

  private static final long serialVersionUID = 1L;

  /** The symbols of each epoch. */
  public static final OutputTag<SymbolBatch> SYMBOLS =
      new OutputTag<>("symbols", TypeInformation.of(SymbolBatch.class));

  /** Name of this stage. */
  public static final String STAGE = "cut-windows";

  static final String METRIC_REPOSTS = "reposts";

  private static final String SEEN = "texts-seen";
  private static final String WAITING = "texts-waiting";

  /** Windows that are collected at most, of all channels. */
  private static final int MAX_WINDOWS = 1 << 17;

  private final EpochTime time;
  private final NewWordParameters parameters;

  private transient ListState<byte[]> seenState;
  private transient ListState<byte[]> waitingState;

  /** By key; all keys of this subtask. */
  private transient Map<String, DistinctTexts> texts;

  /** Keys of which texts wait. */
  private transient Set<String> waiting;

  /** Keys whose state is not what it was at the last checkpoint. */
  private transient Set<String> changed;

  private transient Map<String, Collected> collectedByChannel;
  private transient int windows;
  private transient Counter reposts;

  public CutWindowsOperator(EpochTime time, NewWordParameters parameters) {
    this.time = time;
    this.parameters = parameters;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    var bytes = PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO;
    var keyed = getKeyedStateStore();
    seenState = keyed.getListState(new ListStateDescriptor<>(SEEN, bytes));
    waitingState = keyed.getListState(new ListStateDescriptor<>(WAITING, bytes));
    texts = new HashMap<>();
    waiting = new TreeSet<>();
    changed = new HashSet<>();
    for (String state : List.of(SEEN, WAITING)) {
      for (String key : keys(state)) {
        setCurrentKey(key);
        restore(key);
      }
    }
  }

  /** The keys of this subtask that have a state. */
  private List<String> keys(String state) {
    try (var keys = this.<String>getKeyedStateBackend().getKeys(state, VoidNamespace.INSTANCE)) {
      return keys.toList();
    }
  }

  private void restore(String key) throws Exception {
    if (!texts.containsKey(key)) {
      var ofKey =
          new DistinctTexts(parameters.repostEpochs(time), seenState.get(), waitingState.get());
      texts.put(key, ofKey);
      if (ofKey.firstWaiting() != Long.MAX_VALUE) {
        waiting.add(key);
      }
    }
  }

  @Override
  public void open() throws Exception {
    super.open();
    collectedByChannel = new HashMap<>();
    reposts = getMetricGroup().addGroup(STAGE).counter(METRIC_REPOSTS);
  }

  @Override
  public void processElement(StreamRecord<TextBatch> element) {
    var key = (String) getCurrentKey();
    texts
        .computeIfAbsent(
            key, unused -> new DistinctTexts(parameters.repostEpochs(time), List.of(), List.of()))
        .add(element.getValue().texts());
    waiting.add(key);
    changed.add(key);
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    for (String key : new ArrayList<>(waiting)) {
      var ofKey = texts.get(key);
      while (isClosed(ofKey.firstWaiting(), mark)) {
        close(TextBatch.channelOf(key), ofKey);
        changed.add(key);
      }
      if (ofKey.firstWaiting() == Long.MAX_VALUE) {
        waiting.remove(key);
      }
    }
    emitCollected();
    super.processWatermark(mark);
  }

  private boolean isClosed(long epoch, Watermark mark) {
    return epoch != Long.MAX_VALUE && time.lastMillisOf(epoch) <= mark.getTimestamp();
  }

  private void close(String channel, DistinctTexts ofKey) {
    long epoch = ofKey.firstWaiting();
    var collected = collectedByChannel.computeIfAbsent(channel, unused -> new Collected());
    reposts.inc(
        ofKey.close(
            (fingerprint, batch, from, to) -> {
              windows += collected.add(batch, from, to, epoch);
              if (windows >= MAX_WINDOWS) {
                emitCollected();
              }
            }));
  }

  private void emitCollected() {
    collectedByChannel.forEach(
        (channel, collected) -> {
          collected.buffers.drain(
              (direction, shard, batch) ->
                  output.collect(
                      new StreamRecord<>(new WindowBatch(channel, direction, shard, batch))));
          if (collected.symbols.length() > 0) {
            output.collect(
                SYMBOLS, new StreamRecord<>(new SymbolBatch(channel, collected.symbols.drain())));
          }
        });
    windows = 0;
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    for (String key : changed) {
      setCurrentKey(key);
      var ofKey = texts.get(key);
      if (ofKey.isLogOld()) {
        seenState.update(List.of(ofKey.log()));
      } else if (ofKey.hasUnsaved()) {
        seenState.add(ofKey.takeUnsaved());
      }
      byte[] batch = ofKey.waiting();
      waitingState.update(batch.length == 0 ? List.of() : List.of(batch));
    }
    changed.clear();
  }

  /** What was collected of a channel. */
  private static final class Collected {

    private final WindowBuffers buffers = new WindowBuffers();
    private final SymbolBuffer symbols = new SymbolBuffer();

    /** Returns the number of windows. */
    int add(byte[] batch, int from, int to, long epoch) {
      symbols.add(batch, from, to, epoch);
      var names = new RunNames();
      return buffers.add(new PackedReader(batch, from, to, names), names, epoch);
    }
  }
}
