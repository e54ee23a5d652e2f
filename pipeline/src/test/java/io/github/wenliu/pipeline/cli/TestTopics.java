package io.github.wenliu.pipeline.cli;

import io.github.wenliu.pipeline.codec.OutgoingRecord;
import io.github.wenliu.pipeline.config.PipelineConfig;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * The topics of one test on a broker that tests share.
 *
 * @param bootstrap the broker
 * @param prefix of the topics' names
 */
record TestTopics(String bootstrap, String prefix) {

  /** Calls the command line for these topics. */
  CommandLineRun run(String... arguments) {
    return CommandLineRun.of(
        Stream.concat(
                Arrays.stream(arguments),
                Stream.of("--bootstrap", bootstrap, "--set", "topics.prefix=" + prefix))
            .toArray(String[]::new));
  }

  PipelineConfig config() {
    return PipelineConfig.of(Map.of("kafka.bootstrap", bootstrap, "topics.prefix", prefix));
  }

  /** Sends what the job would write. */
  void send(KafkaProducer<byte[], byte[]> producer, String topic, OutgoingRecord encoded) {
    var record = new ProducerRecord<>(prefix + topic, encoded.key(), encoded.value());
    encoded.headers().forEach(header -> record.headers().add(header.key(), header.value()));
    producer.send(record);
  }
}
