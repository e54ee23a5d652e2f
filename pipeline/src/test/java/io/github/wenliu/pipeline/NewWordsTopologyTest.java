package io.github.wenliu.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.wenliu.operators.document.EpochTime;
import io.github.wenliu.operators.document.SourceRecord;
import io.github.wenliu.operators.newword.WordEvent;
import io.github.wenliu.operators.newword.WordState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the stream learns is a function of its documents and of nothing else. */
class NewWordsTopologyTest {

  private static final long SEED = 20_260_101;
  private static final int PARTITIONS = 6;
  private static final String KNOWN = "鲸落潮";
  private static final EpochTime TIME = EpochTime.DEFAULT;
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final List<List<SourceRecord>> ARRIVING = InventedWords.arriving(SEED, PARTITIONS);
  private static final List<List<SourceRecord>> SHUFFLED = InventedWords.shuffled(SEED, PARTITIONS);

  @TempDir static Path directory;

  private static NewWordsJob job;

  /** What one subtask of everything makes of the documents. */
  private static List<String> reference;

  @BeforeAll
  static void runOnOneSubtask() throws Exception {
    job = new NewWordsJob(directory, Set.of(KNOWN));
    reference = job.run("undisturbed-1", 1, NewWordsTopologyTest::arriving, gates(0));
  }

  @AfterAll
  static void stop() throws Exception {
    job.close();
  }

  @Test
  void stats() {
    System.out.println("lines " + reference.size());
    events(reference).stream()
        .collect(
            Collectors.groupingBy(
                e -> e.channel() + " " + e.type(), TreeMap::new, Collectors.counting()))
        .forEach((k, v) -> System.out.println(k + " " + v));
    states(reference).stream()
        .collect(
            Collectors.groupingBy(
                WordState::channel,
                TreeMap::new,
                Collectors.mapping(WordState::epoch, Collectors.toSet())))
        .forEach((k, v) -> System.out.println(k + " versions " + v.size() + " " + v));
    events(reference).stream()
        .filter(e -> e.type() != WordEvent.Type.ANNOUNCED)
        .forEach(System.out::println);
    System.out.println(ARRIVING.get(0).get(3).document().text());
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 4})
  void givesTheSameBytesAtAnyParallelism(int parallelism) throws Exception {
    var lines =
        job.run(
            "undisturbed-" + parallelism, parallelism, NewWordsTopologyTest::arriving, gates(0));
    assertThat(lines).isEqualTo(reference);
  }

  private static List<SourceRecord> arriving(int partition) {
    return ARRIVING.get(partition);
  }

  private static List<SourceRecord> shuffled(int partition) {
    return SHUFFLED.get(partition);
  }

  private static int[][] gates(int count) {
    return new int[PARTITIONS][count];
  }

  private static List<WordState> states(List<String> lines) {
    return read(lines, NewWordsJob.WORD, WordState.class);
  }

  private static List<WordEvent> events(List<String> lines) {
    return read(lines, NewWordsJob.EVENT, WordEvent.class);
  }

  private static <T> List<T> read(List<String> lines, String kind, Class<T> type) {
    return lines.stream()
        .filter(line -> line.startsWith(kind))
        .map(line -> parse(line.substring(kind.length()), type))
        .toList();
  }

  private static <T> T parse(String json, Class<T> type) {
    try {
      return JSON.readValue(json, type);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
