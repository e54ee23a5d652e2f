package io.github.wenliu.operators.newword;

import io.github.wenliu.operators.document.EpochTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
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

/**
 * Scores the candidates of a bucket when the facts of both directions are there, and reports those
 * that have become words or changed as such.
 *
 * <p>An operator and not a function, as facts stand in memory until the watermark that follows them
 * closely, and are written to state only where a checkpoint comes between.
 */
public final class ScoreWordsOperator extends AbstractStreamOperator<WordReport>
    implements OneInputStreamOperator<FactBatch, WordReport> {

  private static final long serialVersionUID = 1L;

  /** Name of this stage. */
  public static final String STAGE = "score-words";

  static final String METRIC_CANDIDATES = "scoredCandidates";

  private static final String FACTS = "facts";

  private final EpochTime time;
  private final NewWordParameters parameters;

  private transient ListState<FactBatch> factsState;
  private transient ValueState<byte[]> wordsState;

  /** The facts that wait for the watermark of their version, by key and epoch. */
  private transient Map<String, TreeMap<Long, List<FactBatch>>> waiting;

  /** The keys that may have facts in state. */
  private transient List<String> saved;

  private transient Counter scored;

  public ScoreWordsOperator(EpochTime time, NewWordParameters parameters) {
    this.time = time;
    this.parameters = parameters;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    var keyed = getKeyedStateStore();
    factsState =
        keyed.getListState(new ListStateDescriptor<>(FACTS, TypeInformation.of(FactBatch.class)));
    wordsState =
        keyed.getState(
            new ValueStateDescriptor<>(
                "tracked-words", PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO));
    waiting = new TreeMap<>();
    try (var keys = this.<String>getKeyedStateBackend().getKeys(FACTS, VoidNamespace.INSTANCE)) {
      saved = new ArrayList<>(keys.toList());
    }
    for (String key : saved) {
      setCurrentKey(key);
      factsState.get().forEach(batch -> await(key, batch));
    }
  }

  @Override
  public void open() throws Exception {
    super.open();
    scored = getMetricGroup().addGroup(STAGE).counter(METRIC_CANDIDATES);
  }

  @Override
  public void processElement(StreamRecord<FactBatch> element) {
    await((String) getCurrentKey(), element.getValue());
  }

  private void await(String key, FactBatch batch) {
    waiting
        .computeIfAbsent(key, unused -> new TreeMap<>())
        .computeIfAbsent(batch.epoch(), unused -> new ArrayList<>())
        .add(batch);
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    for (var entries = waiting.entrySet().iterator(); entries.hasNext(); ) {
      var entry = entries.next();
      var byEpoch = entry.getValue();
      while (!byEpoch.isEmpty() && time.lastMillisOf(byEpoch.firstKey()) <= mark.getTimestamp()) {
        setCurrentKey(entry.getKey());
        report(byEpoch.pollFirstEntry().getValue());
      }
      if (byEpoch.isEmpty()) {
        entries.remove();
      }
    }
    super.processWatermark(mark);
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    for (String key : saved) {
      setCurrentKey(key);
      factsState.clear();
    }
    saved.clear();
    for (var entry : waiting.entrySet()) {
      setCurrentKey(entry.getKey());
      factsState.update(entry.getValue().values().stream().flatMap(List::stream).toList());
      saved.add(entry.getKey());
    }
  }

  /** Scores the facts of a version in the bucket of the current key. */
  private void report(List<FactBatch> facts) throws Exception {
    var version = facts.get(0);
    var candidates =
        WordScorer.score(
            of(facts, Direction.FORWARD),
            of(facts, Direction.BACKWARD),
            version.total(),
            parameters.isExact());
    scored.inc(candidates.size());
    var words = new TrackedWords(wordsState.value());
    // The last version stands behind the last epoch that had documents.
    long seen = time.lastMillisOf(version.last() ? version.epoch() - 1 : version.epoch());
    for (var change : words.update(candidates, parameters.hysteresis(), seen, version.last())) {
      output.collect(
          new StreamRecord<>(
              new WordReport(
                  version.channel(),
                  version.epoch(),
                  change.score(),
                  change.level(),
                  change.longer(),
                  change.firstSeenMillis(),
                  change.lastSeenMillis())));
    }
    wordsState.update(words.toByteArray());
  }

  private static List<byte[]> of(List<FactBatch> facts, Direction direction) {
    return facts.stream()
        .filter(batch -> batch.direction() == direction)
        .map(FactBatch::facts)
        .toList();
  }
}
