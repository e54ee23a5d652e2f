package io.github.wenliu.pipeline.kafka;

import io.github.wenliu.operators.cluster.CommunityEvent;
import io.github.wenliu.operators.cluster.CommunityState;
import io.github.wenliu.operators.document.ControlAck;
import io.github.wenliu.operators.document.DeadLetter;
import io.github.wenliu.operators.document.EnrichedDocument;
import io.github.wenliu.operators.newword.WordEvent;
import io.github.wenliu.operators.newword.WordState;
import io.github.wenliu.operators.nil.GroupState;
import io.github.wenliu.operators.trends.TrendEvent;
import io.github.wenliu.pipeline.codec.CommunityEventEncoder;
import io.github.wenliu.pipeline.codec.CommunityStateEncoder;
import io.github.wenliu.pipeline.codec.ControlAckEncoder;
import io.github.wenliu.pipeline.codec.DeadLetterEncoder;
import io.github.wenliu.pipeline.codec.EntityCandidateEncoder;
import io.github.wenliu.pipeline.codec.OutgoingRecord;
import io.github.wenliu.pipeline.codec.RecordEncoder;
import io.github.wenliu.pipeline.codec.TrendEventEncoder;
import io.github.wenliu.pipeline.codec.WordEventEncoder;
import io.github.wenliu.pipeline.codec.WordStateEncoder;
import io.github.wenliu.pipeline.config.Delivery;
import io.github.wenliu.pipeline.config.PipelineConfig;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.sink.TransactionNamingStrategy;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.util.function.SerializableSupplier;
import org.apache.kafka.clients.producer.ProducerConfig;

/** Writes the job's streams to their topics, each behind a guard of the record size. */
public final class Sinks {

  private final PipelineConfig config;
  private final String pipelineVersion;
  private final Map<Topic, Long> maxMessageBytes;

  /**
   * @param maxMessageBytes largest record of each topic, in bytes, as the preflight found it
   */
  public Sinks(PipelineConfig config, String pipelineVersion, Map<Topic, Long> maxMessageBytes) {
    this.config = config;
    this.pipelineVersion = pipelineVersion;
    this.maxMessageBytes = Map.copyOf(maxMessageBytes);
  }

  /**
   * Writes enriched documents.
   *
   * @return those that do not fit
   */
  public DataStream<DeadLetter> writeEnriched(DataStream<EnrichedDocument> enriched) {
    var encoded =
        enriched
            .process(
                new EncodeFunction(
                    config.wordsOutput(),
                    pipelineVersion,
                    config.communityAlignment(),
                    maxMessageBytes.get(Topic.ENRICHED)),
                TypeInformation.of(OutgoingRecord.class))
            .name("encode enriched")
            .uid("encode-enriched");
    write(encoded, Topic.ENRICHED);
    return encoded.getSideOutput(EncodeFunction.DEAD_LETTERS);
  }

  /** Writes dead letters. */
  public void writeDeadLetters(DataStream<DeadLetter> letters) {
    var version = pipelineVersion;
    long maxBytes = maxMessageBytes.get(Topic.DEAD_LETTERS);
    var encoded =
        letters
            .map(
                letter -> new DeadLetterEncoder(version, maxBytes).encode(letter),
                TypeInformation.of(OutgoingRecord.class))
            .name("encode dead letters")
            .uid("encode-dead-letters");
    write(encoded, Topic.DEAD_LETTERS);
  }

  /**
   * Writes the states of words.
   *
   * @param words in order for each word, which the way to the topic keeps
   */
  public void writeWords(DataStream<WordState> words) {
    writeInOrder(words, Topic.WORDS, WordStateEncoder::new);
  }

  /**
   * Writes what happened to words.
   *
   * @param events in order for each word, which the way to the topic keeps
   */
  public void writeWordEvents(DataStream<WordEvent> events) {
    writeInOrder(events, Topic.WORD_EVENTS, WordEventEncoder::new);
  }

  /**
   * Writes which words become hot and cool.
   *
   * @param events in order for each word, which the way to the topic keeps
   */
  public void writeTrends(DataStream<TrendEvent> events) {
    writeInOrder(events, Topic.TRENDS, TrendEventEncoder::new);
  }

  /**
   * Writes the states of communities.
   *
   * @param communities in order for each community, which the way to the topic keeps
   */
  public void writeCommunities(DataStream<CommunityState> communities) {
    writeInOrder(communities, Topic.COMMUNITIES, CommunityStateEncoder::new);
  }

  /**
   * Writes what happened to communities.
   *
   * @param events in order for each community, which the way to the topic keeps
   */
  public void writeCommunityEvents(DataStream<CommunityEvent> events) {
    writeInOrder(events, Topic.COMMUNITY_EVENTS, CommunityEventEncoder::new);
  }

  /**
   * Writes the groups of unlinked mentions.
   *
   * @param groups in order for each group, which the way to the topic keeps
   */
  public void writeEntityCandidates(DataStream<GroupState> groups) {
    writeInOrder(groups, Topic.ENTITY_CANDIDATES, EntityCandidateEncoder::new);
  }

  /** Writes the answers to control changes. They are few, and meet in one subtask. */
  public void writeControlAcks(DataStream<ControlAck> acks) {
    write(encoded(acks, 1, Topic.CONTROL_ACKS, ControlAckEncoder::new), Topic.CONTROL_ACKS);
  }

  private <T> void writeInOrder(
      DataStream<T> values, Topic topic, SerializableSupplier<RecordEncoder<T>> encoders) {
    // Forward fails where the two sides could not be one to one.
    write(encoded(values.forward(), values.getParallelism(), topic, encoders), topic);
  }

  private <T> DataStream<OutgoingRecord> encoded(
      DataStream<T> values,
      int parallelism,
      Topic topic,
      SerializableSupplier<RecordEncoder<T>> encoders) {
    return values
        .flatMap(
            new EncodeOrDropFunction<>(encoders, maxMessageBytes.get(topic)),
            TypeInformation.of(OutgoingRecord.class))
        .name("encode " + topic.suffix())
        .uid("encode-" + topic.suffix())
        .setParallelism(parallelism);
  }

  /** A subtask of the sink takes from one subtask of the encoding: the records stay in order. */
  private void write(DataStream<OutgoingRecord> records, Topic topic) {
    var name = topic.name(config.topicPrefix());
    var sink =
        KafkaSink.<OutgoingRecord>builder()
            .setKafkaProducerConfig(KafkaClients.producerProperties(config))
            .setBootstrapServers(config.bootstrap())
            .setRecordSerializer(new OutgoingRecordSerializer(name));
    if (config.delivery() == Delivery.EXACTLY_ONCE) {
      sink.setDeliveryGuarantee(DeliveryGuarantee.EXACTLY_ONCE)
          .setTransactionalIdPrefix(transactionalIdPrefix(config, topic))
          .setTransactionNamingStrategy(TransactionNamingStrategy.POOLING)
          .setProperty(
              ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
              Long.toString(config.transactionTimeout().toMillis()));
    } else {
      sink.setDeliveryGuarantee(DeliveryGuarantee.AT_LEAST_ONCE);
    }
    records
        .sinkTo(sink.build())
        .name(topic.suffix())
        .uid("sink-" + topic.suffix())
        .setParallelism(records.getParallelism());
  }

  /**
   * What the transactional ids of a topic's sink start with: unique per job and sink, and never
   * changed.
   */
  public static String transactionalIdPrefix(PipelineConfig config, Topic topic) {
    return config.jobName() + "-" + topic.suffix();
  }
}
