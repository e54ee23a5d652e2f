package io.github.wenliu.operators.cluster;

import io.github.wenliu.operators.document.EpochTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Sums up the pairs of each epoch, by channel and bucket of the first word, whatever subtasks they
 * come from, and hands the sums on before the watermark that closes the epoch. What waits for that
 * stands in memory and, from checkpoint to checkpoint, in state.
 *
 * <p>The graph adds a number with fractions for each pair and epoch; so it must get each sum whole
 * if it is to be the same whatever the parallelism.
 */
public final class CountEdgesOperator extends AbstractStreamOperator<EdgeBatch>
    implements OneInputStreamOperator<EdgeBatch, EdgeBatch> {

  private static final long serialVersionUID = 1L;

  private static final String PENDING = "pending-edges";

  private final EpochTime time;

  private transient ListState<EdgeBatch> pendingState;

  /** The batches that wait, by key. */
  private transient Map<String, List<EdgeBatch>> pending;

  /** Keys whose batches are not those in state. */
  private transient TreeSet<String> changed;

  public CountEdgesOperator(EpochTime time) {
    this.time = time;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    pendingState =
        getKeyedStateStore()
            .getListState(new ListStateDescriptor<>(PENDING, TypeInformation.of(EdgeBatch.class)));
    pending = new TreeMap<>();
    changed = new TreeSet<>();
    try (var keys = this.<String>getKeyedStateBackend().getKeys(PENDING, VoidNamespace.INSTANCE)) {
      for (String key : keys.toList()) {
        setCurrentKey(key);
        var batches = new ArrayList<EdgeBatch>();
        pendingState.get().forEach(batches::add);
        pending.put(key, batches);
      }
    }
  }

  @Override
  public void processElement(StreamRecord<EdgeBatch> element) {
    var key = (String) getCurrentKey();
    pending.computeIfAbsent(key, unused -> new ArrayList<>()).add(element.getValue());
    changed.add(key);
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    long closed = time.lastClosedBy(mark.getTimestamp());
    pending.values().removeIf(batches -> release(batches, closed));
    super.processWatermark(mark);
  }

  /** Returns whether nothing is left to wait. */
  private boolean release(List<EdgeBatch> batches, long closed) {
    var later = new ArrayList<EdgeBatch>();
    var reached = new ArrayList<EdgeBatch>();
    for (EdgeBatch batch : batches) {
      if (batch.epochs()[0] <= closed) {
        reached.add(batch);
      }
      if (!batch.isUpTo(closed)) {
        later.add(batch.after(closed));
      }
    }
    if (reached.isEmpty()) {
      return false;
    }
    changed.add(batches.get(0).key());
    if (reached.size() == 1 && reached.get(0).isUpTo(closed)) {
      output.collect(new StreamRecord<>(reached.get(0)));
    } else {
      var sums = new EdgeSums();
      reached.forEach(batch -> sums.add(batch, closed));
      sums.forEachBatch(
          batches.get(0).channel(), batch -> output.collect(new StreamRecord<>(batch)));
    }
    batches.clear();
    batches.addAll(later);
    return batches.isEmpty();
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    for (String key : changed) {
      setCurrentKey(key);
      var batches = pending.get(key);
      if (batches == null) {
        pendingState.clear();
      } else {
        pendingState.update(batches);
      }
    }
    changed.clear();
  }
}
