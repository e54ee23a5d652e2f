package io.github.wenliu.pipeline.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.wenliu.operators.link.KbOperator;
import io.github.wenliu.pipeline.codec.Headers;
import io.github.wenliu.pipeline.files.DocumentPublisher;
import io.github.wenliu.pipeline.kafka.Topic;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Runs the job over an input that ends: publishes it to the broker of a fresh local run, drains it
 * through the very job that runs for ever, and hands out the results as they are committed.
 */
public final class OnceRun {

  private static final Duration POLL = Duration.ofMillis(200);
  private static final List<Topic> RESULTS =
      List.of(
          Topic.ENRICHED,
          Topic.DEAD_LETTERS,
          Topic.WORDS,
          Topic.WORD_EVENTS,
          Topic.TRENDS,
          Topic.COMMUNITIES,
          Topic.COMMUNITY_EVENTS,
          Topic.ENTITY_CANDIDATES);

  /** Publishes the input. */
  public interface Input {

    /** Publishes all of it and returns how many records that were. */
    long publishTo(DocumentPublisher publisher) throws IOException, InterruptedException;
  }

  /** Takes each committed record of the result topics. */
  public interface Listener {

    void result(Topic topic, ConsumerRecord<byte[], byte[]> record) throws IOException;
  }

  private final LocalRunner runner;

  /** Live keys of each compacted topic. */
  private final Map<Topic, TreeMap<String, byte[]>> live =
      Map.of(
          Topic.WORDS,
          new TreeMap<>(),
          Topic.COMMUNITIES,
          new TreeMap<>(),
          Topic.ENTITY_CANDIDATES,
          new TreeMap<>());

  private final ObjectMapper mapper = new ObjectMapper();

  private long enriched;
  private long links;
  private long deadLetters;
  private long kbDeadLetters;

  public OnceRun(LocalRunner runner) {
    this.runner = runner;
  }

  /**
   * Publishes, runs and reads until the last result.
   *
   * @throws IllegalStateException if the job fails
   */
  public OnceResult run(Input input, Listener listener) throws Exception {
    long startNanos = System.nanoTime();
    long published;
    try (var publisher = DocumentPublisher.open(runner.config())) {
      published = input.publishTo(publisher);
    }
    var client = runner.submit(true);
    var finished = client.getJobExecutionResult();
    try (var reader = new ResultReader(runner.config(), RESULTS)) {
      while (!finished.isDone()) {
        take(reader, listener);
      }
      LocalRunner.await(client);
      while (!reader.isAtEnd()) {
        take(reader, listener);
      }
    }
    return new OnceResult(
        published,
        enriched,
        deadLetters,
        kbDeadLetters,
        live.get(Topic.WORDS).size(),
        live.get(Topic.COMMUNITIES).size(),
        links,
        (System.nanoTime() - startNanos) / 1e9);
  }

  /** The final state of a compacted topic, by key. */
  public Map<String, byte[]> live(Topic topic) {
    return live.get(topic);
  }

  private void take(ResultReader reader, Listener listener) throws IOException {
    for (var ofTopic : reader.poll(POLL).entrySet()) {
      for (var record : ofTopic.getValue()) {
        count(ofTopic.getKey(), record);
        listener.result(ofTopic.getKey(), record);
      }
    }
  }

  private void count(Topic topic, ConsumerRecord<byte[], byte[]> record) throws IOException {
    if (topic == Topic.ENRICHED) {
      enriched++;
      links += links(record);
    } else if (topic == Topic.DEAD_LETTERS) {
      if (isOfKb(record)) {
        kbDeadLetters++;
      } else {
        deadLetters++;
      }
    } else if (topic.isCompacted()) {
      var key = new String(record.key(), StandardCharsets.UTF_8);
      if (record.value() == null) {
        live.get(topic).remove(key);
      } else {
        live.get(topic).put(key, record.value());
      }
    }
  }

  /** Whether a dead letter was an entry of the knowledge base, and not a document. */
  static boolean isOfKb(ConsumerRecord<byte[], byte[]> letter) {
    var stage = letter.headers().lastHeader(Headers.ERROR_STAGE).value();
    return new String(stage, StandardCharsets.UTF_8).equals(KbOperator.STAGE);
  }

  private long links(ConsumerRecord<byte[], byte[]> record) throws IOException {
    long found = 0;
    for (JsonNode entity : mapper.readTree(record.value()).path("entities")) {
      found += entity.path("link").path("id").isTextual() ? 1 : 0;
    }
    return found;
  }
}
