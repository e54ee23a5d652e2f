package io.github.wenliu.pipeline.kafka;

import io.github.wenliu.operators.control.ControlRecord;
import io.github.wenliu.operators.document.EpochTime;
import io.github.wenliu.operators.document.SourceRecord;
import io.github.wenliu.operators.link.KbRecord;
import io.github.wenliu.pipeline.config.PipelineConfig;
import io.github.wenliu.pipeline.config.StartFrom;
import java.util.Map;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.KafkaSourceBuilder;
import org.apache.flink.connector.kafka.source.KafkaSourceOptions;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.kafka.common.TopicPartition;

/** The topics that the job reads as Flink sources. */
public final class Sources {

  private static final String ALIGNMENT_GROUP = "documents";

  private Sources() {}

  /**
   * The source of documents.
   *
   * @param bounded whether it ends at the offsets that are the last ones when it starts
   */
  public static DocumentSource documents(PipelineConfig config, boolean bounded) {
    var start =
        config.startFrom() == StartFrom.LATEST
            ? OffsetsInitializer.latest()
            : OffsetsInitializer.earliest();
    var marks = new EventTimeMarks(config.epochTime());
    var builder =
        KafkaSource.<SourceRecord>builder()
            .setTopics(Topic.DOCUMENTS.name(config.topicPrefix()))
            .setGroupId(config.jobName())
            .setClientIdPrefix(config.jobName())
            .setStartingOffsets(start)
            .setDeserializer(new DocumentDeserializer(config.decoder(), marks))
            .setProperties(KafkaClients.consumerProperties(config))
            .setProperty(KafkaSourceOptions.REGISTER_KAFKA_CONSUMER_METRICS.key(), "true");
    if (bounded) {
      builder.setBounded(OffsetsInitializer.latest());
    }
    return new DocumentSource(builder.build(), marks);
  }

  /**
   * Watermarks per partition; partitions wait for one another unless the source is bounded.
   *
   * @param bounded as for the source
   */
  public static WatermarkStrategy<SourceRecord> watermarks(PipelineConfig config, boolean bounded) {
    EpochTime time = config.epochTime();
    WatermarkStrategy<SourceRecord> strategy =
        WatermarkStrategy.forGenerator(context -> new EventTimeWatermarks(time));
    if (!bounded && config.alignmentDrift().isPresent()) {
      strategy =
          strategy.withWatermarkAlignment(
              ALIGNMENT_GROUP, config.alignmentDrift().get(), config.alignmentInterval());
    }
    return config.idleness().isPresent()
        ? strategy.withIdleness(config.idleness().get())
        : strategy;
  }

  /**
   * The source of what people ask for.
   *
   * @param bootstrap what stood in the topic; the source begins behind it
   * @param bounded as for the documents
   */
  public static KafkaSource<ControlRecord> control(
      PipelineConfig config, ControlBootstrap bootstrap, boolean bounded) {
    var builder =
        KafkaSource.<ControlRecord>builder()
            .setTopics(Topic.CONTROL.name(config.topicPrefix()))
            .setGroupId(config.jobName())
            .setClientIdPrefix(config.jobName() + "-" + Topic.CONTROL.suffix())
            // A partition that is added later is not among them and is read whole.
            .setStartingOffsets(OffsetsInitializer.offsets(bootstrap.ends()))
            .setDeserializer(new ControlDeserializer(config.decoder().zone()))
            .setProperties(KafkaClients.consumerProperties(config));
    if (bounded) {
      builder.setBounded(OffsetsInitializer.latest());
    }
    return builder.build();
  }

  /**
   * The source of what stood in the topic {@code kb} when the job was submitted, which ends there.
   *
   * @param ends by partition: the offset behind the last record
   */
  public static KafkaSource<KbRecord> kbBootstrap(
      PipelineConfig config, Map<TopicPartition, Long> ends) {
    return kb(config, true)
        .setClientIdPrefix(config.jobName() + "-" + Topic.KB.suffix() + "-bootstrap")
        .setStartingOffsets(OffsetsInitializer.earliest())
        .setBounded(new BootstrapEnds(ends))
        // Its positions are those of the splits; the group's are where the later changes are read.
        .setProperty(KafkaSourceOptions.COMMIT_OFFSETS_ON_CHECKPOINT.key(), "false")
        .build();
  }

  /**
   * The source of later changes of the knowledge base.
   *
   * @param ends what stood in the topic; the source begins behind it
   * @param bounded as for the documents
   */
  public static KafkaSource<KbRecord> kb(
      PipelineConfig config, Map<TopicPartition, Long> ends, boolean bounded) {
    var builder =
        kb(config, false)
            .setClientIdPrefix(config.jobName() + "-" + Topic.KB.suffix())
            // A partition that is added later is not among them and is read whole.
            .setStartingOffsets(OffsetsInitializer.offsets(ends));
    if (bounded) {
      builder.setBounded(OffsetsInitializer.latest());
    }
    return builder.build();
  }

  private static KafkaSourceBuilder<KbRecord> kb(PipelineConfig config, boolean forAllTime) {
    return KafkaSource.<KbRecord>builder()
        .setTopics(Topic.KB.name(config.topicPrefix()))
        .setGroupId(config.jobName())
        .setDeserializer(new KbDeserializer(config.decoder().zone(), forAllTime))
        .setProperties(KafkaClients.consumerProperties(config));
  }

  /** What comes from a topic without a time of its own never holds back time. */
  public static <T> WatermarkStrategy<T> endlessWatermarks() {
    return WatermarkStrategy.forGenerator(context -> new EndlessWatermarks<>());
  }
}
