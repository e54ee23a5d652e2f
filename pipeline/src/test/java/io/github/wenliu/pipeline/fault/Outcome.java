package io.github.wenliu.pipeline.fault;

import io.github.wenliu.pipeline.codec.Headers;
import io.github.wenliu.pipeline.config.PipelineConfig;
import io.github.wenliu.pipeline.kafka.Topic;
import io.github.wenliu.pipeline.local.ResultReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What a reader sees of {@code enriched} and {@code dead-letters}: how often each input came out,
 * and a fingerprint of the bytes that came out for it. This is the oracle of the fault tests.
 */
final class Outcome {

  private static final Duration POLL = Duration.ofMillis(200);

  /** Fingerprint of what came out, by origin. */
  private final Map<String, Long> fingerprintOf = new HashMap<>();

  private final Set<String> dead = new HashSet<>();
  private long records;

  /** Reads everything that is visible now under an isolation level. */
  static Outcome read(PipelineConfig config, String isolation) {
    var reading = config.with(Map.of("kafka.properties.isolation.level", isolation));
    var outcome = new Outcome();
    try (var reader = new ResultReader(reading, List.of(Topic.ENRICHED, Topic.DEAD_LETTERS))) {
      do {
        for (var ofTopic : reader.poll(POLL).entrySet()) {
          for (var record : ofTopic.getValue()) {
            var origin =
                new String(
                    record.headers().lastHeader(Headers.ORIGIN).value(), StandardCharsets.UTF_8);
            outcome.add(origin, record.value(), ofTopic.getKey() == Topic.DEAD_LETTERS);
          }
        }
      } while (!reader.isAtEnd());
    }
    return outcome;
  }

  private void add(String origin, byte[] value, boolean isDead) {
    records++;
    fingerprintOf.put(origin, fingerprint(value));
    if (isDead) {
      dead.add(origin);
    }
  }

  /** Records seen, however often each input came out. */
  long records() {
    return records;
  }

  /** Inputs that came out at least once. */
  long inputs() {
    return fingerprintOf.size();
  }

  /** Inputs that came out as dead letters. */
  long deadLetters() {
    return dead.size();
  }

  /** Records beyond the first of their input. */
  long duplicates() {
    return records - fingerprintOf.size();
  }

  /** Inputs whose bytes differ from another run's, or that only one of the two has. */
  long differencesTo(Outcome other) {
    var origins = new HashSet<>(fingerprintOf.keySet());
    origins.addAll(other.fingerprintOf.keySet());
    return origins.stream()
        .filter(
            origin ->
                !Objects.equals(fingerprintOf.get(origin), other.fingerprintOf.get(origin))
                    || dead.contains(origin) != other.dead.contains(origin))
        .count();
  }

  /** FNV-1a over eight bytes' worth of state, mixed with the length. */
  private static long fingerprint(byte[] value) {
    long hash = 0xcbf29ce484222325L ^ value.length;
    for (byte unit : value) {
      hash = (hash ^ (unit & 0xff)) * 0x100000001b3L;
    }
    return hash * 31 + Arrays.hashCode(value);
  }
}
