package io.github.wenliu.pipeline.cli;

import io.github.wenliu.models.text.NormalizedText;
import io.github.wenliu.operators.document.RawRecord;
import io.github.wenliu.operators.newword.WordDiscoverer;
import io.github.wenliu.operators.newword.WordScore;
import io.github.wenliu.pipeline.codec.DecoderParameters;
import io.github.wenliu.pipeline.codec.DocumentDecoder;
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
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
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

  @Option(names = "--top", paramLabel = "N", description = "List no more than the best N.")
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
    read(discovery);
    var words = discovery.words();
    write(list(words, knownWords));
    report(discovery, words, System.nanoTime() - begin);
    return 0;
  }

  private void requireUse() {
    InputFiles.require(files);
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

  private void read(WordDiscoverer discovery) throws IOException {
    var progress = new Progress(spec.commandLine().getErr(), "records read");
    for (String file : files) {
      try (var lines = DocumentFile.open(file)) {
        while (lines.hasNext()) {
          count(lines.next(), discovery);
          progress.accept(++records);
        }
      } catch (UncheckedIOException e) {
        throw e.getCause();
      }
    }
  }

  private void count(FileRecord line, WordDiscoverer discovery) {
    var raw =
        new RawRecord(line.file(), 0, line.line(), 0, line.key(), line.value(), line.headers());
    var document = decoder.decode(raw).document();
    if (document == null) {
      rejected++;
    } else if (channel == null || channel.equals(document.channel())) {
      documents++;
      characters += document.text().codePointCount(0, document.text().length());
      discovery.add(document.text());
    }
  }

  private List<WordScore> list(List<WordScore> words, Set<String> knownWords) {
    var listed = words.stream();
    if (!knownWords.isEmpty()) {
      listed = listed.filter(word -> !knownWords.contains(NormalizedText.normalize(word.word())));
    }
    return top == null ? listed.toList() : listed.limit(top).toList();
  }

  private void write(List<WordScore> words) throws IOException {
    if (out == null) {
      var standardOutput = StandardOutput.open();
      words.forEach(word -> standardOutput.print(line(word)));
      standardOutput.flush();
      return;
    }
    var target = out.toAbsolutePath();
    var unfinished = target.resolveSibling("." + target.getFileName() + ".part");
    try {
      try (Writer writer = Files.newBufferedWriter(unfinished, StandardCharsets.UTF_8)) {
        for (var word : words) {
          writer.write(line(word));
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
