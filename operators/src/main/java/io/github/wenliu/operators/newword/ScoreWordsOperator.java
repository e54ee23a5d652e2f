package io.github.wenliu.operators.newword;

import io.github.wenliu.operators.document.EpochTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Scores the candidates of a bucket when the facts of both directions are there, and reports those
 * that have become words or changed as such.
 *
 * <p>First input: {@link FactBatch}, keyed by {@link FactBatch#key}. Second input: {@link
 * PairBatch}, to every subtask. Both come from all subtasks that count, each of which hands on the
 * watermark of a version behind what it knows of it; so when that has passed, all of it is there.
 * They must not pass for idle one without the other.
 *
 * <p>An operator and not a function, as facts stand in memory until the watermark that follows them
 * closely, and are written to state only where a checkpoint comes between.
 */
public final class ScoreWordsOperator extends AbstractStreamOperator<WordReport>
    implements TwoInputStreamOperator<FactBatch, PairBatch, WordReport> {

  private static final long serialVersionUID = 1L;

  /** Name of this stage. */
  public static final String STAGE = "score-words";

  static final String METRIC_CANDIDATES = "scoredCandidates";

  private static final String FACTS = "facts";

  private final EpochTime time;
  private final NewWordParameters parameters;

  private transient ListState<FactBatch> factsState;
  private transient BroadcastState<Integer, PairBatch> pairsState;
  private transient ValueState<byte[]> wordsState;

  /** What waits for the watermark of its version, by channel and epoch. */
  private transient Map<String, TreeMap<Long, Version>> waiting;

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
    pairsState =
        context
            .getOperatorStateStore()
            .getBroadcastState(
                new MapStateDescriptor<>("pairs", Types.INT, TypeInformation.of(PairBatch.class)));
    waiting = new TreeMap<>();
    try (var keys = this.<String>getKeyedStateBackend().getKeys(FACTS, VoidNamespace.INSTANCE)) {
      saved = new ArrayList<>(keys.toList());
    }
    for (String key : saved) {
      setCurrentKey(key);
      factsState.get().forEach(batch -> await(key, batch));
    }
    pairsState.immutableEntries().forEach(entry -> await(entry.getValue()));
  }

  @Override
  public void open() throws Exception {
    super.open();
    scored = getMetricGroup().addGroup(STAGE).counter(METRIC_CANDIDATES);
  }

  @Override
  public void processElement1(StreamRecord<FactBatch> element) {
    await((String) getCurrentKey(), element.getValue());
  }

  @Override
  public void processElement2(StreamRecord<PairBatch> element) {
    await(element.getValue());
  }

  private void await(String key, FactBatch batch) {
    version(batch.channel(), batch.epoch())
        .facts
        .computeIfAbsent(key, unused -> new ArrayList<>())
        .add(batch);
  }

  private void await(PairBatch batch) {
    version(batch.channel(), batch.epoch()).pairs.add(batch);
  }

  private Version version(String channel, long epoch) {
    return waiting
        .computeIfAbsent(channel, unused -> new TreeMap<>())
        .computeIfAbsent(epoch, unused -> new Version());
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    for (var channels = waiting.values().iterator(); channels.hasNext(); ) {
      var byEpoch = channels.next();
      while (!byEpoch.isEmpty() && time.lastMillisOf(byEpoch.firstKey()) <= mark.getTimestamp()) {
        report(byEpoch.pollFirstEntry().getValue());
      }
      if (byEpoch.isEmpty()) {
        channels.remove();
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
    pairsState.clear();
    int pairs = 0;
    for (var byEpoch : waiting.values()) {
      for (Version version : byEpoch.values()) {
        for (var entry : version.facts.entrySet()) {
          setCurrentKey(entry.getKey());
          factsState.addAll(entry.getValue());
          saved.add(entry.getKey());
        }
        for (PairBatch batch : version.pairs) {
          pairsState.put(pairs++, batch);
        }
      }
    }
  }

  /** Scores the facts of a version in all buckets. */
  private void report(Version version) throws Exception {
    var ahead = version.sums(Direction.FORWARD);
    var behind = version.sums(Direction.BACKWARD);
    for (var bucket : version.facts.entrySet()) {
      setCurrentKey(bucket.getKey());
      var facts = bucket.getValue();
      report(facts, new WordFeatures(facts.get(0).total(), ahead, behind));
    }
  }

  /** Scores the facts of a version in the bucket of the current key. */
  private void report(List<FactBatch> facts, WordFeatures features) throws Exception {
    var version = facts.get(0);
    var candidates =
        WordScorer.score(
            of(facts, Direction.FORWARD),
            of(facts, Direction.BACKWARD),
            features,
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

  /** What has come of a version. */
  private static final class Version {

    /** By key. */
    private final Map<String, List<FactBatch>> facts = new TreeMap<>();

    private final List<PairBatch> pairs = new ArrayList<>();

    PairSums sums(Direction direction) {
      var sums = new PairSums();
      for (PairBatch batch : pairs) {
        if (batch.direction() == direction) {
          sums.add(batch.sums());
        }
      }
      return sums;
    }
  }
}
