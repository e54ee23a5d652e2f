package io.github.wenliu.operators.newword;

import io.github.wenliu.operators.document.EpochTime;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Scores the candidates of a bucket when the facts of both directions are there, and reports those
 * that have become words or changed as such.
 */
public final class ScoreWordsFunction extends KeyedProcessFunction<String, FactBatch, WordReport> {

  private static final long serialVersionUID = 1L;

  /** Name of this stage. */
  public static final String STAGE = "score-words";

  static final String METRIC_CANDIDATES = "scoredCandidates";

  private final EpochTime time;
  private final NewWordParameters parameters;

  private transient ListState<FactBatch> factsState;
  private transient ValueState<byte[]> wordsState;

  private transient Counter scored;

  public ScoreWordsFunction(EpochTime time, NewWordParameters parameters) {
    this.time = time;
    this.parameters = parameters;
  }

  @Override
  public void open(OpenContext context) {
    factsState =
        getRuntimeContext()
            .getListState(new ListStateDescriptor<>("facts", TypeInformation.of(FactBatch.class)));
    wordsState =
        getRuntimeContext()
            .getState(
                new ValueStateDescriptor<>(
                    "tracked-words", PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO));
    scored = getRuntimeContext().getMetricGroup().addGroup(STAGE).counter(METRIC_CANDIDATES);
  }

  @Override
  public void processElement(FactBatch batch, Context context, Collector<WordReport> out)
      throws Exception {
    factsState.add(batch);
    context.timerService().registerEventTimeTimer(time.lastMillisOf(batch.epoch()));
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<WordReport> out)
      throws Exception {
    long epoch = time.epochOf(timestamp);
    var forward = new ArrayList<byte[]>();
    var backward = new ArrayList<byte[]>();
    var others = new ArrayList<FactBatch>();
    FactBatch any = null;
    for (FactBatch batch : factsState.get()) {
      if (batch.epoch() == epoch) {
        (batch.direction() == Direction.FORWARD ? forward : backward).add(batch.facts());
        any = batch;
      } else {
        others.add(batch);
      }
    }
    factsState.update(others);
    report(any, forward, backward, out);
  }

  private void report(
      FactBatch version, List<byte[]> forward, List<byte[]> backward, Collector<WordReport> out)
      throws Exception {
    var candidates = WordScorer.score(forward, backward, version.total(), parameters.isExact());
    scored.inc(candidates.size());
    var words = new TrackedWords(wordsState.value());
    // The last version stands behind the last epoch that had documents.
    long seen = time.lastMillisOf(version.last() ? version.epoch() - 1 : version.epoch());
    for (var change : words.update(candidates, parameters.hysteresis(), seen, version.last())) {
      out.collect(
          new WordReport(
              version.channel(),
              version.epoch(),
              change.score(),
              change.level(),
              change.longer(),
              change.firstSeenMillis(),
              change.lastSeenMillis()));
    }
    wordsState.update(words.toByteArray());
  }
}
