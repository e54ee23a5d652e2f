package io.github.wenliu.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wenliu.operators.link.KbRecord;
import io.github.wenliu.pipeline.config.PipelineConfig;
import io.github.wenliu.pipeline.kafka.KafkaClients;
import io.github.wenliu.pipeline.kafka.Topic;
import io.github.wenliu.pipeline.kafka.TopicAdministration;
import io.github.wenliu.pipeline.kafka.TopicEnds;
import io.github.wenliu.pipeline.local.Checkpoints;
import io.github.wenliu.pipeline.local.EmbeddedBroker;
import io.github.wenliu.pipeline.local.LocalRunner;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The knowledge base as it comes from a real broker, before and after the job is submitted. */
class KbSourcesITCase {

  private static final String END = "END";
  private static final String TIME = "TIME";
  private static final int MANY = 600;

  /** So long that not all records fit between two tasks: a checkpoint comes in the middle. */
  private static final String LONG = "x".repeat(4_000);

  private static final String VALUE = "{\"name\":\"%s\",\"description\":\"%s\"}";

  @TempDir private static Path broker;
  private static EmbeddedBroker kafka;

  @TempDir private Path directory;
  private PipelineConfig config;
  private String run;

  @BeforeAll
  static void start() throws Exception {
    kafka = EmbeddedBroker.start(broker, 0);
  }

  @AfterAll
  static void stop() {
    kafka.close();
  }

  @BeforeEach
  void applyTopics(TestInfo test) throws Exception {
    run = test.getTestMethod().orElseThrow().getName();
    config =
        PipelineConfig.of(
            Map.of(
                "kafka.bootstrap", kafka.bootstrap(), "topics.prefix", run + ".", "job.name", run));
    try (var admin = KafkaClients.admin(config)) {
      new TopicAdministration(config, admin).apply();
    }
  }

  @Test
  @Timeout(120)
  void whatStoodThereHoldsForAllTimeAndTheEndIsBehindIt() throws Exception {
    write(0, "a", "1", "a", "2", "b", "1", "b", null, "c", "wrong");
    write(2, "d", "1");
    abort(2, "d", "2");
    abort(3, "e", "1");
    var ends = ends();
    write(0, "a", "3");
    write(1, "f", "1");

    submit(ends, true, null).getJobExecutionResult().get();

    var seen = collected();
    assertThat(of(seen, "a"))
        .containsSubsequence("a=1 always", "a=2 always")
        .containsExactlyInAnyOrder("a=1 always", "a=2 always", "a=3");
    assertThat(of(seen, "b")).containsExactly("b=1 always", "b=null always");
    assertThat(of(seen, "d")).containsExactly("d=1 always");
    assertThat(seen)
        .hasSize(9)
        .contains("PARSE", "f=1")
        .doesNotContain(TIME)
        .containsSubsequence("b=null always", END);
    assertThat(seen.subList(seen.indexOf(END), seen.size()))
        .noneMatch(line -> line.endsWith("always"));
  }

  @Test
  @Timeout(120)
  void anEmptyTopicEndsAtOnce() throws Exception {
    submit(ends(), true, null).getJobExecutionResult().get();

    assertThat(collected()).containsExactly(END);
  }

  @Test
  @Timeout(200)
  void whatCompactionTookAwayIsNotWaitedFor() throws Exception {
    alter(
        Map.of(
            "segment.ms", "100",
            "min.cleanable.dirty.ratio", "0.001",
            "max.compaction.lag.ms", "100",
            "delete.retention.ms", "1"));
    for (int i = 0; i < 50; i++) {
      write(0, "a", "1", "b", "1");
    }
    write(0, "b", null);
    var ends = ends();
    // The segment that is written to is never compacted: a record behind the end begins another.
    Thread.sleep(200);
    write(0, "c", "1");
    awaitCompaction();

    submit(ends, true, null).getJobExecutionResult().get();

    var seen = collected();
    assertThat(seen).contains("c=1").containsOnlyOnce(END).hasSizeLessThan(100);
    assertThat(seen.subList(0, seen.indexOf(END))).doesNotContain("b=2 always");
  }

  @Test
  @Timeout(120)
  void goesOnWhereItWasWhenItFailsInTheMiddle() throws Exception {
    for (int i = 0; i < MANY; i++) {
      write(i % 3, "k" + i % 7, Integer.toString(i));
    }
    var ends = ends();
    Slowly.FAILING.add(run);
    var job = submit(ends, false, null);
    write(3, "live", "1");
    await(() -> Slowly.seen(run).contains(END));
    await(() -> Slowly.seen(run).contains("live=1"));
    cancel(job);

    assertThat(Slowly.FAILING).as("has failed").doesNotContain(run);
    assertThat(Slowly.seen(run)).as("not from the beginning").containsOnlyOnce("k0=0 always");
    var seen = collected();
    assertThat(seen).hasSize(MANY + 2).containsOnlyOnce(END, "live=1").doesNotContain(TIME);
    for (int key = 0; key < 7; key++) {
      for (int partition = 0; partition < 3; partition++) {
        int of = partition;
        assertThat(of(seen, "k" + key).stream().map(KbSourcesITCase::number))
            .filteredOn(number -> number % 3 == of)
            .isSorted();
      }
    }
    assertThat(seen.stream().filter(line -> line.endsWith("always")).distinct()).hasSize(MANY);
  }

  @Test
  @Timeout(120)
  void isReadOnceInTheLifeOfTheState() throws Exception {
    write(0, "a", "1");
    write(1, "b", "1");
    var first = submit(ends(), false, null);
    await(() -> Slowly.seen(run).contains(END));
    write(0, "a", "2");
    await(() -> Slowly.seen(run).contains("a=2"));
    awaitCheckpoints(3);
    cancel(first);
    assertThat(collected()).containsExactlyInAnyOrder("a=1 always", "b=1 always", END, "a=2");

    write(1, "b", "2");
    addPartition();
    write(4, "c", "1");
    var second = submit(ends(), false, Checkpoints.newest(directory).orElseThrow());
    await(() -> Slowly.seen(run).containsAll(List.of("b=2", "c=1")));
    awaitCheckpoints(2);
    var savepoint =
        second
            .stopWithSavepoint(
                false, directory.resolve("s").toUri().toString(), SavepointFormatType.CANONICAL)
            .get();
    LocalRunner.await(second);

    write(2, "d", "1");
    var third = submit(ends(), false, Path.of(URI.create(savepoint)));
    await(() -> Slowly.seen(run).contains("d=1"));
    cancel(third);

    assertThat(collected())
        .doesNotContain(TIME)
        .containsExactlyInAnyOrder("a=1 always", "b=1 always", END, "a=2", "b=2", "c=1", "d=1");
  }

  private JobClient submit(Map<TopicPartition, Long> ends, boolean bounded, Path restored)
      throws Exception {
    var engine = new Configuration();
    engine.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(200));
    engine.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, directory.toUri().toString());
    engine.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
    engine.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 1);
    engine.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(10));
    engine.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(64));
    if (restored != null) {
      engine.set(StateRecoveryOptions.SAVEPOINT_PATH, restored.toUri().toString());
    }
    var environment =
        StreamExecutionEnvironment.createLocalEnvironment(2, PipelineJob.engine(engine));
    PipelineJob.kb(environment, config, ends, bounded)
        .transform("slowly", Types.STRING, new Slowly(run))
        .uid("slowly")
        .setParallelism(1)
        .flatMap(new CollectFunction(run))
        .uid("collect")
        .setParallelism(1)
        .sinkTo(new DiscardingSink<>())
        .uid("discard");
    Slowly.SEEN.remove(run);
    return environment.executeAsync(run);
  }

  private static void cancel(JobClient job) throws Exception {
    job.cancel().get();
    LocalRunner.await(job);
  }

  /** All that came, each once whatever failed. */
  private List<String> collected() {
    return CollectFunction.collectedBy(run);
  }

  private static List<String> of(List<String> lines, String key) {
    return lines.stream().filter(line -> line.startsWith(key + "=")).toList();
  }

  private static int number(String line) {
    return Integer.parseInt(line.substring(line.indexOf('=') + 1, line.indexOf(' ')));
  }

  private interface Condition {
    boolean holds() throws Exception;
  }

  private static void await(Condition condition) throws Exception {
    while (!condition.holds()) {
      Thread.sleep(20);
    }
  }

  /** More checkpoints than there are now. */
  private void awaitCheckpoints(int more) throws Exception {
    var before = Checkpoints.newest(directory);
    var last = new AtomicInteger();
    var seen = new Path[] {before.orElse(null)};
    await(
        () -> {
          var newest = Checkpoints.newest(directory).orElse(null);
          if (newest != null && !newest.equals(seen[0])) {
            seen[0] = newest;
            last.incrementAndGet();
          }
          return last.get() >= more;
        });
  }

  private Map<TopicPartition, Long> ends() {
    return TopicEnds.read(config, Topic.KB);
  }

  private String topic() {
    return Topic.KB.name(config.topicPrefix());
  }

  /** Writes ids and names by turns. */
  private void write(int partition, String... idsAndNames) {
    try (var producer = KafkaClients.producer(config)) {
      send(producer, partition, idsAndNames);
    }
  }

  private void abort(int partition, String... idsAndNames) {
    var properties = KafkaClients.producerProperties(config);
    properties.setProperty(ProducerConfig.TRANSACTIONAL_ID_CONFIG, run + partition);
    try (var producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
      producer.initTransactions();
      producer.beginTransaction();
      send(producer, partition, idsAndNames);
      producer.flush();
      producer.abortTransaction();
    }
  }

  private void send(KafkaProducer<byte[], byte[]> producer, int partition, String... idsAndNames) {
    for (int i = 0; i < idsAndNames.length; i += 2) {
      var name = idsAndNames[i + 1];
      var value = name == null ? null : name.equals("wrong") ? "{" : VALUE.formatted(name, LONG);
      producer.send(
          new ProducerRecord<>(topic(), partition, utf8("main/" + idsAndNames[i]), utf8(value)));
    }
  }

  private void alter(Map<String, String> settings) throws Exception {
    try (var admin = KafkaClients.admin(config)) {
      var changes =
          settings.entrySet().stream()
              .map(
                  setting ->
                      new AlterConfigOp(
                          new ConfigEntry(setting.getKey(), setting.getValue()),
                          AlterConfigOp.OpType.SET))
              .toList();
      var resource = new ConfigResource(ConfigResource.Type.TOPIC, topic());
      admin.incrementalAlterConfigs(Map.of(resource, List.copyOf(changes))).all().get();
    }
  }

  private void addPartition() throws Exception {
    try (var admin = KafkaClients.admin(config)) {
      admin.createPartitions(Map.of(topic(), NewPartitions.increaseTo(5))).all().get();
    }
  }

  private void awaitCompaction() throws Exception {
    var partition = new TopicPartition(topic(), 0);
    try (var consumer = KafkaClients.consumer(config)) {
      consumer.assign(List.of(partition));
      await(
          () -> {
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).get(partition);
            int records = 0;
            while (consumer.position(partition) < end) {
              records += consumer.poll(Duration.ofMillis(100)).count();
            }
            return records < end / 2;
          });
    }
  }

  private static byte[] utf8(String text) {
    return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Takes some milliseconds for each record, watches the time, and, where it is told to, fails once
   * when a checkpoint has been taken in the middle.
   */
  private static final class Slowly extends AbstractStreamOperator<String>
      implements OneInputStreamOperator<KbRecord, String> {

    private static final long serialVersionUID = 1L;
    private static final ConcurrentHashMap<String, List<String>> SEEN = new ConcurrentHashMap<>();
    private static final Set<String> FAILING = ConcurrentHashMap.newKeySet();
    private static final int MIDDLE = 50;

    private final String run;

    private transient int records;
    private transient boolean inTheMiddle;
    private transient boolean kept;

    Slowly(String run) {
      this.run = run;
    }

    /** What has come, and come again after a failure. */
    static List<String> seen(String run) {
      var seen = SEEN.computeIfAbsent(run, name -> new ArrayList<>());
      synchronized (seen) {
        return List.copyOf(seen);
      }
    }

    @Override
    public void processElement(StreamRecord<KbRecord> element) throws Exception {
      Thread.sleep(4);
      records++;
      if (kept && FAILING.remove(run)) {
        throw new IllegalStateException("induced");
      }
      say(line(element.getValue()));
    }

    @Override
    public void processWatermark(Watermark mark) {
      say(TIME);
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
      super.snapshotState(context);
      inTheMiddle = records > MIDDLE;
    }

    @Override
    public void notifyCheckpointComplete(long checkpointId) throws Exception {
      super.notifyCheckpointComplete(checkpointId);
      kept = inTheMiddle;
    }

    private void say(String line) {
      output.collect(new StreamRecord<>(line));
      var seen = SEEN.computeIfAbsent(run, name -> new ArrayList<>());
      synchronized (seen) {
        seen.add(line);
      }
    }

    private static String line(KbRecord record) {
      if (record.isEnd()) {
        return END;
      }
      if (record.rejection() != null) {
        return record.rejection().errorClass().name();
      }
      var change = record.change();
      var name = change.entry() == null ? null : change.entry().name();
      return change.id() + "=" + name + (change.isForAllTime() ? " always" : "");
    }
  }
}
