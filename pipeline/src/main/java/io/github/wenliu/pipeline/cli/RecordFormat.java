package io.github.wenliu.pipeline.cli;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/** How one record becomes one line. */
interface RecordFormat {

  /** The line, without its end. */
  String line(ConsumerRecord<byte[], byte[]> record);
}
