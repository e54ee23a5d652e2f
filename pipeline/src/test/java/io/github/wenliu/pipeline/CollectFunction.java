package io.github.wenliu.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.api.common.functions.RichFlatMapFunction;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.util.Collector;

/**
 * Keeps all that comes, exactly once, and shows it when its task ends. Runs as one subtask in the
 * test's own JVM.
 */
final class CollectFunction extends RichFlatMapFunction<String, String>
    implements CheckpointedFunction {

  private static final long serialVersionUID = 1L;
  private static final ConcurrentHashMap<String, List<String>> COLLECTED =
      new ConcurrentHashMap<>();

  private final String run;

  private transient ListState<String> collectedState;
  private transient List<String> collected;

  CollectFunction(String run) {
    this.run = run;
  }

  /** What the last attempt of a run has seen, those before it included. */
  static List<String> collectedBy(String run) {
    return COLLECTED.get(run);
  }

  @Override
  public void initializeState(FunctionInitializationContext context) throws Exception {
    collectedState =
        context
            .getOperatorStateStore()
            .getListState(new ListStateDescriptor<>("collected", Types.STRING));
    collected = new ArrayList<>();
    collectedState.get().forEach(collected::add);
  }

  @Override
  public void flatMap(String line, Collector<String> out) {
    collected.add(line);
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) throws Exception {
    collectedState.update(collected);
  }

  @Override
  public void close() {
    if (collected != null) {
      COLLECTED.put(run, List.copyOf(collected));
    }
  }
}
