package io.github.wenliu.pipeline.cli;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.wenliu.operators.document.RawRecord;
import io.github.wenliu.pipeline.cli.TopicReader.From;
import io.github.wenliu.pipeline.cli.TopicReader.Until;
import io.github.wenliu.pipeline.codec.KbDecoder;
import io.github.wenliu.pipeline.config.PipelineConfig;
import io.github.wenliu.pipeline.kafka.Topic;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows entries as the topic of the knowledge base has them now. */
@Command(
    name = "get",
    description = {
      "Shows entries as the topic kb has them now, as JSON. It reads the whole topic.",
      "The exit code is 1 if one is not there, or is none that the job accepts."
    },
    mixinStandardHelpOptions = true)
final class KbGetCommand implements Callable<Integer> {

  private static final char SEPARATOR = '/';

  @Mixin private KbTopicOptions options;

  @Spec private CommandSpec spec;

  @Parameters(arity = "1..*", paramLabel = "ID", description = "Ids of the entries.")
  private List<String> ids;

  private final ObjectMapper mapper = new ObjectMapper();

  @Override
  public Integer call() {
    var config = options.config();
    var wanted = new LinkedHashSet<>(ids);
    var newest =
        newest(config, wanted.stream().map(this::key).collect(Collectors.toUnmodifiableSet()));
    var decoder = new KbDecoder(config.decoder().zone());
    var out = StandardOutput.open();
    int exitCode = 0;
    for (String id : wanted) {
      var problem = show(newest.get(key(id)), decoder, out);
      if (problem != null) {
        exitCode = 1;
        spec.commandLine().getErr().println(RecordText.shown(id) + " " + problem);
      }
    }
    out.flush();
    return exitCode;
  }

  private ByteBuffer key(String id) {
    return ByteBuffer.wrap((options.channel() + SEPARATOR + id).getBytes(StandardCharsets.UTF_8));
  }

  /** The newest record of each key that is there. */
  private static Map<ByteBuffer, ConsumerRecord<byte[], byte[]>> newest(
      PipelineConfig config, Set<ByteBuffer> keys) {
    var newest = new HashMap<ByteBuffer, ConsumerRecord<byte[], byte[]>>();
    new TopicReader(config)
        .read(
            new TopicNames(config).resolve(Topic.KB),
            From.BEGINNING,
            Until.END,
            record -> {
              if (record.key() != null && keys.contains(ByteBuffer.wrap(record.key()))) {
                newest.merge(
                    ByteBuffer.wrap(record.key()),
                    record,
                    (before, now) -> now.timestamp() < before.timestamp() ? before : now);
              }
              return true;
            });
    return newest;
  }

  /** Shows an entry; returns what is wrong with it, or {@code null}. */
  private String show(ConsumerRecord<byte[], byte[]> record, KbDecoder decoder, PrintStream out) {
    if (record == null || record.value() == null) {
      return "is not in channel " + options.channel() + (record == null ? "" : ": it was deleted");
    }
    var raw =
        new RawRecord(
            record.topic(),
            record.partition(),
            record.offset(),
            record.timestamp(),
            record.key(),
            record.value(),
            List.of());
    try {
      out.println(mapper.readTree(record.value()).toPrettyString());
    } catch (JacksonException e) {
      return "is no entry: " + decoder.decode(raw).rejection().message();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    var rejection = decoder.decode(raw).rejection();
    return rejection == null ? null : "is no entry: " + rejection.message();
  }
}
