package io.github.wenliu.pipeline.local;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.wenliu.pipeline.codec.Headers;
import io.github.wenliu.pipeline.kafka.Topic;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Writes the results of a run as JSON lines: {@code enriched} and {@code dead-letters} in the order
 * of the input, dead letters of the topic {@code kb} behind those of documents, events in the order
 * of channel, epoch and seq, compacted topics as their final state, sorted by key.
 */
public final class OnceFiles implements OnceRun.Listener, AutoCloseable {

  private final Path directory;
  private final ObjectMapper mapper = new ObjectMapper();
  private final JsonFactory json = mapper.getFactory();
  private final InputOrder enriched;
  private final InputOrder deadLetters;
  private final InputOrder kbDeadLetters;
  private final List<Event> wordEvents = new ArrayList<>();
  private final List<Event> trends = new ArrayList<>();
  private final List<Event> communityEvents = new ArrayList<>();

  /** An event with its place in the order of events. */
  private record Event(String channel, long epoch, long seq, byte[] line) {

    private static final Comparator<Event> ORDER =
        Comparator.comparing(Event::channel)
            .thenComparingLong(Event::epoch)
            .thenComparingLong(Event::seq);
  }

  /**
   * @param directory where the files go; new or empty
   * @param work where lines are kept until they are in order
   * @param partitions partitions of each input topic
   */
  public OnceFiles(Path directory, Path work, int partitions) throws IOException {
    this.directory = directory;
    this.enriched = new InputOrder(work.resolve("enriched.lines"), partitions);
    this.deadLetters = new InputOrder(work.resolve("dead-letters.lines"), partitions);
    this.kbDeadLetters = new InputOrder(work.resolve("kb-dead-letters.lines"), partitions);
  }

  @Override
  public void result(Topic topic, ConsumerRecord<byte[], byte[]> record) throws IOException {
    if (topic == Topic.ENRICHED) {
      enriched.add(origin(record), record.value());
    } else if (topic == Topic.DEAD_LETTERS) {
      var letters = OnceRun.isOfKb(record) ? kbDeadLetters : deadLetters;
      letters.add(origin(record), deadLetter(record));
    } else if (topic == Topic.WORD_EVENTS) {
      wordEvents.add(event(record.value()));
    } else if (topic == Topic.TRENDS) {
      trends.add(event(record.value()));
    } else if (topic == Topic.COMMUNITY_EVENTS) {
      communityEvents.add(event(record.value()));
    }
  }

  /** Writes all files; {@code run} has ended. */
  public void write(OnceRun run) throws IOException {
    writeInOrder(Topic.ENRICHED, enriched);
    writeInOrder(Topic.DEAD_LETTERS, deadLetters, kbDeadLetters);
    writeLive(run.live(Topic.WORDS), Topic.WORDS);
    writeEvents(wordEvents, Topic.WORD_EVENTS);
    writeEvents(trends, Topic.TRENDS);
    writeLive(run.live(Topic.COMMUNITIES), Topic.COMMUNITIES);
    writeEvents(communityEvents, Topic.COMMUNITY_EVENTS);
    writeLive(run.live(Topic.ENTITY_CANDIDATES), Topic.ENTITY_CANDIDATES);
  }

  private void writeInOrder(Topic topic, InputOrder... parts) throws IOException {
    try (var out = open(topic)) {
      for (InputOrder lines : parts) {
        lines.forEach(
            line -> {
              out.write(line);
              out.write('\n');
            });
      }
    }
  }

  private void writeLive(Map<String, byte[]> live, Topic topic) throws IOException {
    try (var out = open(topic)) {
      for (var entry : live.entrySet()) {
        var line = new ByteArrayOutputStream();
        try (var generator = json.createGenerator(line)) {
          generator.writeStartObject();
          generator.writeStringField("key", entry.getKey());
          generator.writeFieldName("value");
          generator.writeRawValue(new String(entry.getValue(), StandardCharsets.UTF_8));
          generator.writeEndObject();
        }
        line.writeTo(out);
        out.write('\n');
      }
    }
  }

  private void writeEvents(List<Event> events, Topic topic) throws IOException {
    events.sort(Event.ORDER);
    try (var out = open(topic)) {
      for (Event event : events) {
        out.write(event.line());
        out.write('\n');
      }
    }
  }

  private Event event(byte[] line) throws IOException {
    var value = mapper.readTree(line);
    return new Event(
        value.path("channel").textValue(),
        value.path("epoch").longValue(),
        value.path("seq").longValue(),
        line);
  }

  private byte[] deadLetter(ConsumerRecord<byte[], byte[]> record) throws IOException {
    var line = new ByteArrayOutputStream();
    try (var generator = json.createGenerator(line)) {
      generator.writeStartObject();
      writeText(generator, "key", record.key());
      generator.writeObjectFieldStart("headers");
      // A name may occur more than once in Kafka but not in JSON: the last one counts there, too.
      var headers = new LinkedHashMap<String, byte[]>();
      record.headers().forEach(header -> headers.put(header.key(), header.value()));
      for (var header : headers.entrySet()) {
        writeText(generator, header.getKey(), header.getValue());
      }
      generator.writeEndObject();
      if (record.value() == null) {
        generator.writeNullField("valueBase64");
      } else {
        generator.writeStringField(
            "valueBase64", Base64.getEncoder().encodeToString(record.value()));
      }
      generator.writeEndObject();
    }
    return line.toByteArray();
  }

  private static void writeText(JsonGenerator generator, String name, byte[] value)
      throws IOException {
    if (value == null) {
      generator.writeNullField(name);
    } else {
      generator.writeStringField(name, new String(value, StandardCharsets.UTF_8));
    }
  }

  private static String origin(ConsumerRecord<byte[], byte[]> record) {
    return new String(record.headers().lastHeader(Headers.ORIGIN).value(), StandardCharsets.UTF_8);
  }

  private OutputStream open(Topic topic) throws IOException {
    return new BufferedOutputStream(
        Files.newOutputStream(directory.resolve(topic.suffix() + ".jsonl")));
  }

  @Override
  public void close() throws IOException {
    enriched.close();
    deadLetters.close();
    kbDeadLetters.close();
  }
}
