package io.github.wenliu.pipeline.cli;

import io.github.wenliu.models.text.NormalizedText;
import io.github.wenliu.operators.document.Document;
import io.github.wenliu.operators.document.RawRecord;
import io.github.wenliu.operators.newword.WordDiscoverer;
import io.github.wenliu.operators.newword.WordScore;
import io.github.wenliu.pipeline.codec.DecoderParameters;
import io.github.wenliu.pipeline.codec.DocumentDecoder;
import io.github.wenliu.pipeline.config.PipelineConfig;
import io.github.wenliu.pipeline.files.DocumentFile;
import io.github.wenliu.pipeline.files.FileRecord;
import io.github.wenliu.pipeline.files.KnownWords;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Finds the words of a corpus, without Kafka and Flink. */
@Command(
    name = "discover",
    description = {
      "Finds the words of a corpus. Prints all candidates, best first, a line each without a header:"
          + " word, score, count, cohesion, left entropy, right entropy, separated by TAB. Those with"
          + " a score of at least 0 are words.",
      "Reads what publish reads: plain text (a document a line) or JSONL, by the first non-blank"
          + " byte; gzip is recognised. What the job would turn away is left out and counted.",
      "Without --channel all texts count, whatever their channel.",
      "With --hot it prints which of the words became hot and cooled, and the hottest of each window:"
          + " time, hot, cooled or top, rank, word, burst score, recent documents, their share, share"
          + " of all documents. Words that the shipped lexicon has are left out.",
      "Large corpora need memory: WENLIU_HEAP=8g ./wenliu discover ..."
    },
    mixinStandardHelpOptions = true)
final class DiscoverCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Mixin private DiscoveryOptions discoveryOptions;

  @Parameters(arity = "1..*", paramLabel = "FILE", description = "Files, or - for standard input.")
  private List<String> files;

  @Option(
      names = "--known",
      paramLabel = "LEXICON",
      defaultValue = KnownWords.NONE,
      description =
          "Words that are not to be listed: base for the lexicon that is shipped, none, or a file of"
              + " a word a line (${DEFAULT-VALUE}). They count all the same.")
  private String known;

  @Option(
      names = "--top",
      paramLabel = "N",
      description = "List no more than the best N; with --hot, of a window.")
  private Integer top;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "File for the list, written when it is complete; by default standard output.")
  private Path out;

  @Option(
      names = "--channel",
      paramLabel = "NAME",
      description = "Count only the documents of this channel.")
  private String channel;

  @Option(
      names = "--hot",
      description =
          "Print the hot words, by the times of the documents. Reads the files a second time.")
  private boolean hot;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description =
          "With --hot, a setting of the job: time.epoch or one below trends; may be given several"
              + " times.")
  private Map<String, String> settings = new LinkedHashMap<>();

  private final DocumentDecoder decoder = new DocumentDecoder(DecoderParameters.DEFAULT);

  private long records;
  private long documents;
  private long rejected;
  private long characters;

  @Override
  public Integer call() throws IOException {
    requireUse();
    long begin = System.nanoTime();
    Set<String> knownWords = KnownWords.read(known);
    var discovery = discoveryOptions.start();
    var config = hot ? PipelineConfig.of(settings) : null;
    read((raw, document) -> discovery.add(document.text()));
    var words = discovery.words();
    write(hot ? hot(config, words, knownWords) : list(words, knownWords));
    report(discovery, words, System.nanoTime() - begin);
    return 0;
  }

  private void requireUse() {
    InputFiles.require(files);
    if (hot && files.contains(DocumentFile.STANDARD_INPUT)) {
      throw new UsageException("--hot reads twice, which standard input cannot: name a file");
    }
    for (String key : settings.keySet()) {
      if (!hot || !key.equals("time.epoch") && !key.startsWith("trends.")) {
        throw new UsageException(
            "--set " + key + " says nothing here, expected --hot and time.epoch or trends.*");
      }
    }
    if (top != null && top < 1) {
      throw new UsageException("--top is " + top + ", expected 1 or more");
    }
    if (out != null) {
      var directory = out.toAbsolutePath().getParent();
      if (directory == null || !Files.isDirectory(directory) || Files.isDirectory(out)) {
        throw new UsageException(
            "--out is " + out + ", expected a file in a directory that exists");
      }
    }
  }

  /** Reads all files; counts are those of the last reading. */
  private void read(BiConsumer<RawRecord, Document> use) throws IOException {
    records = 0;
    documents = 0;
    rejected = 0;
    characters = 0;
    var progress = new Progress(spec.commandLine().getErr(), "records read");
    for (String file : files) {
      try (var lines = DocumentFile.open(file)) {
        while (lines.hasNext()) {
          count(lines.next(), use);
          progress.accept(++records);
        }
      } catch (UncheckedIOException e) {
        throw e.getCause();
      }
    }
  }

  private void count(FileRecord line, BiConsumer<RawRecord, Document> use) {
    var raw =
        new RawRecord(line.file(), 0, line.line(), 0, line.key(), line.value(), line.headers());
    var document = decoder.decode(raw).document();
    if (document == null) {
      rejected++;
    } else if (channel == null || channel.equals(document.channel())) {
      documents++;
      characters += document.text().codePointCount(0, document.text().length());
      use.accept(raw, document);
    }
  }

  private Stream<String> list(List<WordScore> words, Set<String> knownWords) {
    var listed = news(words, knownWords);
    return (top == null ? listed : listed.limit(top)).map(DiscoverCommand::line);
  }

  private static Stream<WordScore> news(List<WordScore> words, Set<String> knownWords) {
    return knownWords.isEmpty()
        ? words.stream()
        : words.stream()
            .filter(word -> !knownWords.contains(NormalizedText.normalize(word.word())));
  }

  private Stream<String> hot(PipelineConfig config, List<WordScore> words, Set<String> knownWords)
      throws IOException {
    var found = news(words, knownWords).filter(word -> word.score() >= 0).toList();
    var counted = top == null ? config : config.with(Map.of("trends.top", Integer.toString(top)));
    var hotWords = new HotWords(counted, found);
    read(hotWords::add);
    return hotWords.events().stream().map(HotWords::line);
  }

  private void write(Stream<String> list) throws IOException {
    if (out == null) {
      var standardOutput = StandardOutput.open();
      list.forEach(standardOutput::print);
      standardOutput.flush();
      return;
    }
    var target = out.toAbsolutePath();
    var unfinished = target.resolveSibling("." + target.getFileName() + ".part");
    try {
      try (Writer writer = Files.newBufferedWriter(unfinished, StandardCharsets.UTF_8)) {
        for (var line : (Iterable<String>) list::iterator) {
          writer.write(line);
        }
      }
      Files.move(unfinished, target, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }

  private static String line(WordScore word) {
    return String.join(
            "\t",
            word.word(),
            Double.toString(word.score()),
            Long.toString(word.count()),
            Double.toString(word.cohesion()),
            Double.toString(word.leftEntropy()),
            Double.toString(word.rightEntropy()))
        + "\n";
  }

  private void report(WordDiscoverer discovery, List<WordScore> words, long nanos) {
    var err = spec.commandLine().getErr();
    if (rejected > 0) {
      err.printf(Locale.ROOT, "%,d records are no documents and were left out%n", rejected);
    }
    double seconds = (double) nanos / TimeUnit.SECONDS.toNanos(1);
    err.printf(
        Locale.ROOT,
        "%,d documents, %,d symbols, %,d candidates, %,d words; %.1f s, %,.0f characters/s%n",
        documents,
        discovery.symbols(),
        words.size(),
        words.stream().filter(word -> word.score() >= 0).count(),
        seconds,
        characters / seconds);
    err.flush();
  }
}
