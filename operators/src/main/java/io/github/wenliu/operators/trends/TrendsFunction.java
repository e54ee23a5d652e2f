package io.github.wenliu.operators.trends;

import io.github.wenliu.operators.document.EpochTime;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.co.KeyedCoProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Tells which words of a channel become hot and cool, as its epochs close. Keyed by channel; it
 * sees each word once for each epoch and part of a channel, however many documents hold it.
 */
public final class TrendsFunction
    extends KeyedCoProcessFunction<String, EpochTally, AnnouncedWord, TrendEvent> {

  private static final long serialVersionUID = 1L;

  /** Name of this stage. */
  public static final String STAGE = "trends";

  static final String METRIC_HOT = "hot";
  static final String METRIC_COOLED = "cooled";

  private final EpochTime time;
  private final TrendParameters parameters;

  private transient ListState<EpochTally> talliesState;
  private transient ListState<AnnouncedWord> announcedState;
  private transient ValueState<TrendTotals> totalsState;
  private transient MapState<String, WordTrend> wordsState;
  private transient MapState<String, Boolean> hotState;
  private transient ListState<TopWord> topState;

  private transient Counter hot;
  private transient Counter cooled;

  public TrendsFunction(EpochTime time, TrendParameters parameters) {
    this.time = time;
    this.parameters = parameters;
  }

  @Override
  public void open(OpenContext context) {
    var runtime = getRuntimeContext();
    talliesState =
        runtime.getListState(
            new ListStateDescriptor<>("waiting-tallies", TypeInformation.of(EpochTally.class)));
    announcedState =
        runtime.getListState(
            new ListStateDescriptor<>("waiting-words", TypeInformation.of(AnnouncedWord.class)));
    totalsState =
        runtime.getState(
            new ValueStateDescriptor<>("channel-totals", TypeInformation.of(TrendTotals.class)));
    wordsState =
        runtime.getMapState(
            new MapStateDescriptor<>(
                "word-trends", Types.STRING, TypeInformation.of(WordTrend.class)));
    hotState =
        runtime.getMapState(new MapStateDescriptor<>("hot-words", Types.STRING, Types.BOOLEAN));
    topState =
        runtime.getListState(
            new ListStateDescriptor<>("top-words", TypeInformation.of(TopWord.class)));
    var metrics = runtime.getMetricGroup().addGroup(STAGE);
    hot = metrics.counter(METRIC_HOT);
    cooled = metrics.counter(METRIC_COOLED);
  }

  @Override
  public void processElement1(EpochTally tally, Context context, Collector<TrendEvent> out)
      throws Exception {
    talliesState.add(tally);
    var timers = context.timerService();
    timers.registerEventTimeTimer(time.lastMillisOf(tally.epoch()));
    timers.registerEventTimeTimer(time.lastMillisOf(parameters.lastOfWindow(tally.epoch())));
  }

  @Override
  public void processElement2(AnnouncedWord word, Context context, Collector<TrendEvent> out)
      throws Exception {
    announcedState.add(word);
    context.timerService().registerEventTimeTimer(time.lastMillisOf(word.epoch()));
  }

  /** Takes all that the watermark closes; timers that it also passes find nothing left. */
  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<TrendEvent> out)
      throws Exception {
    long closed = time.lastClosedBy(context.timerService().currentWatermark());
    var trends = new ChannelTrends(context.getCurrentKey(), time, parameters, new StateStore());
    var events =
        trends.closeUpTo(
            closed,
            takeUpTo(closed, talliesState, EpochTally::epoch),
            takeUpTo(closed, announcedState, AnnouncedWord::epoch));
    for (TrendEvent event : events) {
      switch (event.type()) {
        case HOT -> hot.inc();
        case COOLED -> cooled.inc();
        default -> {}
      }
      out.collect(event);
    }
  }

  private static <T> List<T> takeUpTo(long closed, ListState<T> state, ToLongFunction<T> epochOf)
      throws Exception {
    var taken = new ArrayList<T>();
    var later = new ArrayList<T>();
    for (T value : state.get()) {
      (epochOf.applyAsLong(value) <= closed ? taken : later).add(value);
    }
    if (!taken.isEmpty()) {
      state.update(later);
    }
    return taken;
  }

  /** The states of the current key. */
  private final class StateStore implements TrendStore {

    @Override
    public TrendTotals totals() throws Exception {
      return totalsState.value();
    }

    @Override
    public void setTotals(TrendTotals totals) throws Exception {
      totalsState.update(totals);
    }

    @Override
    public WordTrend get(String word) throws Exception {
      return wordsState.get(word);
    }

    @Override
    public void put(String word, WordTrend trend) throws Exception {
      wordsState.put(word, trend);
    }

    @Override
    public List<String> hotWords() throws Exception {
      var words = new ArrayList<String>();
      hotState.keys().forEach(words::add);
      return words;
    }

    @Override
    public void setHot(String word, boolean isHot) throws Exception {
      if (isHot) {
        hotState.put(word, true);
      } else {
        hotState.remove(word);
      }
    }

    @Override
    public List<TopWord> top() throws Exception {
      var words = new ArrayList<TopWord>();
      topState.get().forEach(words::add);
      return words;
    }

    @Override
    public void setTop(List<TopWord> top) throws Exception {
      topState.update(top);
    }
  }
}
