package io.github.wenliu.pipeline;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.management.OperatingSystemMXBean;
import io.github.wenliu.models.inference.InferenceMetrics;
import io.github.wenliu.operators.async.AnswerParameters;
import io.github.wenliu.operators.document.EnrichedDocument;
import io.github.wenliu.operators.document.Entity;
import io.github.wenliu.operators.document.ModelChoice;
import io.github.wenliu.operators.door.DoorFunction;
import io.github.wenliu.operators.envelope.EnvelopeTypeInformation;
import io.github.wenliu.operators.link.CatalogLinkModels;
import io.github.wenliu.operators.link.DisambiguateOperator;
import io.github.wenliu.operators.link.DocumentLinker;
import io.github.wenliu.operators.link.KbEntry;
import io.github.wenliu.operators.link.KbRecord;
import io.github.wenliu.operators.link.KnowledgeBase;
import io.github.wenliu.operators.link.LinkTask;
import io.github.wenliu.pipeline.config.PipelineConfig;
import io.github.wenliu.pipeline.local.LocalRunner;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.AbstractList;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.core.execution.CheckpointType;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * What linking costs by the size of the knowledge base: reads generated entries into the state of a
 * job at parallelism 1 until a checkpoint holds all of them, then links generated documents, and
 * the same documents with a {@link KnowledgeBase} in memory for comparison. Seconds of processor
 * time are of the whole process: engine, sources, checkpoints, collection of garbage.
 */
@Command(
    name = "bench linking",
    description = "Measures the loading of a knowledge base and the linking against it.",
    mixinStandardHelpOptions = true)
public final class LinkingBenchmark implements Callable<Integer> {

  private static final PipelineConfig CONFIG = PipelineConfig.defaults();
  private static final MemorySize MANAGED_MEMORY = MemorySize.ofMebiBytes(256);
  private static final int UNDER_WAY = 512;
  private static final int CHECKPOINT_TRIES = 3;
  private static final long POLL_MILLIS = 20;
  private static final double SECOND = 1e9;

  /** Without anything new for so long, all that can come out has come out. */
  private static final long QUIET_MILLIS = 1_500;

  private static final AtomicLong ENTRIES_READ = new AtomicLong();
  private static final AtomicLong DOCUMENTS_OUT = new AtomicLong();
  private static final AtomicLong LINKED = new AtomicLong();

  @Parameters(
      paramLabel = "ENTRIES",
      description = "Sizes of the knowledge base (10000, 100000 and 1000000).")
  private List<Integer> sizes = List.of(10_000, 100_000, 1_000_000);

  @Option(
      names = "--documents",
      defaultValue = "20000",
      description = "Documents that are linked (${DEFAULT-VALUE}); a quarter more come before.")
  private int documents;

  @Option(names = "--threads", description = "Says which threads took the time.")
  private boolean threads;

  @Option(names = "--no-memory", description = "Leaves the comparison in memory out.")
  private boolean withoutMemory;

  private final Map<String, Object> line = new LinkedHashMap<>();

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new LinkingBenchmark()).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    for (int size : sizes) {
      line.clear();
      line.put("entries", size);
      var kb = new GeneratedKb(size);
      job(kb);
      if (!withoutMemory) {
        memory(kb);
      }
      System.out.println(new ObjectMapper().writeValueAsString(line));
    }
    return 0;
  }

  private int warm() {
    return documents / 4;
  }

  private void job(GeneratedKb kb) throws Exception {
    var directory = Files.createTempDirectory("wenliu-linking");
    var engine = engine(directory);
    long before = heapBytes();
    ENTRIES_READ.set(0);
    DOCUMENTS_OUT.set(0);
    LINKED.set(0);
    var run = "linking-" + kb.entries();
    try (var cluster =
        new MiniCluster(
            new MiniClusterConfiguration.Builder()
                .setConfiguration(engine)
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(1)
                .build())) {
      cluster.start();
      var environment = StreamExecutionEnvironment.getExecutionEnvironment(engine);
      environment.setParallelism(1);
      wire(environment, run, kb);
      var job = cluster.submitJob(environment.getStreamGraph().getJobGraph()).get().getJobID();
      load(cluster, job, kb);
      line.put("heapBytesAnEntry", round((heapBytes() - before) / (double) kb.entries()));
      line.put("residentMiB", residentBytes() >> 20);
      link(cluster, job, run);
      cluster.cancelJob(job).get();
      while (!cluster.getJobStatus(job).get().isGloballyTerminalState()) {
        Thread.sleep(POLL_MILLIS);
      }
    }
    LocalRunner.delete(directory);
  }

  private void load(MiniCluster cluster, JobID job, GeneratedKb kb) throws Exception {
    await(cluster, job, ENTRIES_READ, 1);
    var taken = new Taken();
    await(cluster, job, ENTRIES_READ, kb.entries());
    // What is read stands before the barriers of a checkpoint that is asked for now.
    long checkpoint = checkpoint(cluster, job);
    line.put("loadSeconds", round(taken.clockNanos() / SECOND));
    line.put("loadProcessorSeconds", round(taken.processorNanos() / SECOND));
    line.put("entriesASecond", round(kb.entries() * SECOND / taken.clockNanos()));
    line.put("entriesAProcessorSecond", Math.round(kb.entries() * SECOND / taken.processorNanos()));
    taken.printThreads("load", kb.entries());
    var history = cluster.getExecutionGraph(job).get().getCheckpointStatsSnapshot().getHistory();
    double size = history.getCheckpointById(checkpoint).getStateSize();
    line.put("checkpointBytesAnEntry", round(size / kb.entries()));
    line.put("checkpointMillis", history.getCheckpointById(checkpoint).getEndToEndDuration());
  }

  private void link(MiniCluster cluster, JobID job, String run) throws Exception {
    PartitionsSource.Run.of(run).opened.set(1);
    checkpoint(cluster, job);
    long out = -1;
    while (out != DOCUMENTS_OUT.get() || out == 0) {
      out = DOCUMENTS_OUT.get();
      Thread.sleep(QUIET_MILLIS);
      requireRunning(cluster, job);
    }
    long linked = LINKED.get();
    var taken = new Taken();
    PartitionsSource.Run.of(run).opened.set(2);
    checkpoint(cluster, job);
    await(cluster, job, DOCUMENTS_OUT, warm() + documents);
    double clock = taken.clockNanos() / SECOND;
    double processor = taken.processorNanos() / SECOND;
    long done = warm() + documents - out;
    line.put("documents", done);
    line.put("linkSeconds", round(clock));
    line.put("linkProcessorSeconds", round(processor));
    line.put("linkedASecond", Math.round((LINKED.get() - linked) / clock));
    line.put("linkedAProcessorSecond", Math.round((LINKED.get() - linked) / processor));
    line.put("documentsAProcessorSecond", Math.round(done / processor));
    line.put("linkedInAll", LINKED.get());
    taken.printThreads("link", done);
  }

  /** One fails where a source just then comes to its end. */
  private static long checkpoint(MiniCluster cluster, JobID job) throws Exception {
    for (int tries = 1; ; tries++) {
      try {
        return cluster.triggerCheckpoint(job, CheckpointType.CONFIGURED).get();
      } catch (ExecutionException e) {
        if (tries == CHECKPOINT_TRIES) {
          throw e;
        }
      }
    }
  }

  private void memory(GeneratedKb kb) {
    try (var model = models().open(InferenceMetrics.NONE)) {
      var entries = new MadeList<KbEntry>(kb.entries(), kb::entry);
      long before = heapBytes();
      var building = new Taken();
      var base = new KnowledgeBase(entries, GeneratedKb.CHANNEL, model, CONFIG.link());
      line.put("memoryLoadProcessorSeconds", round(building.processorNanos() / SECOND));
      line.put("memoryHeapBytesAnEntry", round((heapBytes() - before) / (double) kb.entries()));
      long mentions = 0;
      long candidates = 0;
      long linked = 0;
      Taken taken = null;
      long linkedBefore = 0;
      long mentionsBefore = 0;
      var linker = new DocumentLinker(model, CONFIG.link());
      var waiting = new ArrayDeque<Map.Entry<LinkTask, CompletableFuture<float[]>>>();
      for (int i = 0; i < warm() + documents; i++) {
        if (i == warm()) {
          taken = new Taken();
          linkedBefore = linked;
          mentionsBefore = mentions;
        }
        var task = base.task(entered(kb, i));
        mentions += task.mentions().size();
        for (var answer : task.answers()) {
          candidates += answer.candidates().size();
        }
        var pairs = linker.pairs(task);
        waiting.add(
            Map.entry(
                task,
                pairs == null
                    ? CompletableFuture.completedFuture(new float[0])
                    : model.score(pairs)));
        if (waiting.size() > UNDER_WAY) {
          linked += linkedOf(linker, waiting.remove());
        }
      }
      while (!waiting.isEmpty()) {
        linked += linkedOf(linker, waiting.remove());
      }
      double processor = taken.processorNanos() / SECOND;
      line.put("memoryLinkedAProcessorSecond", Math.round((linked - linkedBefore) / processor));
      line.put(
          "memoryMentionsAProcessorSecond", Math.round((mentions - mentionsBefore) / processor));
      line.put("memoryLinkedInAll", linked);
      line.put("mentionsADocument", round(mentions / (double) (warm() + documents)));
      line.put("candidatesADocument", round(candidates / (double) (warm() + documents)));
      line.put("aliases", base.aliases());
      line.put(
          "mentionsAProcessorSecond",
          Math.round(
              (mentions - mentionsBefore)
                  / ((Double) line.get("linkProcessorSeconds")).doubleValue()));
      taken.printThreads("memory", documents);
    }
  }

  private static long linkedOf(
      DocumentLinker linker, Map.Entry<LinkTask, CompletableFuture<float[]>> waiting) {
    float[] logits = waiting.getValue().join();
    return linked(linker.linked(waiting.getKey(), logits.length == 0 ? null : logits));
  }

  private static EnrichedDocument entered(GeneratedKb kb, int number) {
    var record = kb.document(number);
    long millis = record.document().timeMillis();
    return extracted(
        kb,
        EnrichedDocument.entering(
            record.raw(), record.document(), millis, CONFIG.epochTime().epochOf(millis), 0));
  }

  private static EnrichedDocument extracted(GeneratedKb kb, EnrichedDocument document) {
    int number = (int) document.raw().offset();
    return document.withExtraction(kb.entities(number), List.of(), document.versions());
  }

  private static long linked(EnrichedDocument document) {
    long linked = 0;
    for (Entity entity : document.entities()) {
      linked += entity.link() != null && !entity.link().nil() ? 1 : 0;
    }
    return linked;
  }

  private void wire(StreamExecutionEnvironment environment, String run, GeneratedKb kb) {
    int all = warm() + documents;
    PartitionsSource.Records records = unused -> new MadeList<>(all, kb::document);
    var entered =
        TopologyFrame.documents(
                environment,
                CONFIG,
                new PartitionsSource(run, records, new int[][] {{0, warm()}}, false))
            .process(
                new DoorFunction(CONFIG.epochTime(), CONFIG.floodGuard()),
                EnvelopeTypeInformation.ENVELOPE)
            .uid("door");
    var extracted =
        entered
            .map(document -> extracted(kb, document), EnvelopeTypeInformation.ENVELOPE)
            .uid("extract");
    var parameters = parameters();
    var control = TopologyFrame.noControl(environment);
    var updates =
        LinkingTopology.updates(
            Topology.timeOf(extracted), control, kb(environment, kb), parameters);
    LinkingTopology.link(extracted, updates, parameters)
        .map(LinkingBenchmark::counted, EnvelopeTypeInformation.ENVELOPE)
        .uid("counted")
        .sinkTo(new DiscardingSink<>())
        .uid("discard");
  }

  private static EnrichedDocument counted(EnrichedDocument document) {
    LINKED.addAndGet(linked(document));
    DOCUMENTS_OUT.incrementAndGet();
    return document;
  }

  private static DataStream<KbRecord> kb(StreamExecutionEnvironment environment, GeneratedKb kb) {
    return environment
        .fromSequence(0, kb.entries())
        .uid("source-kb")
        .map(number -> record(kb, number.intValue()))
        .returns(KbRecord.class)
        .uid("kb-records");
  }

  private static KbRecord record(GeneratedKb kb, int number) {
    ENTRIES_READ.incrementAndGet();
    return number == kb.entries() ? KbRecord.END : KbRecord.of(kb.change(number));
  }

  private static CatalogLinkModels models() {
    var places = CONFIG.extraction();
    return new CatalogLinkModels(
        CONFIG.linkModel(),
        CONFIG.linkInference(),
        places.directory(),
        places.repository(),
        places.cache());
  }

  private static Topology.Parameters parameters() {
    return new Topology.Parameters(
        CONFIG.epochTime(),
        CONFIG.floodGuard(),
        CONFIG.newWords(),
        Set.of(),
        null,
        null,
        ModelChoice.NONE,
        choice -> null,
        null,
        null,
        new Topology.Linking(
            CONFIG.link(),
            models(),
            new DisambiguateOperator.Factory(
                new AnswerParameters(
                    CONFIG.linkOnFailure(), CONFIG.linkCapacity(), CONFIG.linkTimeout()),
                CONFIG.link(),
                models(),
                CONFIG.linkInference().provider(),
                CONFIG.floodGuard()),
            CONFIG.nil(),
            1,
            Duration.ofHours(2)));
  }

  private static Configuration engine(Path directory) {
    var engine = PipelineJob.engine(new Configuration());
    engine.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofSeconds(5));
    engine.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, directory.toUri().toString());
    engine.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
    engine.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MANAGED_MEMORY);
    engine.set(RestOptions.BIND_PORT, "0");
    return engine;
  }

  private static void await(MiniCluster cluster, JobID job, AtomicLong count, long until)
      throws Exception {
    while (count.get() < until) {
      Thread.sleep(POLL_MILLIS);
      requireRunning(cluster, job);
    }
  }

  private static void requireRunning(MiniCluster cluster, JobID job)
      throws InterruptedException, ExecutionException {
    if (cluster.getJobStatus(job).get().isGloballyTerminalState()
        && cluster.requestJobResult(job).get().getSerializedThrowable().isPresent()) {
      throw new IllegalStateException(
          "the job failed", cluster.requestJobResult(job).get().getSerializedThrowable().get());
    }
  }

  private static double round(double number) {
    return Math.round(number * 10) / 10.0;
  }

  private static long heapBytes() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  private static long residentBytes() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(text -> text.startsWith("VmRSS:"))
        .mapToLong(text -> Long.parseLong(text.replaceAll("[^0-9]", "")) << 10)
        .findFirst()
        .orElseThrow();
  }

  /** A list that makes its elements when they are asked for. */
  private static final class MadeList<T> extends AbstractList<T> {

    private final int size;
    private final IntFunction<T> make;

    MadeList(int size, IntFunction<T> make) {
      this.size = size;
      this.make = make;
    }

    @Override
    public T get(int index) {
      return make.apply(index);
    }

    @Override
    public int size() {
      return size;
    }
  }

  /** What has been taken since it was made. */
  private final class Taken {

    private final long begin = System.nanoTime();
    private final long processorBegin = processor();
    private final Map<Long, Long> byThread = byThread();

    long clockNanos() {
      return System.nanoTime() - begin;
    }

    long processorNanos() {
      return processor() - processorBegin;
    }

    private static long processor() {
      return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
          .getProcessCpuTime();
    }

    private static Map<Long, Long> byThread() {
      var threads = ManagementFactory.getThreadMXBean();
      var times = new LinkedHashMap<Long, Long>();
      for (long id : threads.getAllThreadIds()) {
        times.put(id, threads.getThreadCpuTime(id));
      }
      return times;
    }

    /** Those that took more than a hundredth, in microseconds of one thing. */
    void printThreads(String phase, long things) {
      if (!threads) {
        return;
      }
      long all = processorNanos();
      System.err.printf("%s: %.1f us each%n", phase, all / 1e3 / things);
      byThread()
          .forEach(
              (id, nanos) -> {
                long took = nanos - byThread.getOrDefault(id, 0L);
                var info = ManagementFactory.getThreadMXBean().getThreadInfo(id);
                if (info != null && took > all / 100) {
                  System.err.printf("  %8.1f us  %s%n", took / 1e3 / things, info.getThreadName());
                }
              });
    }
  }
}
