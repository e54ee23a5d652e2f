package io.github.wenliu.operators.newword;

import io.github.wenliu.operators.document.EpochTime;
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
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Counts the symbols of each channel and says when enough are new for another version of its
 * vocabulary. Keyed by channel.
 *
 * <p>An operator and not a function, as counts stand in memory and go to state at checkpoints: of
 * documents that are years apart each has an epoch of its own, and a timer and an entry in state
 * for each took longer than all counting.
 */
public final class VersionsDueOperator extends AbstractStreamOperator<VersionDue>
    implements OneInputStreamOperator<SymbolBatch, VersionDue> {

  private static final long serialVersionUID = 1L;

  private static final String TOTALS = "channel-totals";

  private final EpochTime time;
  private final NewWordParameters parameters;

  private transient ValueState<ChannelTotals> totalsState;
  private transient ValueState<byte[]> symbolsState;
  private transient ListState<byte[]> logState;
  private transient ListState<byte[]> waitingState;

  /** All channels of this subtask. */
  private transient Map<String, ChannelSymbols> channels;

  public VersionsDueOperator(EpochTime time, NewWordParameters parameters) {
    this.time = time;
    this.parameters = parameters;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    var bytes = PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO;
    var keyed = getKeyedStateStore();
    totalsState =
        keyed.getState(new ValueStateDescriptor<>(TOTALS, TypeInformation.of(ChannelTotals.class)));
    symbolsState = keyed.getState(new ValueStateDescriptor<>("symbol-counts", bytes));
    logState = keyed.getListState(new ListStateDescriptor<>("symbol-log", bytes));
    waitingState = keyed.getListState(new ListStateDescriptor<>("symbols-waiting", bytes));
    channels = new TreeMap<>();
    List<String> known;
    try (var keys = this.<String>getKeyedStateBackend().getKeys(TOTALS, VoidNamespace.INSTANCE)) {
      known = keys.toList();
    }
    for (String channel : known) {
      setCurrentKey(channel);
      channels.put(
          channel,
          new ChannelSymbols(
              totalsState.value(), symbolsState.value(), logState.get(), waitingState.get()));
    }
  }

  @Override
  public void processElement(StreamRecord<SymbolBatch> element) {
    channels
        .computeIfAbsent(
            element.getValue().channel(),
            unused -> new ChannelSymbols(null, null, List.of(), List.of()))
        .add(element.getValue().texts());
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    channels.forEach((channel, symbols) -> close(channel, symbols, mark.getTimestamp()));
    super.processWatermark(mark);
  }

  private void close(String channel, ChannelSymbols symbols, long timestamp) {
    while (symbols.firstWaiting() != Long.MAX_VALUE
        && time.lastMillisOf(symbols.firstWaiting()) <= timestamp) {
      long epoch = symbols.firstWaiting();
      // Behind an idle partition's return an epoch may close again: it counts for the next version.
      boolean closesFirst = epoch > symbols.totals().epoch();
      symbols.close();
      if (closesFirst && symbols.totals().isDue(parameters)) {
        emit(channel, symbols, epoch, false);
        symbols.setTotals(symbols.totals().afterVersion(parameters));
      }
    }
    if (timestamp == Watermark.MAX_WATERMARK.getTimestamp() && !symbols.totals().ended()) {
      // A version of its own behind the last epoch, whether or not that one had a version.
      emit(channel, symbols, symbols.totals().epoch() + 1, true);
      symbols.setTotals(symbols.totals().afterEnd());
    }
  }

  private void emit(String channel, ChannelSymbols symbols, long epoch, boolean last) {
    var totals = symbols.totals();
    output.collect(
        new StreamRecord<>(
            new VersionDue(
                channel,
                epoch,
                last,
                !last && totals.prunes(parameters),
                totals.symbols(),
                symbols.counts().toByteArray(parameters.minCount()))));
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    for (var entry : channels.entrySet()) {
      setCurrentKey(entry.getKey());
      var symbols = entry.getValue();
      totalsState.update(symbols.totals());
      waitingState.update(List.of(symbols.waiting()));
      if (symbols.isBaseOld()) {
        symbolsState.update(symbols.pack());
        logState.clear();
      } else {
        logState.add(symbols.takeUnsaved());
      }
    }
  }
}
