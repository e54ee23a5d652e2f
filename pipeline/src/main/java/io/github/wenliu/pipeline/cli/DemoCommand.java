package io.github.wenliu.pipeline.cli;

import io.github.wenliu.operators.document.Document;
import io.github.wenliu.pipeline.DefaultModel;
import io.github.wenliu.pipeline.LinkingModel;
import io.github.wenliu.pipeline.codec.Headers;
import io.github.wenliu.pipeline.config.PipelineConfig;
import io.github.wenliu.pipeline.files.DocumentPublisher;
import io.github.wenliu.pipeline.files.KnownWords;
import io.github.wenliu.pipeline.files.Pace;
import io.github.wenliu.pipeline.kafka.Topic;
import io.github.wenliu.pipeline.local.LocalRunner;
import io.github.wenliu.pipeline.local.LocalSettings;
import io.github.wenliu.pipeline.local.OnceRun;
import io.github.wenliu.pipeline.local.ResultReader;
import io.github.wenliu.pipeline.local.Sample;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.flink.core.execution.JobClient;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code wenliu demo}: the whole system in one process over the sample stream. */
@Command(
    name = "demo",
    description = {
      "Plays a sample stream of invented news through the whole system in this process: a real Kafka broker, a Flink"
          + " mini-cluster with its web page, the job, a small knowledge base. Prints as they appear the"
          + " enriched documents with the entries that they mention, the new words when they are"
          + " announced or taken back, what happens to communities, and the names that the"
          + " knowledge base does not know.",
      "",
      "With --once it ends with the sample and prints a JSON summary as its last line; otherwise it goes on until"
          + " Ctrl-C and takes documents from ./wenliu publish."
    },
    mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {

  private static final int FAILURE = 1;
  private static final Duration CHECKPOINT_INTERVAL = Duration.ofSeconds(1);
  private static final Duration POLL = Duration.ofMillis(200);

  /** Records a second that the endless demo plays. */
  private static final double PACE = 12;

  /**
   * Nobody stops the demo's producers for long, so a silent partition need not hold the rest back.
   */
  private static final Map<String, String> IDLENESS = Map.of("source.idleness", "5 s");

  /** What the dictionary has is no news: the demo shows inventions. */
  private static final Map<String, String> NEWS_ONLY = Map.of("newWords.known", KnownWords.BASE);

  private static final List<Topic> SHOWN =
      List.of(
          Topic.ENRICHED,
          Topic.DEAD_LETTERS,
          Topic.WORD_EVENTS,
          Topic.COMMUNITY_EVENTS,
          Topic.ENTITY_CANDIDATES);

  @Spec private CommandSpec spec;

  @Mixin private LocalOptions localOptions;

  @Option(names = "--once", description = "End with the sample.")
  private boolean once;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = ".wenliu/demo",
      description = "Where the demo keeps its data; emptied at every start (${DEFAULT-VALUE}).")
  private Path data;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "0",
      description = "Port of the broker, 0 for a free one (${DEFAULT-VALUE}).")
  private int port;

  private final RecordFormat enrichedLine = new EnrichedLineFormat();
  private final WordEventLineFormat wordEventLine = new WordEventLineFormat();
  private final RecordFormat communityEventLine = new CommunityEventLineFormat();
  private final CandidateLineFormat candidateLine = new CandidateLineFormat();

  @Override
  public Integer call() throws Exception {
    var err = spec.commandLine().getErr();
    err.println("starting a Kafka broker and a Flink mini-cluster in this process ...");
    var settings =
        new LocalSettings(
            data,
            true,
            port,
            localOptions.webPort(),
            localOptions.parallelism(),
            CHECKPOINT_INTERVAL,
            null,
            false);
    var config = PipelineConfig.of(NEWS_ONLY);
    err.println(DefaultModel.of(config).line());
    err.println(LinkingModel.of(config).line());
    var runner = LocalRunner.start(once ? config : config.with(IDLENESS), settings);
    err.println(
        "Kafka at " + runner.config().bootstrap() + ", Flink's page at " + runner.webPage());
    loadKnowledgeBase(runner);
    return once ? once(runner) : endless(runner);
  }

  /** All of it is there before the job is submitted, and so holds for every document. */
  private void loadKnowledgeBase(LocalRunner runner) throws IOException, InterruptedException {
    var err = spec.commandLine().getErr();
    var config = runner.config();
    var entries = Sample.knowledgeBase(Document.DEFAULT_CHANNEL, config.decoder().zone());
    var load = new KbLoad(config, Document.DEFAULT_CHANNEL, Pace.UNBOUNDED, err);
    err.println("knowledge base: " + load.load(entries).line());
  }

  private int once(LocalRunner runner) throws Exception {
    try (runner) {
      var result =
          new OnceRun(runner)
              .run(publisher -> publisher.publish(Sample.records().iterator()), this::print);
      out().println(result.toJson());
      out().flush();
      return result.isComplete() ? 0 : FAILURE;
    }
  }

  private int endless(LocalRunner runner) throws Exception {
    var client = runner.submit(false);
    LocalRunner.stopAtExit(runner, client);
    var player = new Thread(() -> play(runner.config()), "sample");
    player.setDaemon(true);
    player.start();
    try (var reader = new ResultReader(runner.config(), SHOWN)) {
      while (!hasEnded(client)) {
        for (var ofTopic : reader.poll(POLL).entrySet()) {
          for (var record : ofTopic.getValue()) {
            print(ofTopic.getKey(), record);
          }
        }
      }
    }
    LocalRunner.await(client);
    return 0;
  }

  private void play(PipelineConfig config) {
    var err = spec.commandLine().getErr();
    try (var publisher = DocumentPublisher.open(config, new Pace(PACE), sent -> {})) {
      publisher.publish(Sample.records().iterator());
      err.println(
          "that was the sample; send your own with ./wenliu publish FILE --bootstrap "
              + config.bootstrap()
              + ", or stop with Ctrl-C");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException | RuntimeException e) {
      err.println("the sample was not played to its end: " + e.getMessage());
    }
  }

  private static boolean hasEnded(JobClient client) {
    return client.getJobExecutionResult().isDone();
  }

  private void print(Topic topic, ConsumerRecord<byte[], byte[]> record) throws IOException {
    if (topic == Topic.ENRICHED) {
      out().println(enrichedLine.line(record));
    } else if (topic == Topic.DEAD_LETTERS) {
      out().println("dead letter  " + header(record, Headers.ORIGIN) + "  " + reason(record));
    } else if (topic == Topic.WORD_EVENTS && wordEventLine.isNews(record)) {
      out().println(wordEventLine.line(record));
    } else if (topic == Topic.COMMUNITY_EVENTS) {
      out().println(communityEventLine.line(record));
    } else if (topic == Topic.ENTITY_CANDIDATES && candidateLine.isNews(record)) {
      out().println(candidateLine.line(record));
    }
    out().flush();
  }

  private static String reason(ConsumerRecord<byte[], byte[]> record) {
    return header(record, Headers.ERROR_CLASS)
        + ": "
        + header(record, Headers.ERROR_EXCEPTION_MESSAGE);
  }

  private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
    return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}
