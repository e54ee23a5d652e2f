package io.github.wenliu.pipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.wenliu.operators.newword.SeedDiscoverer;
import io.github.wenliu.operators.newword.WordScore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** New words of files, and their scores. */
class DiscoverCommandTest {

  private static final String NEW_WORD = "村BA";
  private static final String OLD_WORD = "比赛";

  @TempDir private Path directory;

  private Path corpus;

  @BeforeEach
  void writeCorpus() throws IOException {
    corpus = Files.write(directory.resolve("corpus.txt"), texts().toList());
  }

  /** Two words, each after and before other characters each time, and characters that vary. */
  private static Stream<String> texts() {
    return IntStream.range(0, 60)
        .mapToObj(
            i ->
                character(i) + OLD_WORD + character(i + 100) + NEW_WORD + character(i + 200) + "。");
  }

  private static String character(int i) {
    return Character.toString(0x6000 + i);
  }

  private CommandLineRun discover(String... arguments) {
    return CommandLineRun.of(
        Stream.concat(Stream.of("discover"), Stream.of(arguments)).toArray(String[]::new));
  }

  private static List<String> words(String lines) {
    return lines.lines().map(line -> line.split("\t")[0]).toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "discover",
        "discover no-such-file",
        "discover --min-count 1 FILE",
        "discover --min-count many FILE",
        "discover --mode best FILE",
        "discover --top 0 FILE",
        "discover --known no-such-file FILE",
        "discover --out no-such-directory/words.tsv FILE",
        "discover --out DIRECTORY FILE",
        "discover --hot -",
        "discover --set trends.on=9 FILE",
        "discover --hot --set delivery=exactly-once FILE",
        "discover --hot --set trends.on=1 FILE",
        "eval words",
        "eval words --planted FILE",
        "eval words --list FILE",
        "eval words --planted FILE --list no-such-file",
        "eval words --planted FILE --list FILE --on many",
        "eval words --planted FILE --list FILE --on NaN",
        "eval words --planted FILE --list FILE --hysteresis -1",
        "eval words --planted FILE --list FILE --version-symbols 0",
        "eval words --gold FILE --planted FILE --list FILE",
        "eval words --gold no-such-file",
        "eval words --gold FILE --min-count 0"
      })
  void wrongUseIsOneLineAndTwo(String line) {
    var arguments =
        line.replace("FILE", corpus.toString()).replace("DIRECTORY", directory.toString());

    var run = CommandLineRun.of(arguments.split(" "));

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.errLines()).hasSize(1);
    assertThat(run.out()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"discover", "eval words"})
  void everyCommandExplainsItself(String command) {
    var run = CommandLineRun.of((command + " --help").split(" "));

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).startsWith("Usage: wenliu " + command);
  }

  @ParameterizedTest
  @EnumSource(DiscoveryMode.class)
  void listsWordsBestFirst(DiscoveryMode mode) {
    // Both are as good; 村 comes before 比 in Unicode.
    var run = discover("--mode", mode.toString(), corpus.toString());

    assertThat(run.exitCode()).isZero();
    assertThat(words(run.out())).startsWith(NEW_WORD, OLD_WORD);
    assertThat(run.errLines()).hasSize(1);
    assertThat(run.errLines().get(0)).startsWith("60 documents, 420 symbols, ");
  }

  @Test
  void writesAllThatIsKnownOfAWord() {
    var discoverer = new SeedDiscoverer(5);
    texts().forEach(discoverer::add);

    var run = discover("--mode", "seed", corpus.toString());

    assertThat(run.outLines())
        .containsExactlyElementsOf(
            discoverer.words().stream().map(DiscoverCommandTest::line).toList());
  }

  private static String line(WordScore word) {
    return "%s\t%s\t%s\t%s\t%s\t%s"
        .formatted(
            word.word(),
            word.score(),
            word.count(),
            word.cohesion(),
            word.leftEntropy(),
            word.rightEntropy());
  }

  @Test
  void knownWordsAreLeftOutInAnySpelling() throws IOException {
    var known = Files.writeString(directory.resolve("known.txt"), "村ｂａ 3\n");

    var run = discover("--known", known.toString(), corpus.toString());

    assertThat(words(run.out())).contains(OLD_WORD).doesNotContain(NEW_WORD);
    assertThat(words(discover("--known", "base", corpus.toString()).out()))
        .contains(NEW_WORD)
        .doesNotContain(OLD_WORD);
  }

  @Test
  void topCountsWhatIsNotKnown() {
    var run = discover("--known", "base", "--top", "1", corpus.toString());

    assertThat(words(run.out())).containsExactly(NEW_WORD);
  }

  @Test
  void writesAFileAndNothingBesideIt() throws IOException {
    var out = Files.writeString(directory.resolve("words.tsv"), "of an earlier run");

    var run = discover("--out", out.toString(), corpus.toString());

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).isEmpty();
    assertThat(words(Files.readString(out))).startsWith(NEW_WORD, OLD_WORD);
    try (var files = Files.list(directory)) {
      assertThat(files).containsExactlyInAnyOrder(out, corpus);
    }
  }

  @Test
  void leavesOutWhatTheJobWouldTurnAway() throws IOException {
    var lines = directory.resolve("documents.jsonl");
    try (var out = Files.newOutputStream(lines)) {
      out.write(
          "{\"text\": \"好\"}\n{\"text\": 3}\n\n{\"channel\": \"a b\", \"text\": \"好\"}\n"
              .getBytes(StandardCharsets.UTF_8));
      out.write(new byte[] {'{', (byte) 0xFF, '}', '\n'});
    }

    var run = discover(lines.toString());

    assertThat(run.exitCode()).isZero();
    assertThat(run.errLines()).hasSize(2);
    assertThat(run.errLines().get(0)).startsWith("3 records are no documents");
    assertThat(run.errLines().get(1)).startsWith("1 documents, 1 symbols, 0 candidates, 0 words");
  }

  @Test
  void aChannelIsCountedAlone() throws IOException {
    var mapper = new ObjectMapper();
    var lines =
        texts()
            .map(text -> mapper.createObjectNode().put("channel", "sport").put("text", text))
            .map(Object::toString)
            .toList();
    var file = Files.write(directory.resolve("documents.jsonl"), lines);

    assertThat(discover("--channel", "sport", file.toString(), corpus.toString()).out())
        .isEqualTo(discover(corpus.toString()).out());
    assertThat(discover("--channel", "main", file.toString()).out()).isEmpty();
  }

  @Test
  void damagedGzipIsAFailure() throws IOException {
    var file = Files.write(directory.resolve("documents.gz"), new byte[] {0x1F, (byte) 0x8B, 8, 0});

    var run = discover(file.toString());

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.errLines()).hasSize(1);
    assertThat(run.out()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(DiscoveryMode.class)
  void scoresWords(DiscoveryMode mode) throws IOException {
    var sentences =
        IntStream.range(0, 60).mapToObj(i -> character(i) + " 比赛 " + character(i + 100) + " 冠军 。");
    var filler = IntStream.range(200, 6_200).mapToObj(DiscoverCommandTest::character);
    var gold =
        Files.write(directory.resolve("gold.txt"), Stream.concat(sentences, filler).toList());

    var run =
        CommandLineRun.of(
            "eval", "words", "--mode", mode.toString(), "--gold", gold.toString(), gold.toString());

    assertThat(run.exitCode()).isZero();
    assertThat(run.outLines()).hasSize(2);
    var score = new ObjectMapper().readTree(run.outLines().get(1));
    assertThat(score.path("file").textValue()).isEqualTo("gold.txt");
    assertThat(score.path("mode").textValue()).isEqualTo(mode.toString());
    assertThat(score.path("chars").intValue()).isEqualTo(60 * 7 + 6_000);
    assertThat(score.path("words").intValue()).isEqualTo(2);
    assertThat(score.path("p100").isNull()).isTrue();
    for (String measure : List.of("ap5", "r5", "f1max", "f1own", "segF1")) {
      assertThat(score.path(measure).doubleValue()).as(measure).isEqualTo(1);
    }
    assertThat(score.path("seconds").doubleValue()).isPositive();
    assertThat(score.path("charsPerSecond").longValue()).isPositive();
    assertThat(score.path("charsPerProcessorSecond").longValue()).isPositive();
    assertThat(score.has("peakMemoryMb")).isTrue();
    if (Files.isReadable(Path.of("/proc/self/status"))) {
      long peak = score.path("peakMemoryMb").longValue();
      assertThat(peak).isPositive();
      assertThat(score.path("peakMemoryAboveStartMb").longValue()).isBetween(0L, peak);
    }
  }

  @ParameterizedTest
  @EnumSource(DiscoveryMode.class)
  void replaysAPlantedStream(DiscoveryMode mode) throws IOException {
    var sentences =
        IntStream.range(0, 60)
            .mapToObj(
                i ->
                    character(i)
                        + (i < 30 ? " 冠军 " : " 谷墨 ")
                        + character(i + 100)
                        + " 赛 "
                        + character(i + 200));
    var gold = Files.write(directory.resolve("planted.gold"), sentences.toList());
    var list = Files.write(directory.resolve("planted.tsv"), List.of("谷墨\t冠军\t30", "稀见\t罕有\t12"));

    var run =
        CommandLineRun.of(
            "eval",
            "words",
            "--mode",
            mode.toString(),
            "--planted",
            gold.toString(),
            "--list",
            list.toString(),
            "--version-symbols",
            "1",
            "--version-share",
            "0",
            "--on=-1000,1000");

    assertThat(run.exitCode()).isZero();
    assertThat(run.outLines()).hasSize(2);
    var score = new ObjectMapper().readTree(run.outLines().get(0));
    assertThat(score.path("file").textValue()).isEqualTo("planted.gold");
    assertThat(score.path("mode").textValue()).isEqualTo(mode.toString());
    assertThat(score.path("on").doubleValue()).as("all are words").isEqualTo(-1000);
    assertThat(score.path("off").doubleValue()).isEqualTo(-1001);
    assertThat(score.path("documents").intValue()).isEqualTo(60);
    assertThat(score.path("hanChars").intValue()).isEqualTo(60 * 6);
    assertThat(score.path("versions").intValue()).isEqualTo(61);
    assertThat(score.path("announced").intValue()).isEqualTo(2);
    assertThat(score.path("falseAlarmsPer100k").doubleValue()).isZero();
    assertThat(score.path("livePrecision").doubleValue()).isEqualTo(1);
    assertThat(score.path("recall20").doubleValue()).isEqualTo(1);
    var often = score.path("planted").path("20-49");
    assertThat(often.path("words").intValue()).isEqualTo(1);
    assertThat(often.path("found").doubleValue()).isEqualTo(1);
    assertThat(often.path("foundBy10th").doubleValue()).isEqualTo(1);
    assertThat(often.path("medianOccurrences").intValue()).isBetween(5, 10);
    var never = score.path("planted").path("10-19");
    assertThat(never.path("found").doubleValue()).isZero();
    assertThat(never.path("medianOccurrences").isNull()).isTrue();
    assertThat(score.path("planted").path("all").path("found").doubleValue()).isEqualTo(0.5);
    var strict = new ObjectMapper().readTree(run.outLines().get(1));
    assertThat(strict.path("announced").intValue()).isZero();
  }

  @Test
  void aListOfPlantedWordsHasThreeColumns() throws IOException {
    var gold = Files.writeString(directory.resolve("planted.gold"), "北京 的 天气\n");
    var list = Files.writeString(directory.resolve("planted.tsv"), "北京\t天津\tmany\n");

    var run =
        CommandLineRun.of("eval", "words", "--planted", gold.toString(), "--list", list.toString());

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.errLines()).singleElement().asString().contains("--list", "北京 天津 many");
  }

  /** A document every minute, and in some of one hour the new word. */
  private Path stream() throws IOException {
    var lines =
        IntStream.range(0, 6_000)
            .mapToObj(
                i ->
                    character(i % 3_000)
                        + OLD_WORD
                        + character(i % 2_900 + 100)
                        + (i >= 3_000 && i < 3_060 && i % 3 == 0 || i == 30
                            ? NEW_WORD + character(i % 2_800 + 200)
                            : ""))
            .toList();
    return Files.write(directory.resolve("stream.txt"), lines);
  }

  @Test
  void hotWordsAreToldByTheTimesOfTheDocuments() throws IOException {
    var file = stream().toString();
    var run =
        discover("--hot", "--set", "trends.halfLife=1 min", "--set", "trends.window=10 min", file);

    assertThat(run.exitCode()).as(run.err()).isZero();
    var hot = run.out().lines().map(line -> line.split("\t")).toList();
    assertThat(hot).allSatisfy(columns -> assertThat(columns).hasSize(8));
    var ofWord = hot.stream().filter(columns -> columns[3].equals(NEW_WORD)).toList();
    assertThat(ofWord.stream().map(columns -> columns[1])).containsExactly("hot", "cooled", "top");
    // A line without a time comes a second behind the one before it.
    assertThat(ofWord.get(0)[0]).startsWith("2020-01-01T00:50:");
    assertThat(ofWord.get(1)[0]).isGreaterThan(ofWord.get(0)[0]).isLessThan("2020-01-01T01:00");
    assertThat(ofWord.get(2)[0]).isEqualTo("2020-01-01T00:59:59.999Z");
    assertThat(ofWord.get(2)[2]).isEqualTo("1");
  }
}
