package io.github.wenliu.pipeline.cli;

import io.github.wenliu.operators.document.Document;
import io.github.wenliu.pipeline.DefaultModel;
import io.github.wenliu.pipeline.LinkingModel;
import io.github.wenliu.pipeline.PipelineJob;
import io.github.wenliu.pipeline.config.PipelineConfig;
import io.github.wenliu.pipeline.files.DocumentFile;
import io.github.wenliu.pipeline.files.DocumentPublisher;
import io.github.wenliu.pipeline.files.Pace;
import io.github.wenliu.pipeline.local.LocalRunner;
import io.github.wenliu.pipeline.local.LocalSettings;
import io.github.wenliu.pipeline.local.OnceFiles;
import io.github.wenliu.pipeline.local.OnceRun;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code wenliu run}: the job, on a cluster or in this process, for ever or over a file. */
@Command(
    name = "run",
    description = {
      "Runs the job.",
      "",
      "Without --local it is submitted to the Flink cluster at --cluster. With --local everything runs in this process:"
          + " a Flink mini-cluster, and a Kafka broker of its own unless --bootstrap names one. A local job goes on from"
          + " the newest complete checkpoint of --data. With --once the job reads --input, ends, and leaves JSON lines"
          + " in --output; the last line printed is a JSON summary."
    },
    mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {

  private static final int FAILURE = 1;

  @Spec private CommandSpec spec;

  @Mixin private LocalOptions localOptions;

  @Mixin private ConfigOptions configOptions;

  @Option(names = "--local", description = "Run in this process.")
  private boolean local;

  @Option(names = "--once", description = "End with the input; needs --local, --input, --output.")
  private boolean once;

  @Option(
      names = "--input",
      paramLabel = "FILE",
      arity = "1..*",
      description = "Text, a document a line, or JSON lines; may be gzipped.")
  private List<String> input = List.of();

  @Option(
      names = "--kb",
      paramLabel = "FILE",
      arity = "1..*",
      description = "Entries of the knowledge base as of kb load, with --once.")
  private List<String> knowledgeBase = List.of();

  @Option(names = "--output", paramLabel = "DIR", description = "New or empty directory.")
  private Path output;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = ".wenliu/local",
      description = "Where a local run keeps its broker and its checkpoints (${DEFAULT-VALUE}).")
  private Path data;

  @Option(
      names = "--fresh",
      description =
          "Forget what an earlier local run left: its checkpoints, its open transactions and, where"
              + " the broker is its own, all topics.")
  private boolean fresh;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "9092",
      description = "Port of the local broker, 0 for a free one (${DEFAULT-VALUE}).")
  private int port;

  @Option(
      names = "--cluster",
      paramLabel = "HOST:PORT",
      defaultValue = "localhost:8081",
      description = "REST address of the Flink cluster (${DEFAULT-VALUE}).")
  private String cluster;

  @Option(
      names = "--jar",
      paramLabel = "FILE",
      description = "Job jar to submit; by default the one of this build.")
  private Path jar;

  @Option(
      names = "--restore",
      paramLabel = "PATH",
      description = "Checkpoint or savepoint to go on from; a local run takes the newest itself.")
  private Path restore;

  @Option(
      names = "--accept-loss",
      description = "Allow --restore of an older checkpoint than the newest.")
  private boolean acceptLoss;

  private long results;

  @Override
  public Integer call() throws Exception {
    if (once) {
      return once();
    }
    if (!input.isEmpty() || output != null || !knowledgeBase.isEmpty()) {
      throw new UsageException(
          "--input, --kb and --output go with --local --once; to send a file to a"
              + " running job use ./wenliu publish FILE, or ./wenliu kb load FILE");
    }
    if (local) {
      return local();
    }
    submit();
    return 0;
  }

  private int once() throws Exception {
    if (!local || input.isEmpty() || output == null || configOptions.namesKafka()) {
      throw new UsageException(
          "--once needs --local, --input FILE and --output DIR, and brings its own broker");
    }
    var config = configOptions.read();
    int parallelism = localOptions.parallelism();
    InputFiles.require(input);
    InputFiles.require(knowledgeBase);
    requireEmpty(output);
    sayModels(config);
    var work = Files.createTempDirectory(Files.createDirectories(output), ".work");
    var settings =
        new LocalSettings(
            work,
            true,
            0,
            localOptions.webPort(),
            parallelism,
            PipelineJob.CHECKPOINT_INTERVAL,
            null,
            false);
    try (var runner = LocalRunner.start(config, settings);
        var files = new OnceFiles(output, work, config.topicPartitions())) {
      loadKnowledgeBase(runner.config());
      var run = new OnceRun(runner);
      var progress = new Progress(spec.commandLine().getErr(), "results read");
      var result =
          run.run(
              this::publish,
              (topic, record) -> {
                files.result(topic, record);
                progress.accept(++results);
              });
      files.write(run);
      spec.commandLine().getOut().println(result.toJson());
      if (!result.isComplete()) {
        spec.commandLine().getErr().println("documents are missing from the results: see above");
        return FAILURE;
      }
      return 0;
    } finally {
      LocalRunner.delete(work);
    }
  }

  /** All of it is there before the job is submitted, and so holds for every document. */
  private void loadKnowledgeBase(PipelineConfig config) throws IOException, InterruptedException {
    if (!knowledgeBase.isEmpty()) {
      var err = spec.commandLine().getErr();
      var load = new KbLoad(config, Document.DEFAULT_CHANNEL, Pace.UNBOUNDED, err);
      var loaded = load.load(knowledgeBase, null, null);
      err.println(loaded.line());
    }
  }

  private long publish(DocumentPublisher publisher) throws IOException, InterruptedException {
    long published = 0;
    for (String file : input) {
      try (var documents = DocumentFile.open(file)) {
        published += publisher.publish(documents);
      }
    }
    return published;
  }

  private int local() throws Exception {
    var config = configOptions.read();
    sayModels(config);
    var settings =
        new LocalSettings(
            data,
            fresh,
            configOptions.namesKafka() ? LocalSettings.NO_BROKER : port,
            localOptions.webPort(),
            localOptions.parallelism(),
            PipelineJob.CHECKPOINT_INTERVAL,
            restore,
            acceptLoss);
    var runner = LocalRunner.start(config, settings);
    var err = spec.commandLine().getErr();
    err.println("Kafka at " + runner.config().bootstrap());
    runner
        .restored()
        .ifPresentOrElse(
            path -> err.println("going on from " + path),
            () -> err.println("starting without a checkpoint"));
    var client = runner.submit(false);
    LocalRunner.stopAtExit(runner, client);
    err.println("job " + client.getJobID() + " runs; Flink's page is " + runner.webPage());
    err.println("stop it with Ctrl-C; the same command goes on from the newest checkpoint");
    LocalRunner.await(client);
    return 0;
  }

  private void submit() throws Exception {
    PipelineConfig config = configOptions.read();
    sayModels(config);
    var address = URI.create("rest://" + cluster);
    if (address.getHost() == null || address.getPort() < 0) {
      throw new UsageException("--cluster is '" + cluster + "', expected HOST:PORT");
    }
    var engine = new Configuration();
    if (restore != null) {
      engine.set(StateRecoveryOptions.SAVEPOINT_PATH, restore.toUri().toString());
    }
    var environment =
        StreamExecutionEnvironment.createRemoteEnvironment(
            address.getHost(), address.getPort(), engine, jobJar().toString());
    environment.setParallelism(localOptions.parallelism());
    PipelineJob.build(environment, config, false);
    var client = environment.executeAsync(config.jobName());
    spec.commandLine().getOut().println("submitted job " + client.getJobID() + " to " + cluster);
  }

  /** Models come on terms, which somebody who runs them should have seen. */
  private void sayModels(PipelineConfig config) {
    var err = spec.commandLine().getErr();
    err.println(DefaultModel.of(config).line());
    err.println(LinkingModel.of(config).line());
  }

  private Path jobJar() throws IOException {
    if (jar == null) {
      var runner =
          Path.of(RunCommand.class.getProtectionDomain().getCodeSource().getLocation().getPath());
      jar = runner.getParent().resolveSibling("wenliu-job.jar");
    }
    if (!Files.isRegularFile(jar)) {
      throw new UsageException("there is no job jar at " + jar + ": name it with --jar");
    }
    return jar;
  }

  private static void requireEmpty(Path directory) throws IOException {
    if (Files.exists(directory)) {
      try (var entries = Files.list(directory)) {
        if (entries.findAny().isPresent()) {
          throw new UsageException(directory + " is not empty: name a new directory");
        }
      }
    }
  }
}
