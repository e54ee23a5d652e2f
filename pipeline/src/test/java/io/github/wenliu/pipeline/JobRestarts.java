package io.github.wenliu.pipeline;

import io.github.wenliu.models.inference.SharedModels;
import io.github.wenliu.operators.document.Document;
import io.github.wenliu.operators.document.EnrichedDocument;
import io.github.wenliu.operators.document.RawRecord;
import io.github.wenliu.operators.document.SourceRecord;
import io.github.wenliu.operators.extract.CatalogExtractors;
import io.github.wenliu.operators.flood.FloodGuardParameters;
import io.github.wenliu.pipeline.config.PipelineConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/**
 * Runs the corridor with real models again and again in one cluster, each job failing and starting
 * again once, and prints after each what the process holds of the machine's memory and which models
 * it has open. Growth counts from the end of the first half, when all is warm; it is that of
 * everything, so hold it against a run with {@code extract.enabled=false}. With a heap that is
 * resident from the start growth is native.
 *
 * <pre>./wenliu bench restarts [jobs] [key=value...]</pre>
 */
public final class JobRestarts {

  private static final int PARTITIONS = 2;
  private static final int RECORDS = 600;
  private static final int PARALLELISM = 2;
  private static final long START = 1_767_225_600_000L;

  private JobRestarts() {}

  public static void main(String[] arguments) throws Exception {
    int jobs = 20;
    var settings = new TreeMap<String, String>();
    for (String argument : arguments) {
      int equals = argument.indexOf('=');
      if (equals < 0) {
        jobs = Integer.parseInt(argument);
      } else {
        settings.put(argument.substring(0, equals), argument.substring(equals + 1));
      }
    }
    run(jobs, settings);
  }

  private static void run(int jobs, Map<String, String> settings) throws Exception {
    var config = PipelineConfig.of(settings);
    var model = DefaultModel.of(config);
    System.out.println(model.line());
    var held = new ArrayList<Long>();
    try (var cluster =
        new MiniCluster(
            new MiniClusterConfiguration.Builder()
                .setConfiguration(engine())
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(PARALLELISM)
                .build())) {
      cluster.start();
      for (int job = 0; job < jobs; job++) {
        run(cluster, config, model, "restarts-" + job);
        // Models are given back by a thread of their own.
        while (SharedModels.ofProcess().size() > 0) {
          Thread.sleep(10);
        }
        System.gc();
        held.add(residentBytes());
        System.out.printf(
            "job %d: %,d KiB resident, %d models open, %d threads%n",
            job + 1, held.get(job) >> 10, SharedModels.ofProcess().size(), Thread.activeCount());
      }
    }
    System.out.printf(
        "growth over the second half: %,d KiB%n",
        (held.get(jobs - 1) - held.get((jobs - 1) / 2)) >> 10);
  }

  private static void run(
      MiniCluster cluster, PipelineConfig config, DefaultModel model, String run) throws Exception {
    var environment = StreamExecutionEnvironment.getExecutionEnvironment(engine());
    environment.setParallelism(PARALLELISM);
    var gates = new int[PARTITIONS][1];
    for (int[] partition : gates) {
      partition[0] = RECORDS / 2;
    }
    var source =
        TopologyFrame.documents(
            environment,
            config,
            new PartitionsSource(run, partition -> DOCUMENTS.get(partition), gates, true));
    var control = TopologyFrame.noControl(environment);
    var results =
        Topology.build(
            source,
            control,
            null,
            new Topology.Parameters(
                config.epochTime(),
                FloodGuardParameters.DEFAULT,
                config.newWords(),
                Set.of(),
                null,
                new Topology.Communities(
                    config.communities(), config.communityAlignment(), config.communityLag()),
                model.choice(),
                choice -> null,
                config.extractionEnabled() ? config.extraction() : null,
                new CatalogExtractors(config.extraction()),
                null));
    results
        .enriched()
        .map(document -> failOnce(run, document).words().size())
        .uid("words")
        .sinkTo(new DiscardingSink<>())
        .uid("discard");
    cluster.executeJobBlocking(environment.getStreamGraph().getJobGraph());
  }

  private static EnrichedDocument failOnce(String run, EnrichedDocument document) {
    var of = PartitionsSource.Run.of(run);
    if (of.opened.get() > 0 && of.failures.compareAndSet(0, 1)) {
      throw new IllegalStateException("induced");
    }
    return document;
  }

  private static final List<List<SourceRecord>> DOCUMENTS = documents();

  private static List<List<SourceRecord>> documents() {
    var partitions = new ArrayList<List<SourceRecord>>();
    for (int partition = 0; partition < PARTITIONS; partition++) {
      var records = new ArrayList<SourceRecord>();
      for (int offset = 0; offset < RECORDS; offset++) {
        long time = START + offset * 1_000L;
        var text = "记者林小满%d日在海棠湾报道，𠮷田明出任云溪公司第%d任经理。".formatted(offset, partition);
        records.add(
            SourceRecord.of(
                new RawRecord("documents", partition, offset, time, null, null, List.of()),
                new Document(
                    "id" + offset,
                    text.repeat(1 + offset % 7),
                    time,
                    "main",
                    null,
                    null,
                    null,
                    null)));
      }
      partitions.add(records);
    }
    return partitions;
  }

  private static Configuration engine() {
    var engine = PipelineJob.engine(new Configuration());
    engine.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(200));
    engine.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
    engine.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 2);
    engine.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(10));
    engine.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(128));
    engine.set(RestOptions.BIND_PORT, "0");
    return engine;
  }

  private static long residentBytes() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) << 10)
        .findFirst()
        .orElseThrow();
  }
}
