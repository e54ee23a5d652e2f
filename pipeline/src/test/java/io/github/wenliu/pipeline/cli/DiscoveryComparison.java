package io.github.wenliu.pipeline.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Finds words with both of our modes and with HanLP's new-word discovery, in turn, in the same text
 * in memory, on one thread; prints one JSON object a file and system. Each first reads the
 * beginning of the text to warm up; the speed is that of the best round. It is measured in
 * processor time of the whole process, so that collecting garbage counts and other work on the
 * machine does not.
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
  public Integer call() throws IOException {
    for (Path file : files) {
      GoldText goldText = gold ? first(gold(file)) : null;
      compare(file, gold ? goldText.texts() : documents(file), goldText);
    }
    return 0;
  }

  private void compare(Path file, List<String> texts, GoldText goldText) {
    long length = length(texts);
    List<String> warmUp = beginning(texts, WARM_UP_CHARACTERS);
    var found = new LinkedHashMap<String, Found>();
    var nanos = new LinkedHashMap<String, Long>();
    var systems = systems(length);
    systems.forEach((name, system) -> system.apply(warmUp));
    for (int round = 0; round < rounds; round++) {
      systems.forEach(
          (name, system) -> {
            System.gc();
            long begin = PROCESS.getProcessCpuTime();
            found.put(name, system.apply(texts));
            nanos.merge(name, PROCESS.getProcessCpuTime() - begin, Math::min);
          });
    }
    found.forEach(
        (name, words) -> {
          var line = new ObjectMapper().createObjectNode();
          line.put("file", file.getFileName().toString());
          line.put("characters", length);
          line.put("system", name);
          double second = TimeUnit.SECONDS.toNanos(1);
          line.put("charactersPerSecondOfProcessor", Math.round(length * second / nanos.get(name)));
          line.put("timesHanlp", (double) nanos.get("hanlp") / nanos.get(name));
          line.put("timesHanlpTuned", (double) nanos.get("hanlp tuned") / nanos.get(name));
          line.put("words", words.own());
          if (goldText != null) {
            var score = WordListScore.of(goldText.wordCounts(), words.ranked(), words.own());
            line.put("ap5", score.averagePrecision());
            line.put("r5", score.recall());
            line.put("f1own", score.ownF1());
          }
          System.out.println(line);
        });
  }

  private static Map<String, Function<List<String>, Found>> systems(long length) {
    var systems = new LinkedHashMap<String, Function<List<String>, Found>>();
    for (DiscoveryMode mode : DiscoveryMode.values()) {
      systems.put(mode.toString(), texts -> ours(mode, texts));
    }
    systems.put("hanlp", texts -> hanlp(new NewWordDiscover(), texts));
    float share = (MIN_COUNT - 0.5f) / length;
    systems.put(
        "hanlp tuned",
        texts ->
            hanlp(
                new NewWordDiscover(MAX_WORD, share, MIN_ENTROPY, MIN_AGGREGATION, false), texts));
    return systems;
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
