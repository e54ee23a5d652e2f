package io.github.wenliu.pipeline.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.management.OperatingSystemMXBean;
import io.github.wenliu.models.text.GoldText;
import io.github.wenliu.models.text.Lexicon;
import io.github.wenliu.models.text.SegmentationScore;
import io.github.wenliu.models.text.UnigramSegmenter;
import io.github.wenliu.models.text.WordListScore;
import io.github.wenliu.operators.newword.WordScore;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Scores the discovery of words. */
@Command(
    name = "words",
    description = {
      "Scores the discovery of words against gold files: words separated by blanks, a sentence a"
          + " line; gzip is recognised. Words are found in the text without its blanks, and compared"
          + " with those that the blanks show.",
      "Prints one JSON object for each file. Only words of two or more characters, all Han, are"
          + " looked at; ap5, r5, f1max and f1own are about gold words that occur five times or more,"
          + " and other gold words are skipped; p100, p1000, p5000 is the share of any gold words"
          + " among the first (null where there are fewer); f1own is that of the words with a score"
          + " of at least 0, segF1 that of a unigram segmentation with these and their counts."
          + " seconds is the time that finding took by the clock, without reading and scoring, and"
          + " charsPerSecond goes by it; charsPerProcessorSecond by the time of all processors that"
          + " the process had meanwhile, collecting garbage and compiling included. peakMemoryMb is"
          + " the most memory that the process has had resident so far, the gold text included;"
          + " peakMemoryAboveStartMb leaves out what it had before it read the first file. For one"
          + " file's memory name one file. Both are null where the system does not tell. The first"
          + " file pays for compiling the code: for the speed behind that name a file twice.",
      "With --planted, what a stream tells while it is read: each sentence is a document, versions"
          + " fall due as in the job, and a word is announced when its version tells it."
          + " Prints one JSON object for each --on. falseAlarmsPer100k counts announced words that"
          + " are not gold, for each 100,000 Han characters; livePrecision is the share of gold"
          + " among the words at the end, recall20 the share of gold words with twenty occurrences"
          + " or more that were announced. planted has the planted words by their occurrences: the"
          + " share that was announced, the share that was announced by the tenth occurrence, and"
          + " how many occurrences those that were announced had by then, in the median."
    },
    mixinStandardHelpOptions = true)
final class EvalWordsCommand implements Callable<Integer> {

  private static final OperatingSystemMXBean PROCESS =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
  private static final double SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final int[] TOP = {100, 1_000, 5_000};

  @Mixin private DiscoveryOptions discoveryOptions;

  @Mixin private GoldFiles gold;

  @Mixin private PlantedStream planted;

  private final ObjectMapper mapper = new ObjectMapper();

  @Override
  public Integer call() throws IOException {
    if (planted.isGiven()) {
      if (gold.areGiven()) {
        throw new UsageException("--gold and --planted exclude each other");
      }
      planted.score(discoveryOptions);
      return 0;
    }
    var memory = PeakMemory.start();
    gold.forEach(file -> score(file, memory));
    return 0;
  }

  private String score(Path file, PeakMemory memory) throws IOException {
    var goldText = read(file);
    List<String> texts = goldText.texts();
    long processorBegin = PROCESS.getProcessCpuTime();
    long begin = System.nanoTime();
    var discovery = discoveryOptions.start();
    texts.forEach(discovery::add);
    List<WordScore> ranked = discovery.words();
    long nanos = System.nanoTime() - begin;
    long processorNanos = PROCESS.getProcessCpuTime() - processorBegin;
    var peak = memory.peak();

    List<WordScore> own = ranked.stream().filter(word -> word.score() >= 0).toList();
    var score =
        WordListScore.of(
            goldText.wordCounts(), ranked.stream().map(WordScore::word).toList(), own.size());
    var result = mapper.createObjectNode();
    result.put("file", file.getFileName().toString());
    result.put("mode", discoveryOptions.mode().toString());
    long characters = texts.stream().mapToLong(text -> text.codePointCount(0, text.length())).sum();
    result.put("chars", characters);
    result.put("words", score.words());
    result.put("ap5", score.averagePrecision());
    for (int words : TOP) {
      var precision = score.precisionAt(words);
      result.put("p" + words, precision.isPresent() ? precision.getAsDouble() : null);
    }
    result.put("r5", score.recall());
    result.put("f1max", score.bestF1());
    result.put("f1own", score.ownF1());
    result.put("segF1", segmentation(goldText, own).f1());
    result.put("seconds", (double) nanos / SECOND);
    result.put("charsPerSecond", Math.round(characters * SECOND / nanos));
    result.put("charsPerProcessorSecond", Math.round(characters * SECOND / processorNanos));
    result.put("peakMemoryMb", peak.isPresent() ? peak.getAsLong() : null);
    result.put(
        "peakMemoryAboveStartMb", peak.isPresent() ? peak.getAsLong() - memory.startMb() : null);
    return mapper.writeValueAsString(result);
  }

  private static GoldText read(Path file) throws IOException {
    try (var lines = GoldFiles.open(file)) {
      return GoldText.read(lines);
    }
  }

  private static SegmentationScore segmentation(GoldText gold, List<WordScore> words) {
    var counts = new HashMap<String, Long>();
    words.forEach(word -> counts.merge(word.word(), word.count(), Long::sum));
    var lexicon = Lexicon.of(counts);
    var segmenter = new UnigramSegmenter(lexicon);
    return SegmentationScore.of(gold.lines(), segmenter::segment, lexicon::contains);
  }
}
