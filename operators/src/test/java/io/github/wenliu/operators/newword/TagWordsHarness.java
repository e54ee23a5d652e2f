package io.github.wenliu.operators.newword;

import io.github.wenliu.operators.document.EnrichedDocument;
import io.github.wenliu.operators.document.EpochTime;
import io.github.wenliu.operators.document.ModelChoice;
import io.github.wenliu.operators.document.Setting;
import io.github.wenliu.operators.envelope.EnvelopeTypeInformation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
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
import org.apache.flink.streaming.api.operators.co.CoBroadcastWithKeyedOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;

/** One subtask of the word tagger with its two inputs, and its metrics to look at. */
final class TagWordsHarness extends AbstractStreamOperatorTestHarness<EnrichedDocument> {

  static final int MAX_PARALLELISM = 720;

  /** What documents are extracted with where nobody chose. */
  static final ModelChoice STANDARD = ModelChoice.of("fast/v1:news+duie");

  private static final TagKey KEY = new TagKey();

  private final CoBroadcastWithKeyedOperator<Long, EnrichedDocument, TagKnowledge, EnrichedDocument>
      tagger;
  private final Map<String, Metric> metrics;

  private TagWordsHarness(
      CoBroadcastWithKeyedOperator<Long, EnrichedDocument, TagKnowledge, EnrichedDocument> tagger,
      MockEnvironment environment,
      Map<String, Metric> metrics)
      throws Exception {
    super(tagger, environment);
    this.tagger = tagger;
    this.metrics = metrics;
    config.setStatePartitioner(0, KEY);
    config.setStateKeySerializer(
        Types.LONG.createSerializer(executionConfig.getSerializerConfig()));
    config.serializeAllConfigs();
  }

  /** Subtask {@code index} of {@code parallelism}, without state yet. */
  static TagWordsHarness subtask(EpochTime time, int parallelism, int index) throws Exception {
    var metrics = new HashMap<String, Metric>();
    var environment =
        new MockEnvironmentBuilder()
            .setMaxParallelism(MAX_PARALLELISM)
            .setParallelism(parallelism)
            .setSubtaskIndex(index)
            .setManagedMemorySize(32L << 20)
            .setMetricGroup(metricGroup(metrics))
            .build();
    return new TagWordsHarness(
        new CoBroadcastWithKeyedOperator<>(
            new TagWordsFunction(time, STANDARD),
            List.of(TagWordsFunction.VOCABULARY, TagWordsFunction.SETTINGS)),
        environment,
        metrics);
  }

  /** The only subtask, open and with empty state. */
  static TagWordsHarness started(EpochTime time) throws Exception {
    var harness = subtask(time, 1, 0);
    harness.setUp();
    harness.initializeEmptyState();
    harness.open();
    return harness;
  }

  /** Sets the output's type: results are copied as on the wire. */
  void setUp() {
    setup(EnvelopeTypeInformation.ENVELOPE.createSerializer(executionConfig.getSerializerConfig()));
  }

  /** The subtask that a document goes to. */
  static int subtaskOf(EnrichedDocument document, int parallelism) {
    return KeyGroupRangeAssignment.assignKeyToParallelOperator(
        KEY.getKey(document), MAX_PARALLELISM, parallelism);
  }

  void document(EnrichedDocument document) throws Exception {
    var record = new StreamRecord<>(document, 0);
    tagger.setKeyContextElement1(record);
    tagger.processElement1(record);
  }

  void vocabulary(VocabularyDelta delta) throws Exception {
    knowledge(TagKnowledge.of(delta));
  }

  void setting(Setting setting) throws Exception {
    knowledge(TagKnowledge.of(setting));
  }

  void knowledge(TagKnowledge knowledge) throws Exception {
    tagger.processElement2(new StreamRecord<>(knowledge, 0));
  }

  void documentWatermark(long watermark) throws Exception {
    tagger.processWatermark1(new Watermark(watermark));
  }

  void vocabularyWatermark(long watermark) throws Exception {
    tagger.processWatermark2(new Watermark(watermark));
  }

  void bothWatermarks(long watermark) throws Exception {
    documentWatermark(watermark);
    vocabularyWatermark(watermark);
  }

  /** What the broadcast state holds of vocabularies. */
  Map<String, VocabularyDelta> broadcastState() throws Exception {
    return broadcastState(TagWordsFunction.VOCABULARY);
  }

  /** What the broadcast state holds of settings. */
  Map<String, Setting> settingState() throws Exception {
    return broadcastState(TagWordsFunction.SETTINGS);
  }

  private <T> Map<String, T> broadcastState(MapStateDescriptor<String, T> descriptor)
      throws Exception {
    BroadcastState<String, T> state =
        tagger.getOperatorStateBackend().getBroadcastState(descriptor);
    var entries = new HashMap<String, T>();
    for (var entry : state.immutableEntries()) {
      entries.put(entry.getKey(), entry.getValue());
    }
    return entries;
  }

  long gauge(String name) {
    return ((Number) ((Gauge<?>) metrics.get(name)).getValue()).longValue();
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
        .addTask(ExecutionAttemptID.randomId(), "tag words");
  }
}
