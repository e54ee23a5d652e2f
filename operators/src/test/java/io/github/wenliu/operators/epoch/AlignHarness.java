package io.github.wenliu.operators.epoch;

import io.github.wenliu.operators.document.EnrichedDocument;
import io.github.wenliu.operators.envelope.EnvelopeTypeInformation;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Metric;
import org.apache.flink.runtime.clusterframework.types.ResourceID;
import org.apache.flink.runtime.executiongraph.ExecutionAttemptID;
import org.apache.flink.runtime.metrics.groups.TaskManagerMetricGroup;
import org.apache.flink.runtime.metrics.groups.TaskMetricGroup;
import org.apache.flink.runtime.metrics.util.TestingMetricRegistry;
import org.apache.flink.runtime.operators.testutils.MockEnvironment;
import org.apache.flink.runtime.operators.testutils.MockEnvironmentBuilder;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;

/** One subtask of a tagger with its two inputs, and its metrics to look at. */
public class AlignHarness<K> extends AbstractStreamOperatorTestHarness<EnrichedDocument> {

  public static final int MAX_PARALLELISM = 720;

  private static final TagKey KEY = new TagKey();

  private final AlignOperator<K> tagger;
  private final Map<String, Metric> metrics;

  /** Subtask {@code index} of {@code parallelism}, without state yet. */
  public AlignHarness(AlignOperator<K> tagger, int parallelism, int index) throws Exception {
    this(tagger, parallelism, index, new HashMap<>());
  }

  private AlignHarness(
      AlignOperator<K> tagger, int parallelism, int index, Map<String, Metric> metrics)
      throws Exception {
    super(tagger, environment(parallelism, index, metrics));
    this.tagger = tagger;
    this.metrics = metrics;
    config.setStatePartitioner(0, KEY);
    config.setStateKeySerializer(
        Types.LONG.createSerializer(executionConfig.getSerializerConfig()));
    config.serializeAllConfigs();
  }

  private static MockEnvironment environment(
      int parallelism, int index, Map<String, Metric> metrics) {
    return new MockEnvironmentBuilder()
        .setMaxParallelism(MAX_PARALLELISM)
        .setParallelism(parallelism)
        .setSubtaskIndex(index)
        .setManagedMemorySize(32L << 20)
        .setMetricGroup(metricGroup(metrics))
        .build();
  }

  /** Sets the output's type: results are copied as on the wire. */
  public void setUp() {
    setup(EnvelopeTypeInformation.ENVELOPE.createSerializer(executionConfig.getSerializerConfig()));
  }

  /** The subtask that a document goes to. */
  public static int subtaskOf(EnrichedDocument document, int parallelism) {
    return KeyGroupRangeAssignment.assignKeyToParallelOperator(
        KEY.getKey(document), MAX_PARALLELISM, parallelism);
  }

  public void document(EnrichedDocument document) throws Exception {
    var record = new StreamRecord<>(document, 0);
    tagger.setKeyContextElement1(record);
    tagger.processElement1(record);
  }

  public void learned(K learned) throws Exception {
    tagger.processElement2(new StreamRecord<>(learned, 0));
  }

  public void documentWatermark(long watermark) throws Exception {
    tagger.processWatermark1(new Watermark(watermark));
  }

  public void learnedWatermark(long watermark) throws Exception {
    tagger.processWatermark2(new Watermark(watermark));
  }

  public void bothWatermarks(long watermark) throws Exception {
    documentWatermark(watermark);
    learnedWatermark(watermark);
  }

  /** What a broadcast state holds. */
  public <T> Map<String, T> broadcastState(MapStateDescriptor<String, T> descriptor)
      throws Exception {
    var entries = new HashMap<String, T>();
    for (var entry :
        tagger.getOperatorStateBackend().getBroadcastState(descriptor).immutableEntries()) {
      entries.put(entry.getKey(), entry.getValue());
    }
    return entries;
  }

  public long gauge(String name) {
    return ((Number) ((Gauge<?>) metrics.get(name)).getValue()).longValue();
  }

  public long counter(String name) {
    return ((Counter) metrics.get(name)).getCount();
  }

  @Override
  public void close() throws Exception {
    super.close();
    getEnvironment().close();
  }

  private static TaskMetricGroup metricGroup(Map<String, Metric> metrics) {
    var registry =
        TestingMetricRegistry.builder()
            .setRegisterConsumer((metric, name, group) -> metrics.put(name, metric))
            .build();
    return TaskManagerMetricGroup.createTaskManagerMetricGroup(
            registry, "localhost", ResourceID.generate())
        .addJob(new JobID(), "job")
        .addTask(ExecutionAttemptID.randomId(), "tagger");
  }
}
