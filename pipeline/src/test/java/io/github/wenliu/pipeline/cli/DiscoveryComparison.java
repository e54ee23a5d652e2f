package io.github.wenliu.pipeline.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.hankcs.hanlp.mining.word.NewWordDiscover;
import com.hankcs.hanlp.mining.word.WordInfo;
import com.sun.management.OperatingSystemMXBean;
import io.github.wenliu.models.text.GoldText;
import io.github.wenliu.models.text.WordListScore;
import io.github.wenliu.operators.document.RawRecord;
import io.github.wenliu.operators.newword.WordScore;
import io.github.wenliu.pipeline.codec.DecoderParameters;
import io.github.wenliu.pipeline.codec.DocumentDecoder;
import io.github.wenliu.pipeline.files.Decompression;
import io.github.wenliu.pipeline.files.DocumentFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Finds words with both of our modes and with HanLP's new-word discovery in the same text, which
 * lies in memory; each system in a process of its own, one after the other. Prints one JSON object
 * a file and system.
 *
 * <p>A process reads the text, lets its system read the beginning of it to warm up, and finds the
 * words once; the most memory that it had resident until then counts, and the same less that of a
 * process that has read nothing. The heap may grow to what {@code --heap} names and is the
 * collector's to use: memory is what a system takes, not the least with which it would do. Then
 * come further rounds; the speed is that of the best, by the clock and in processor time of the
 * whole process, so that collecting garbage counts and other work on the machine does not.
 *
 * <p>HanLP has its defaults (which look for words that make up 1/20,000 of the text or more) and
 * once more settings that find much more: five occurrences, an entropy of 0.4 nats, an aggregation
 * of 10.
 */
@Command(
    name = "bench words",
    description = "Compares the discovery of words with HanLP's.",
    mixinStandardHelpOptions = true)
final class DiscoveryComparison implements Callable<Integer> {

  private static final OperatingSystemMXBean PROCESS =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  private static final String HANLP = "hanlp";
  private static final String NOTHING = "nothing";
  private static final List<String> SYSTEMS = List.of(HANLP, "hanlp-tuned", "score", "seed");
  private static final int[] TOP = {1_000, 5_000};

  private static final String SECONDS = "seconds";
  private static final String PROCESSOR_SECONDS = "processorSeconds";
  private static final String PEAK = "peakMemoryMb";
  private static final String ABOVE = "peakMemoryAboveEmptyMb";

  /** What a JVM exits with that was told to exit when memory is out. */
  private static final int OUT_OF_MEMORY = 3;

  private static final int MIN_COUNT = 5;
  private static final int WARM_UP_CHARACTERS = 200_000;
  private static final int MAX_WORD = 4;
  private static final int MAX_WORDS = 1_000_000;
  private static final float MIN_ENTROPY = 0.4f;
  private static final float MIN_AGGREGATION = 10;

  @Parameters(
      arity = "1..*",
      paramLabel = "FILE",
      description = "Files of documents, as discover reads them.")
  private List<Path> files;

  @Option(
      names = "--gold",
      description = "The files are gold text, as eval words reads it: score the words, too.")
  private boolean gold;

  @Option(
      names = "--characters",
      paramLabel = "N",
      defaultValue = "2000000",
      description =
          "How much of each file is read (${DEFAULT-VALUE}): HanLP needs about a gigabyte for a"
              + " million characters.")
  private int characters;

  @Option(names = "--rounds", paramLabel = "N", defaultValue = "2")
  private int rounds;

  @Option(
      names = "--heap",
      paramLabel = "SIZE",
      defaultValue = "3g",
      description = "The most heap that a system may have (${DEFAULT-VALUE}).")
  private String heap;

  @Option(
      names = "--system",
      paramLabel = "NAME",
      split = ",",
      description = "Only these: hanlp, hanlp-tuned, score, seed.")
  private List<String> only;

  @Option(names = "--in-this-process", hidden = true)
  private boolean child;

  private final ObjectMapper mapper = new ObjectMapper();

  /**
   * What a system found.
   *
   * @param ranked words, best first
   * @param own how many of them the system takes for words
   */
  private record Found(List<String> ranked, int own) {}

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new DiscoveryComparison()).execute(arguments));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (child) {
      System.out.println(measure(only.get(0), files.get(0)));
      return 0;
    }
    long empty = start(NOTHING, files.get(0)).path(PEAK).longValue();
    for (Path file : files) {
      compare(file, empty);
    }
    return 0;
  }

  private void compare(Path file, long empty) throws IOException, InterruptedException {
    JsonNode hanlp = null;
    for (String system : SYSTEMS) {
      if (only == null || only.contains(system)) {
        var result = start(system, file);
        if (result.has(PEAK)) {
          result.put(ABOVE, result.path(PEAK).longValue() - empty);
          hanlp = system.equals(HANLP) ? result : hanlp;
          if (hanlp != null) {
            result.put("timesFasterThanHanlp", ratio(hanlp, result, SECONDS));
            result.put("timesFasterOfProcessor", ratio(hanlp, result, PROCESSOR_SECONDS));
            result.put("timesLessMemory", ratio(hanlp, result, ABOVE));
          }
        }
        System.out.println(result);
      }
    }
  }

  private static double ratio(JsonNode hanlp, JsonNode result, String field) {
    return hanlp.path(field).doubleValue() / result.path(field).doubleValue();
  }

  /** Measures a system in a process of its own. */
  private ObjectNode start(String system, Path file) throws IOException, InterruptedException {
    var command = new ArrayList<String>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> !argument.startsWith("-Xm"))
        .forEach(command::add);
    command.addAll(List.of("-Xmx" + heap, "-XX:+ExitOnOutOfMemoryError"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(DiscoveryComparison.class.getName());
    command.addAll(List.of("--in-this-process", "--system", system, "--rounds", "" + rounds));
    command.addAll(List.of("--characters", "" + characters, file.toString()));
    if (gold) {
      command.add("--gold");
    }
    var process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    var out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int exitCode = process.waitFor();
    if (exitCode == 0) {
      return (ObjectNode) mapper.readTree(out);
    }
    var failed = mapper.createObjectNode();
    failed.put("file", file.getFileName().toString());
    failed.put("system", system);
    failed.put("heap", heap);
    failed.put("failed", exitCode == OUT_OF_MEMORY ? "out of memory" : "exit code " + exitCode);
    return failed;
  }

  private ObjectNode measure(String name, Path file) throws IOException {
    var line = mapper.createObjectNode();
    line.put("file", file.getFileName().toString());
    line.put("system", name);
    if (name.equals(NOTHING)) {
      line.put(PEAK, peak());
      return line;
    }
    GoldText goldText = gold ? first(gold(file)) : null;
    List<String> texts = gold ? goldText.texts() : documents(file);
    long length = length(texts);
    system(name, length).apply(beginning(texts, WARM_UP_CHARACTERS));
    long peak = 0;
    long nanos = Long.MAX_VALUE;
    long processorNanos = Long.MAX_VALUE;
    Found words = null;
    for (int round = 0; round < rounds; round++) {
      words = null;
      System.gc();
      long processorBegin = PROCESS.getProcessCpuTime();
      long begin = System.nanoTime();
      words = system(name, length).apply(texts);
      nanos = Math.min(nanos, System.nanoTime() - begin);
      processorNanos = Math.min(processorNanos, PROCESS.getProcessCpuTime() - processorBegin);
      peak = round == 0 ? peak() : peak;
    }
    line.put("characters", length);
    double second = TimeUnit.SECONDS.toNanos(1);
    line.put(SECONDS, nanos / second);
    line.put(PROCESSOR_SECONDS, processorNanos / second);
    line.put("charactersPerSecond", Math.round(length * second / nanos));
    line.put("charactersPerProcessorSecond", Math.round(length * second / processorNanos));
    line.put(PEAK, peak);
    line.put("words", words.own());
    if (goldText != null) {
      put(line, WordListScore.of(goldText.wordCounts(), words.ranked(), words.own()));
    }
    return line;
  }

  private static void put(ObjectNode line, WordListScore score) {
    line.put("ap5", score.averagePrecision());
    for (int first : TOP) {
      var precision = score.precisionAt(first);
      line.put("p" + first, precision.isPresent() ? precision.getAsDouble() : null);
    }
    line.put("r5", score.recall());
    line.put("f1own", score.ownF1());
  }

  private static long peak() {
    return PeakMemory.start().peak().orElseThrow();
  }

  private static Function<List<String>, Found> system(String name, long length) {
    float share = (MIN_COUNT - 0.5f) / length;
    return switch (name) {
      case "score" -> texts -> ours(DiscoveryMode.SCORE, texts);
      case "seed" -> texts -> ours(DiscoveryMode.SEED, texts);
      case HANLP -> texts -> hanlp(new NewWordDiscover(), texts);
      case "hanlp-tuned" ->
          texts ->
              hanlp(
                  new NewWordDiscover(MAX_WORD, share, MIN_ENTROPY, MIN_AGGREGATION, false), texts);
      default -> throw new UsageException("no system is called " + name);
    };
  }

  private static Found ours(DiscoveryMode mode, List<String> texts) {
    var discovery = mode.start(MIN_COUNT);
    texts.forEach(discovery::add);
    var words = discovery.words();
    int own = (int) words.stream().filter(word -> word.score() >= 0).count();
    return new Found(words.stream().map(WordScore::word).toList(), own);
  }

  private static Found hanlp(NewWordDiscover discover, List<String> texts) {
    try {
      List<WordInfo> words =
          discover.discover(
              new BufferedReader(new StringReader(String.join("\n", texts))), MAX_WORDS);
      return new Found(words.stream().map(word -> word.text).toList(), words.size());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static GoldText gold(Path file) throws IOException {
    try (var lines =
        new BufferedReader(
            new InputStreamReader(
                Decompression.of(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
      return GoldText.read(lines);
    }
  }

  private GoldText first(GoldText all) {
    return new GoldText(beginning(all.lines(), characters));
  }

  private List<String> documents(Path file) throws IOException {
    var decoder = new DocumentDecoder(DecoderParameters.DEFAULT);
    var texts = new ArrayList<String>();
    long length = 0;
    try (var documents = DocumentFile.open(file)) {
      while (documents.hasNext() && length < characters) {
        var line = documents.next();
        var raw =
            new RawRecord(line.file(), 0, line.line(), 0, line.key(), line.value(), line.headers());
        var document = decoder.decode(raw).document();
        if (document != null) {
          texts.add(document.text());
          length += length(document.text());
        }
      }
    }
    return texts;
  }

  private static List<String> beginning(List<String> lines, long characters) {
    long length = 0;
    int end = 0;
    while (end < lines.size() && length < characters) {
      length += length(lines.get(end++));
    }
    return lines.subList(0, end);
  }

  private static long length(List<String> texts) {
    return texts.stream().mapToLong(DiscoveryComparison::length).sum();
  }

  /** Characters; the blanks between words of a gold line are none. */
  private static long length(String line) {
    return line.codePoints().filter(c -> !Character.isWhitespace(c)).count();
  }
}
