package io.github.wenliu.pipeline;

import io.github.wenliu.operators.async.AnswerParameters;
import io.github.wenliu.operators.control.ControlOperator;
import io.github.wenliu.operators.document.ControlChange;
import io.github.wenliu.operators.document.ModelChoice;
import io.github.wenliu.operators.extract.CatalogExtractors;
import io.github.wenliu.operators.link.CatalogLinkModels;
import io.github.wenliu.operators.link.DisambiguateOperator;
import io.github.wenliu.operators.link.KbBootstrapEndOperator;
import io.github.wenliu.operators.link.KbRecord;
import io.github.wenliu.pipeline.config.PipelineConfig;
import io.github.wenliu.pipeline.files.KnownWords;
import io.github.wenliu.pipeline.kafka.ControlBootstrap;
import io.github.wenliu.pipeline.kafka.KafkaClients;
import io.github.wenliu.pipeline.kafka.Preflight;
import io.github.wenliu.pipeline.kafka.Sinks;
import io.github.wenliu.pipeline.kafka.Sources;
import io.github.wenliu.pipeline.kafka.Topic;
import io.github.wenliu.pipeline.kafka.TopicEnds;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.flink.state.rocksdb.RocksDBConfigurableOptions;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.common.TopicPartition;
import org.rocksdb.CompressionType;

/** Puts the corridor between Kafka and Kafka. */
public final class PipelineJob {

  /**
   * How often a checkpoint is taken, and exactly-once output appears, where Flink's configuration
   * says nothing.
   */
  public static final Duration CHECKPOINT_INTERVAL = Duration.ofSeconds(5);

  /**
   * By level of RocksDB: what is young, and will soon be merged or deleted, is not worth the time
   * that compressing it takes.
   */
  private static final List<CompressionType> COMPRESSION =
      List.of(
          CompressionType.NO_COMPRESSION,
          CompressionType.NO_COMPRESSION,
          CompressionType.SNAPPY_COMPRESSION,
          CompressionType.SNAPPY_COMPRESSION,
          CompressionType.SNAPPY_COMPRESSION,
          CompressionType.SNAPPY_COMPRESSION,
          CompressionType.SNAPPY_COMPRESSION);

  /** Sources of what stood in the topic {@code kb}. */
  private static final int KB_PARTS = 1;

  private PipelineJob() {}

  /**
   * What the job needs of the engine whatever its configuration file says, and defaults where it
   * says nothing.
   *
   * @param given Flink's own configuration
   */
  public static Configuration engine(Configuration given) {
    var engine = new Configuration(given);
    engine.set(PipelineOptions.GENERIC_TYPES, false);
    engine.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
    engine.set(PipelineOptions.OBJECT_REUSE, true);
    engine.set(PipelineOptions.MAX_PARALLELISM, Topology.MAX_PARALLELISM);
    engine.set(StateBackendOptions.STATE_BACKEND, "rocksdb");
    engine.set(CheckpointingOptions.INCREMENTAL_CHECKPOINTS, true);
    engine.set(CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE, CheckpointingMode.EXACTLY_ONCE);
    engine.set(CheckpointingOptions.ENABLE_UNALIGNED, false);
    engine.set(
        CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
        ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
    if (!engine.contains(RocksDBConfigurableOptions.USE_BLOOM_FILTER)) {
      // Much of what is asked for is not there: an entry or a word that is new.
      engine.set(RocksDBConfigurableOptions.USE_BLOOM_FILTER, true);
    }
    if (!engine.contains(RocksDBConfigurableOptions.COMPRESSION_PER_LEVEL)) {
      engine.set(RocksDBConfigurableOptions.COMPRESSION_PER_LEVEL, COMPRESSION);
    }
    if (!engine.contains(CheckpointingOptions.CHECKPOINTING_INTERVAL)) {
      engine.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, CHECKPOINT_INTERVAL);
    }
    return engine;
  }

  /**
   * What a job takes from outside when it is submitted, beside its configuration.
   *
   * @param kafka what the preflight found
   * @param control what stood in the topic {@code control}
   * @param knownWords words that are no news, normalised
   * @param model what documents are extracted with where nobody chose
   * @param linkModel what mentions are linked with, with its version; {@code null} without linking
   * @param kbEnds by partition: how far the topic {@code kb} went; empty without linking
   */
  record Surroundings(
      Preflight.Findings kafka,
      ControlBootstrap control,
      Set<String> knownWords,
      ModelChoice model,
      String linkModel,
      Map<TopicPartition, Long> kbEnds) {}

  /**
   * Checks Kafka and wires the job into an environment.
   *
   * @param bounded whether the job ends with the documents that are there when it starts
   */
  public static void build(
      StreamExecutionEnvironment environment, PipelineConfig config, boolean bounded)
      throws InterruptedException {
    environment.configure(engine(Configuration.fromMap(environment.getConfiguration().toMap())));
    var knownWords = KnownWords.read(config.knownWords());
    var model = DefaultModel.of(config).choice();
    var linkModel = LinkingModel.of(config).id();
    Preflight.Findings kafka;
    try (var admin = KafkaClients.admin(config)) {
      kafka =
          new Preflight(config, admin)
              .check(
                  environment.getConfiguration().get(CheckpointingOptions.CHECKPOINTING_INTERVAL));
    }
    Map<TopicPartition, Long> kbEnds =
        config.linkingEnabled() ? TopicEnds.read(config, Topic.KB) : Map.of();
    var surroundings =
        new Surroundings(
            kafka, ControlBootstrap.read(config), knownWords, model, linkModel, kbEnds);
    wire(environment, config, surroundings, bounded);
  }

  /** Wires the job into an environment, for a Kafka that has been checked. */
  static void wire(
      StreamExecutionEnvironment environment,
      PipelineConfig config,
      Surroundings surroundings,
      boolean bounded) {
    var kafka = surroundings.kafka();
    // A source subtask without a partition would hold back time for ever.
    int parallelism = Math.min(environment.getParallelism(), kafka.documentPartitions());
    var source =
        environment
            .fromSource(
                Sources.documents(config, bounded),
                Sources.watermarks(config, bounded),
                "documents")
            .uid("source-documents")
            .setParallelism(parallelism);
    var control = control(environment, config, surroundings.control(), bounded);
    var extractors = new CatalogExtractors(config.extraction());
    var results =
        Topology.build(
            source,
            control,
            config.linkingEnabled()
                ? kb(environment, config, surroundings.kbEnds(), bounded)
                : null,
            new Topology.Parameters(
                config.epochTime(),
                config.floodGuard(),
                config.newWords(),
                surroundings.knownWords(),
                config.trendsEnabled() ? config.trends() : null,
                communities(config),
                surroundings.model(),
                config.extractionEnabled()
                    ? new ExtractorProbe(extractors)
                    : choice -> "this job does not extract: extract.enabled is false",
                config.extractionEnabled() ? config.extraction() : null,
                extractors,
                config.linkingEnabled()
                    ? linking(config, surroundings.linkModel(), bounded)
                    : null));
    var sinks = new Sinks(config, Version.PIPELINE, kafka.maxMessageBytes());
    var oversize = sinks.writeEnriched(results.enriched());
    sinks.writeDeadLetters(results.deadLetters().union(oversize));
    sinks.writeWords(results.words());
    sinks.writeWordEvents(results.wordEvents());
    if (config.trendsEnabled()) {
      sinks.writeTrends(results.trends());
    }
    if (config.communitiesEnabled()) {
      sinks.writeCommunities(results.communities());
      sinks.writeCommunityEvents(results.communityEvents());
    }
    if (config.linkingEnabled()) {
      sinks.writeEntityCandidates(results.entityCandidates());
    }
    var refusals = control.getSideOutput(ControlOperator.REFUSALS);
    sinks.writeControlAcks(results.controlAcks().union(refusals));
  }

  /** {@code null} where communities are off. */
  private static Topology.Communities communities(PipelineConfig config) {
    return config.communitiesEnabled()
        ? new Topology.Communities(
            config.communities(), config.communityAlignment(), config.communityLag())
        : null;
  }

  /** The linking model is looked for where the extraction's are. */
  private static Topology.Linking linking(PipelineConfig config, String model, boolean bounded) {
    var places = config.extraction();
    var models =
        new CatalogLinkModels(
            model, config.linkInference(), places.directory(), places.repository(), places.cache());
    return new Topology.Linking(
        config.link(),
        models,
        new DisambiguateOperator.Factory(
            new AnswerParameters(
                config.linkOnFailure(), config.linkCapacity(), config.linkTimeout()),
            config.link(),
            models,
            config.linkInference().provider(),
            config.floodGuard()),
        bounded ? config.nil().ofInputThatEnds() : config.nil(),
        KB_PARTS,
        config.linkBootstrapLimit());
  }

  /** What people ask for, from one subtask: changes of a key must stay in order. */
  static SingleOutputStreamOperator<ControlChange> control(
      StreamExecutionEnvironment environment,
      PipelineConfig config,
      ControlBootstrap bootstrap,
      boolean bounded) {
    return environment
        .fromSource(
            Sources.control(config, bootstrap, bounded), Sources.endlessWatermarks(), "control")
        .uid("source-control")
        .setParallelism(1)
        .transform(
            ControlOperator.STAGE,
            TypeInformation.of(ControlChange.class),
            new ControlOperator(bootstrap.records()))
        .uid("control")
        .setParallelism(1);
  }

  /**
   * The knowledge base: what stood there, each for all time, then {@link KbRecord#END}, and among
   * both what is written later. From one subtask, and without a time.
   *
   * @param ends how far the topic went when the job was submitted
   */
  static SingleOutputStreamOperator<KbRecord> kb(
      StreamExecutionEnvironment environment,
      PipelineConfig config,
      Map<TopicPartition, Long> ends,
      boolean bounded) {
    var bootstrap =
        environment
            .fromSource(
                Sources.kbBootstrap(config, ends), WatermarkStrategy.noWatermarks(), "kb bootstrap")
            .uid("source-kb-bootstrap")
            .setParallelism(1);
    var later =
        environment
            .fromSource(Sources.kb(config, ends, bounded), Sources.endlessWatermarks(), "kb")
            .uid("source-kb")
            .setParallelism(1);
    return bootstrap
        .connect(later)
        .transform(
            KbBootstrapEndOperator.STAGE,
            TypeInformation.of(KbRecord.class),
            new KbBootstrapEndOperator())
        .uid("kb-bootstrap-end")
        .setParallelism(1);
  }
}
