package io.github.wenliu.pipeline.cli;

import io.github.wenliu.operators.document.RawRecord;
import io.github.wenliu.pipeline.cli.TopicReader.From;
import io.github.wenliu.pipeline.cli.TopicReader.Until;
import io.github.wenliu.pipeline.codec.KbDecoder;
import io.github.wenliu.pipeline.kafka.Topic;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Counts what stands in the topic of the knowledge base. */
@Command(
    name = "stats",
    description = {
      "Counts the entries, names and types of a channel as the topic kb has them now; the last line"
          + " is the same as JSON.",
      "It reads the whole topic twice, and needs some 100 bytes of memory for each entry."
    },
    mixinStandardHelpOptions = true)
final class KbStatsCommand implements Runnable {

  @Mixin private KbTopicOptions options;

  @Override
  public void run() {
    var channel = options.channel();
    var config = options.config();
    var topic = new TopicNames(config).resolve(Topic.KB);
    var reader = new TopicReader(config);
    var decoder = new KbDecoder(config.decoder().zone());
    var statistics = new KbStatistics();
    read(
        reader,
        topic,
        channel,
        record ->
            statistics.find(record.key(), record.partition(), record.offset(), record.timestamp()));
    read(
        reader,
        topic,
        channel,
        record -> {
          if (statistics.isNewest(record.key(), record.partition(), record.offset())) {
            statistics.count(
                decoder.decode(raw(record)),
                record.serializedKeySize() + Math.max(0, record.serializedValueSize()));
          }
        });
    var out = StandardOutput.open();
    out.println(statistics.text());
    out.println(statistics.json(channel));
    out.flush();
  }

  /** Reads the records of the channel. */
  private static void read(
      TopicReader reader,
      String topic,
      String channel,
      Consumer<ConsumerRecord<byte[], byte[]>> visitor) {
    byte[] prefix = (channel + "/").getBytes(StandardCharsets.UTF_8);
    reader.read(
        topic,
        From.BEGINNING,
        Until.END,
        record -> {
          if (record.key() != null && startsWith(record.key(), prefix)) {
            visitor.accept(record);
          }
          return true;
        });
  }

  private static boolean startsWith(byte[] key, byte[] prefix) {
    return key.length >= prefix.length
        && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
  }

  private static RawRecord raw(ConsumerRecord<byte[], byte[]> record) {
    return new RawRecord(
        record.topic(),
        record.partition(),
        record.offset(),
        record.timestamp(),
        record.key(),
        record.value(),
        List.of());
  }
}
