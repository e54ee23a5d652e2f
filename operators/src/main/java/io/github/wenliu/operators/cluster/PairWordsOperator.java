package io.github.wenliu.operators.cluster;

import io.github.wenliu.operators.document.EnrichedDocument;
import io.github.wenliu.operators.document.EpochTime;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Pairs the content words of tagged documents and sends the pairs to where they are counted, in
 * batches. What it has collected leaves it before a watermark that closes one of its epochs and
 * before every checkpoint, so it keeps no pairs in state.
 *
 * <p>An operator and not a function, as only an operator is told of a checkpoint in time to emit.
 */
public final class PairWordsOperator extends AbstractStreamOperator<EdgeBatch>
    implements OneInputStreamOperator<EnrichedDocument, EdgeBatch> {

  private static final long serialVersionUID = 1L;

  /** Name of this stage. */
  public static final String STAGE = "pair-words";

  static final String METRIC_PAIRS = "pairs";
  static final String METRIC_DROPPED = "droppedPairs";

  /** Pairs that are collected at most, of all channels. */
  private static final int MAX_PAIRS = 1 << 18;

  private final EpochTime time;
  private final PairContext context;
  private final int maxPairs;

  private transient ListState<Long> lastClosedEpochState;

  private transient Map<String, EdgeSums> sumsByChannel;
  private transient long pairs;
  private transient long firstEpoch;
  private transient long lastClosedEpoch;

  private transient Counter counted;
  private transient Counter dropped;

  public PairWordsOperator(EpochTime time, CommunityParameters parameters) {
    this.time = time;
    this.context = parameters.context();
    this.maxPairs = parameters.maxPairs();
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    lastClosedEpochState =
        context
            .getOperatorStateStore()
            .getUnionListState(
                new ListStateDescriptor<>("last-closed-epoch", TypeInformation.of(Long.class)));
    lastClosedEpoch = Long.MIN_VALUE;
    for (long epoch : lastClosedEpochState.get()) {
      lastClosedEpoch = Math.max(lastClosedEpoch, epoch);
    }
    sumsByChannel = new TreeMap<>();
    firstEpoch = Long.MAX_VALUE;
  }

  @Override
  public void open() throws Exception {
    super.open();
    var metrics = getMetricGroup().addGroup(STAGE);
    counted = metrics.counter(METRIC_PAIRS);
    dropped = metrics.counter(METRIC_DROPPED);
  }

  @Override
  public void processElement(StreamRecord<EnrichedDocument> element) {
    var document = element.getValue();
    // A document of a closed epoch counts in the first open one.
    long epoch = Math.max(document.epoch(), lastClosedEpoch + 1);
    var contexts = ContentWords.contexts(document, context);
    if (contexts.isEmpty()) {
      return;
    }
    var sums =
        sumsByChannel.computeIfAbsent(document.document().channel(), unused -> new EdgeSums());
    var paired = WordPairing.add(contexts, maxPairs, epoch, sums);
    counted.inc(paired.counted());
    dropped.inc(paired.dropped());
    pairs += paired.counted();
    firstEpoch = Math.min(firstEpoch, epoch);
    if (pairs >= MAX_PAIRS) {
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
    sumsByChannel.forEach(
        (channel, sums) -> {
          sums.forEachBatch(channel, batch -> output.collect(new StreamRecord<>(batch)));
          sums.clear();
        });
    pairs = 0;
    firstEpoch = Long.MAX_VALUE;
  }
}
