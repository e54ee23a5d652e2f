package io.github.wenliu.pipeline;

import io.github.wenliu.models.extract.BareModelLoop;
import io.github.wenliu.operators.document.DeadLetter;
import io.github.wenliu.operators.document.EnrichedDocument;
import io.github.wenliu.operators.document.ModelChoice;
import io.github.wenliu.operators.document.SourceRecord;
import io.github.wenliu.operators.door.DoorFunction;
import io.github.wenliu.operators.envelope.EnvelopeTypeInformation;
import io.github.wenliu.operators.extract.CatalogExtractors;
import io.github.wenliu.operators.newword.VocabularyFunction;
import io.github.wenliu.pipeline.config.PipelineConfig;
import io.github.wenliu.pipeline.files.DocumentFile;
import io.github.wenliu.pipeline.files.DocumentPublisher;
import io.github.wenliu.pipeline.kafka.ControlBootstrap;
import io.github.wenliu.pipeline.kafka.KafkaClients;
import io.github.wenliu.pipeline.kafka.Preflight;
import io.github.wenliu.pipeline.kafka.Sinks;
import io.github.wenliu.pipeline.kafka.Sources;
import io.github.wenliu.pipeline.kafka.TopicAdministration;
import io.github.wenliu.pipeline.local.EmbeddedBroker;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * The job against a pass-through job with the same source, sinks and codecs, from Kafka to Kafka,
 * in one run and in turn; the first round warms up. Time is that of the job from its start to its
 * end. Processor time is that of this JVM, in which the broker runs too. At last the models that
 * the job asks run alone.
 */
@Command(
    name = "bench corridor",
    description = "Measures the job against a pass-through job on files of documents.",
    mixinStandardHelpOptions = true)
public final class CorridorBenchmark implements Callable<Integer> {

  @Parameters(arity = "1..*", paramLabel = "FILE", description = "Documents, text or JSON lines.")
  private List<String> files;

  @Option(names = "--rounds", defaultValue = "3", description = "Measured rounds.")
  private int rounds;

  @Option(names = "--parallelism", defaultValue = "1", description = "Subtasks.")
  private int parallelism;

  @Option(
      names = "--event-rate",
      paramLabel = "N",
      description =
          "Give documents event times of N a second, in file order, in place of their own: at the"
              + " rate at which the job reads them it is a stream in steady state, where almost"
              + " nothing waits.")
  private Long eventsPerSecond;

  @Option(
      names = "--only",
      split = ";",
      paramLabel = "VARIANT",
      description = "Names of variants, with ; between them; the first is what ratios refer to.")
  private List<String> only;

  @Option(names = "--set", paramLabel = "KEY=VALUE", description = "Settings of all variants.")
  private Map<String, String> settings = Map.of();

  @Option(
      names = "--engine",
      paramLabel = "KEY=VALUE",
      description = "Flink's settings of all variants.")
  private Map<String, String> engineSettings = Map.of();

  private List<String> texts;
  private long documents;
  private long characters;

  /** One way of treating the documents. */
  private record Variant(String name, Wiring wiring, Map<String, String> settings) {}

  /** Puts stages between the documents and Kafka. */
  private interface Wiring {

    void wire(StreamExecutionEnvironment environment, PipelineConfig config)
        throws InterruptedException;
  }

  private record Measured(double seconds, double cpuSeconds) {}

  private static final Wiring JOB =
      (environment, config) -> PipelineJob.build(environment, config, true);

  private static final List<Variant> VARIANTS =
      List.of(
          new Variant("pass-through", CorridorBenchmark::passThrough, Map.of()),
          new Variant("new words, no tags", CorridorBenchmark::newWords, Map.of()),
          new Variant("job, output.words=none", JOB, Map.of("output.words", "none")),
          new Variant("job, no trends", JOB, Map.of("trends.enabled", "false")),
          new Variant("job, no communities", JOB, Map.of("communities.enabled", "false")),
          new Variant("job, no extraction", JOB, Map.of("extract.enabled", "false")),
          new Variant("job", JOB, Map.of()));

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new CorridorBenchmark()).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    var directory = Files.createTempDirectory("wenliu-bench");
    try (var broker = EmbeddedBroker.start(directory.resolve("kafka"), 0)) {
      var config = PipelineConfig.of(Map.of("kafka.bootstrap", broker.bootstrap()));
      try (var admin = KafkaClients.admin(config)) {
        new TopicAdministration(config, admin).apply();
      }
      publish(config);
      System.out.printf(
          "%,d documents, %,d characters, parallelism %d%n", documents, characters, parallelism);
      var results = new LinkedHashMap<String, List<Measured>>();
      for (int round = 0; round <= rounds; round++) {
        for (Variant variant : chosen()) {
          var measured = measure(config, variant, directory.resolve("checkpoints"));
          if (round > 0) {
            results.computeIfAbsent(variant.name(), unused -> new ArrayList<>()).add(measured);
          }
        }
      }
      print(results);
      compareWithBareModel(config.with(settings), results.get("job"));
    }
    return 0;
  }

  private List<Variant> chosen() {
    return VARIANTS.stream()
        .filter(variant -> only == null || only.contains(variant.name()))
        .toList();
  }

  private void publish(PipelineConfig config) throws IOException, InterruptedException {
    var counting = new CountedDocuments(eventsPerSecond);
    try (var publisher = DocumentPublisher.open(config)) {
      for (String file : files) {
        try (var records = DocumentFile.open(file)) {
          publisher.publish(counting.over(records));
        }
      }
    }
    texts = counting.texts();
    documents = counting.documents();
    characters = counting.characters();
  }

  private Measured measure(PipelineConfig base, Variant variant, Path checkpoints)
      throws Exception {
    var config = base.with(settings).with(variant.settings());
    var engine = Configuration.fromMap(engineSettings);
    engine.set(TaskManagerOptions.NUM_TASK_SLOTS, parallelism);
    engine.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(256));
    engine.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, checkpoints.toUri().toString());
    var environment = StreamExecutionEnvironment.createLocalEnvironment(parallelism, engine);
    variant.wiring().wire(environment, config);
    long cpuBefore = cpuNanos();
    var result = environment.execute(variant.name());
    return new Measured(
        result.getNetRuntime(TimeUnit.MILLISECONDS) / 1e3, (cpuNanos() - cpuBefore) / 1e9);
  }

  private static Preflight.Findings prepare(
      StreamExecutionEnvironment environment, PipelineConfig config) throws InterruptedException {
    environment.configure(
        PipelineJob.engine(Configuration.fromMap(environment.getConfiguration().toMap())));
    try (var admin = KafkaClients.admin(config)) {
      return new Preflight(config, admin).check(PipelineJob.CHECKPOINT_INTERVAL);
    }
  }

  /** Source, sinks and codecs of the job, and nothing between them. */
  private static void passThrough(StreamExecutionEnvironment environment, PipelineConfig config)
      throws InterruptedException {
    var kafka = prepare(environment, config);
    var documents =
        environment
            .fromSource(
                Sources.documents(config, true), Sources.watermarks(config, true), "documents")
            .uid("source-documents")
            .process(new Enter(), EnvelopeTypeInformation.ENVELOPE)
            .uid("enter");
    var sinks = new Sinks(config, Version.PIPELINE, kafka.maxMessageBytes());
    var oversize = sinks.writeEnriched(documents);
    sinks.writeDeadLetters(oversize.union(documents.getSideOutput(Enter.DEAD_LETTERS)));
  }

  /** The door and the branch that learns words; documents end there, words are written. */
  private static void newWords(StreamExecutionEnvironment environment, PipelineConfig config)
      throws InterruptedException {
    var kafka = prepare(environment, config);
    var documents =
        environment
            .fromSource(
                Sources.documents(config, true), Sources.watermarks(config, true), "documents")
            .uid("source-documents")
            .process(
                new DoorFunction(config.epochTime(), config.floodGuard()),
                EnvelopeTypeInformation.ENVELOPE)
            .uid("door");
    var vocabulary =
        WordsTopology.vocabulary(
            documents,
            PipelineJob.control(environment, config, ControlBootstrap.EMPTY, true),
            new Topology.Parameters(
                config.epochTime(),
                config.floodGuard(),
                config.newWords(),
                Set.of(),
                null,
                null,
                ModelChoice.NONE,
                choice -> null,
                null,
                null,
                null));
    vocabulary.sinkTo(new DiscardingSink<>()).uid("discard");
    var sinks = new Sinks(config, Version.PIPELINE, kafka.maxMessageBytes());
    sinks.writeWords(vocabulary.getSideOutput(VocabularyFunction.WORDS));
    sinks.writeWordEvents(vocabulary.getSideOutput(VocabularyFunction.EVENTS));
  }

  private void print(Map<String, List<Measured>> results) {
    double reference = median(results.get(chosen().get(0).name()), false);
    double referenceCpu = median(results.get(chosen().get(0).name()), true);
    results.forEach(
        (name, measured) -> {
          double seconds = median(measured, false);
          double cpu = median(measured, true);
          System.out.printf(
              "%-24s %8.1f s  %,9.0f documents/s  %,11.0f characters/s  ratio %.2f | %8.1f s of"
                  + " processor  %,11.0f characters/s a core  ratio %.2f%n",
              name,
              seconds,
              documents / seconds,
              characters / seconds,
              reference / seconds,
              cpu,
              characters / cpu,
              referenceCpu / cpu);
        });
  }

  /** The job against the same models alone, over batches of the first documents. */
  private void compareWithBareModel(PipelineConfig config, List<Measured> job) {
    if (job == null || !config.extractionEnabled()) {
      return;
    }
    var from = CatalogExtractors.catalog(config.extraction()).resolve(config.extractionModel());
    var selection = CatalogExtractors.selection(from, config.extractionSchemes());
    var bare = new ArrayList<Measured>();
    try (var loop = new BareModelLoop(from, selection, config.extraction().inference(), texts)) {
      for (int round = 0; round <= rounds; round++) {
        long cpuBefore = cpuNanos();
        long before = System.nanoTime();
        loop.run();
        if (round > 0) {
          bare.add(
              new Measured((System.nanoTime() - before) / 1e9, (cpuNanos() - cpuBefore) / 1e9));
        }
      }
    }
    double jobRate = documents / median(job, false);
    double bareRate = texts.size() / median(bare, false);
    double bareCpuRate = texts.size() / median(bare, true);
    System.out.printf(
        "%s:%s alone: %,.0f documents/s, %,.0f a core; the job runs at %.2f of that, at %.2f of what"
            + " one core makes%n",
        selection.model(),
        selection.schemes(),
        bareRate,
        bareCpuRate,
        jobRate / bareRate,
        jobRate / bareCpuRate);
  }

  private static double median(List<Measured> measured, boolean cpu) {
    var sorted =
        measured.stream().mapToDouble(m -> cpu ? m.cpuSeconds() : m.seconds()).sorted().toArray();
    return sorted[sorted.length / 2];
  }

  private static long cpuNanos() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  /** Puts a document into its envelope. */
  static final class Enter extends ProcessFunction<SourceRecord, EnrichedDocument> {

    private static final long serialVersionUID = 1L;

    static final OutputTag<DeadLetter> DEAD_LETTERS =
        new OutputTag<>("dead-letters", TypeInformation.of(DeadLetter.class));

    @Override
    public void processElement(
        SourceRecord record, Context context, Collector<EnrichedDocument> out) {
      if (record.document() == null) {
        context.output(DEAD_LETTERS, new DeadLetter(record.raw(), "enter", record.rejection(), 0));
      } else {
        out.collect(EnrichedDocument.entering(record.raw(), record.document(), 0, 0, 0));
      }
    }
  }
}
