package io.github.wenliu.pipeline.kafka;

import io.github.wenliu.pipeline.config.PipelineConfig;
import java.util.Properties;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Kafka clients as this project uses them: bytes in, bytes out, committed records only. */
public final class KafkaClients {

  private static final int ADMIN_TIMEOUT_MILLIS = 20_000;
  private static final int FETCH_BYTES = 16 << 20;
  private static final int MAX_REQUEST_BYTES = 33 << 20;

  private KafkaClients() {}

  /** The properties that every client shares: where the brokers are, and what the user set. */
  public static Properties common(PipelineConfig config) {
    var properties = new Properties();
    properties.setProperty(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, config.bootstrap());
    config.kafkaProperties().forEach(properties::setProperty);
    return properties;
  }

  /** Properties of a producer that may write any record that a topic accepts. */
  public static Properties producerProperties(PipelineConfig config) {
    var properties = common(config);
    properties.putIfAbsent(
        ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Integer.toString(MAX_REQUEST_BYTES));
    properties.putIfAbsent(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
    properties.putIfAbsent(ProducerConfig.LINGER_MS_CONFIG, "20");
    properties.putIfAbsent(ProducerConfig.BATCH_SIZE_CONFIG, Integer.toString(256 << 10));
    return properties;
  }

  /** Properties of a consumer of committed records. */
  public static Properties consumerProperties(PipelineConfig config) {
    var properties = common(config);
    properties.putIfAbsent(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    properties.putIfAbsent(
        ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, Integer.toString(FETCH_BYTES));
    properties.putIfAbsent(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    return properties;
  }

  public static Admin admin(PipelineConfig config) {
    var properties = common(config);
    properties.putIfAbsent(
        CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, Integer.toString(ADMIN_TIMEOUT_MILLIS));
    properties.putIfAbsent(
        CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, Integer.toString(ADMIN_TIMEOUT_MILLIS / 2));
    return Admin.create(properties);
  }

  public static KafkaProducer<byte[], byte[]> producer(PipelineConfig config) {
    return new KafkaProducer<>(
        producerProperties(config), new ByteArraySerializer(), new ByteArraySerializer());
  }

  /** A consumer of committed records without a group: the caller assigns partitions. */
  public static KafkaConsumer<byte[], byte[]> consumer(PipelineConfig config) {
    return new KafkaConsumer<>(
        consumerProperties(config), new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }
}
