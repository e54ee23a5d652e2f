package io.github.wenliu.operators.newword;

import io.github.wenliu.models.text.NormalizedText;
import io.github.wenliu.models.text.SymbolCodes;
import io.github.wenliu.operators.document.EnrichedDocument;
import io.github.wenliu.operators.document.EpochTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;

/**
 * Cuts documents into the windows that are counted and sends them to their shards in batches. What
 * it has collected leaves it before a watermark that closes one of its epochs and before every
 * checkpoint, so it keeps no windows in state.
 *
 * <p>An operator and not a function, as only an operator is told of a checkpoint in time to emit.
 */
public final class CutWindowsOperator extends AbstractStreamOperator<WindowBatch>
    implements OneInputStreamOperator<EnrichedDocument, WindowBatch> {

  private static final long serialVersionUID = 1L;

  /** How many symbols each epoch had. */
  public static final OutputTag<EpochSymbols> SYMBOLS =
      new OutputTag<>("epoch-symbols", TypeInformation.of(EpochSymbols.class));

  /** Windows that are collected at most, of all channels. */
  private static final int MAX_WINDOWS = 1 << 17;

  private final EpochTime time;

  private transient ListState<Long> lastClosedEpochState;

  private transient Map<String, Collected> collectedByChannel;
  private transient SymbolCodes codes;
  private transient long windows;
  private transient long firstEpoch;
  private transient long lastClosedEpoch;

  public CutWindowsOperator(EpochTime time) {
    this.time = time;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    lastClosedEpochState =
        context
            .getOperatorStateStore()
            .getUnionListState(
                new ListStateDescriptor<>("last-closed-epoch", TypeInformation.of(Long.class)));
    lastClosedEpoch = slowest(lastClosedEpochState.get());
    collectedByChannel = new HashMap<>();
    codes = new SymbolCodes();
    firstEpoch = Long.MAX_VALUE;
  }

  /**
   * What all subtasks had closed, and so those behind them. Not what the fastest had: partitions
   * need not stand at the same time, and a document is late only where its own subtask was.
   */
  private static long slowest(Iterable<Long> lastClosedEpochs) {
    var epochs = lastClosedEpochs.iterator();
    long slowest = epochs.hasNext() ? epochs.next() : Long.MIN_VALUE;
    while (epochs.hasNext()) {
      slowest = Math.min(slowest, epochs.next());
    }
    return slowest;
  }

  @Override
  public void processElement(StreamRecord<EnrichedDocument> element) {
    var document = element.getValue();
    // A document of a closed epoch counts in the first open one.
    long epoch = Math.max(document.epoch(), lastClosedEpoch + 1);
    codes.read(NormalizedText.of(document.document().text()));
    var collected =
        collectedByChannel.computeIfAbsent(
            document.document().channel(), unused -> new Collected());
    windows += collected.buffers.add(codes, epoch);
    collected.symbols.computeIfAbsent(epoch, unused -> new SymbolCounts()).add(codes);
    firstEpoch = Math.min(firstEpoch, epoch);
    if (windows >= MAX_WINDOWS) {
      flush();
    }
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    lastClosedEpoch = Math.max(lastClosedEpoch, time.lastClosedBy(mark.getTimestamp()));
    if (firstEpoch <= lastClosedEpoch) {
      flush();
    }
    super.processWatermark(mark);
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) {
    flush();
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    lastClosedEpochState.update(List.of(lastClosedEpoch));
  }

  private void flush() {
    collectedByChannel.forEach(
        (channel, collected) -> {
          collected.buffers.drain(
              (direction, shard, batch) ->
                  output.collect(
                      new StreamRecord<>(new WindowBatch(channel, direction, shard, batch))));
          collected.symbols.forEach(
              (epoch, counts) ->
                  output.collect(
                      SYMBOLS,
                      new StreamRecord<>(
                          new EpochSymbols(
                              channel, epoch, counts.total(), counts.toByteArray(1)))));
          collected.symbols.clear();
        });
    windows = 0;
    firstEpoch = Long.MAX_VALUE;
  }

  /** What was collected of a channel. */
  private static final class Collected {

    private final WindowBuffers buffers = new WindowBuffers();
    private final TreeMap<Long, SymbolCounts> symbols = new TreeMap<>();
  }
}
