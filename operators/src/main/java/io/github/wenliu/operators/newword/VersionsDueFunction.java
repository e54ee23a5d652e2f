package io.github.wenliu.operators.newword;

import io.github.wenliu.operators.document.EpochTime;
import java.util.ArrayList;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Counts the symbols of each channel and says when enough are new for another version of its
 * vocabulary. Keyed by channel; small, as it sees each symbol once and each epoch once.
 */
public final class VersionsDueFunction
    extends KeyedProcessFunction<String, EpochSymbols, VersionDue> {

  private static final long serialVersionUID = 1L;

  /** The timer that fires when the input has ended. */
  private static final long END = Long.MAX_VALUE;

  private final EpochTime time;
  private final NewWordParameters parameters;

  private transient ValueState<ChannelTotals> totalsState;
  private transient ValueState<byte[]> symbolsState;
  private transient MapState<Long, Long> epochTotalsState;
  private transient ListState<EpochSymbols> epochSymbolsState;

  public VersionsDueFunction(EpochTime time, NewWordParameters parameters) {
    this.time = time;
    this.parameters = parameters;
  }

  @Override
  public void open(OpenContext context) {
    totalsState =
        getRuntimeContext()
            .getState(
                new ValueStateDescriptor<>(
                    "channel-totals", TypeInformation.of(ChannelTotals.class)));
    symbolsState =
        getRuntimeContext()
            .getState(
                new ValueStateDescriptor<>(
                    "symbol-counts", PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO));
    epochTotalsState =
        getRuntimeContext()
            .getMapState(new MapStateDescriptor<>("epoch-totals", Types.LONG, Types.LONG));
    epochSymbolsState =
        getRuntimeContext()
            .getListState(
                new ListStateDescriptor<>("epoch-symbols", TypeInformation.of(EpochSymbols.class)));
  }

  @Override
  public void processElement(EpochSymbols symbols, Context context, Collector<VersionDue> out)
      throws Exception {
    long epoch = symbols.epoch();
    Long before = epochTotalsState.get(epoch);
    epochTotalsState.put(epoch, (before == null ? 0 : before) + symbols.total());
    epochSymbolsState.add(symbols);
    context.timerService().registerEventTimeTimer(time.lastMillisOf(epoch));
    context.timerService().registerEventTimeTimer(END);
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<VersionDue> out)
      throws Exception {
    var totals = totalsState.value();
    if (totals == null) {
      totals = ChannelTotals.NONE;
    }
    if (timestamp == END) {
      // A version of its own behind the last epoch, whether or not that one had a version.
      out.collect(version(context.getCurrentKey(), totals.epoch() + 1, true, totals));
      return;
    }
    long epoch = time.epochOf(timestamp);
    // Behind an idle partition's return an epoch may close again: it counts for the next version.
    boolean closesFirst = epoch > totals.epoch();
    totals = totals.plus(epoch, epochTotalsState.get(epoch));
    epochTotalsState.remove(epoch);
    if (closesFirst && totals.isDue(parameters)) {
      out.collect(version(context.getCurrentKey(), epoch, false, totals));
      totals = totals.afterVersion(parameters);
    }
    totalsState.update(totals);
  }

  private VersionDue version(String channel, long epoch, boolean last, ChannelTotals totals)
      throws Exception {
    var counts = new SymbolCounts();
    var known = symbolsState.value();
    if (known != null) {
      counts.add(known);
    }
    var later = new ArrayList<EpochSymbols>();
    for (EpochSymbols symbols : epochSymbolsState.get()) {
      if (symbols.epoch() <= epoch) {
        counts.add(symbols.symbols());
      } else {
        later.add(symbols);
      }
    }
    epochSymbolsState.update(later);
    symbolsState.update(counts.toByteArray(1));
    return new VersionDue(
        channel,
        epoch,
        last,
        !last && totals.prunes(parameters),
        totals.symbols(),
        counts.toByteArray(parameters.minCount()));
  }
}
