package io.github.wenliu.operators.cluster;

import io.github.wenliu.operators.document.EnrichedDocument;
import io.github.wenliu.operators.document.EpochTime;
import io.github.wenliu.operators.epoch.CollectOperator;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Pairs the content words of tagged documents and sends the pairs to where they are counted, in
 * batches.
 */
public final class PairWordsOperator extends CollectOperator<EnrichedDocument, EdgeBatch> {

  private static final long serialVersionUID = 1L;

  /** Name of this stage. */
  public static final String STAGE = "pair-words";

  static final String METRIC_PAIRS = "pairs";
  static final String METRIC_DROPPED = "droppedPairs";

  /** Pairs that are collected at most, of all channels. */
  private static final int MAX_PAIRS = 1 << 18;

  private final PairContext context;
  private final int maxPairs;

  private transient Map<String, EdgeSums> sumsByChannel;
  private transient Counter counted;
  private transient Counter dropped;

  public PairWordsOperator(EpochTime time, CommunityParameters parameters) {
    super(time, MAX_PAIRS);
    this.context = parameters.context();
    this.maxPairs = parameters.maxPairs();
  }

  @Override
  public void open() throws Exception {
    super.open();
    sumsByChannel = new TreeMap<>();
    var metrics = getMetricGroup().addGroup(STAGE);
    counted = metrics.counter(METRIC_PAIRS);
    dropped = metrics.counter(METRIC_DROPPED);
  }

  @Override
  public void processElement(StreamRecord<EnrichedDocument> element) {
    var document = element.getValue();
    var contexts = ContentWords.contexts(document, context);
    if (contexts.isEmpty()) {
      return;
    }
    long epoch = openEpoch(document.epoch());
    var sums =
        sumsByChannel.computeIfAbsent(document.document().channel(), unused -> new EdgeSums());
    var paired = WordPairing.add(contexts, maxPairs, epoch, sums);
    counted.inc(paired.counted());
    dropped.inc(paired.dropped());
    collected(epoch, paired.counted());
  }

  @Override
  protected void emitCollected() {
    sumsByChannel.forEach(
        (channel, sums) -> {
          sums.forEachBatch(channel, batch -> output.collect(new StreamRecord<>(batch)));
          sums.clear();
        });
  }
}
