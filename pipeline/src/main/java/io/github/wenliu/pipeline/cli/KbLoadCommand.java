package io.github.wenliu.pipeline.cli;

import io.github.wenliu.operators.link.KbChange;
import io.github.wenliu.pipeline.codec.KbLine;
import io.github.wenliu.pipeline.config.PipelineConfig;
import io.github.wenliu.pipeline.files.DocumentFile;
import io.github.wenliu.pipeline.files.KbFile;
import io.github.wenliu.pipeline.files.Pace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Sends files of entries to the knowledge base. */
@Command(
    name = "load",
    description = {
      "Sends files of entries to the topic kb, where an entry replaces the one of its id.",
      "One JSON object a line: {\"id\", \"name\", \"aliases\", \"types\", \"description\","
          + " \"facts\", \"prior\", \"redirect\", \"effectiveFrom\", \"channel\"}, of which id and"
          + " name must be there; or a line of the kb_data of CCKS 2019 or of DuEL as it is. gzip is"
          + " recognised.",
      "A line that holds no entry is passed over and counted; the exit code is 1 then, unless"
          + " --rejected says where such lines go."
    },
    mixinStandardHelpOptions = true)
final class KbLoadCommand implements Callable<Integer> {

  @Mixin private KbTopicOptions options;

  @Mixin private KbTopicOptions.Waiting waiting;

  @Spec private CommandSpec spec;

  @Parameters(arity = "1..*", paramLabel = "FILE", description = "Files, or - for standard input.")
  private List<String> files;

  @Option(
      names = "--rejected",
      paramLabel = "FILE",
      description = "Writes lines that hold no entry to FILE, as JSON with place and reason.")
  private Path rejectedFile;

  @Option(
      names = "--resume",
      paramLabel = "FILE",
      description =
          "Notes in FILE how far it is, and goes on there if FILE is left of a run that was stopped;"
              + " FILE is deleted in the end.")
  private Path resume;

  @Option(
      names = "--rate",
      paramLabel = "N/s",
      converter = RateOption.class,
      description = "Most entries per second.")
  private Pace pace = Pace.UNBOUNDED;

  @Override
  public Integer call() throws IOException, InterruptedException {
    checkOptions();
    var config = options.config();
    InputFiles.require(files);
    return waiting.seconds() > 0 ? ask(config) : load(config);
  }

  private void checkOptions() {
    options.channel();
    boolean waits = waiting.seconds() > 0;
    if (resume != null && (waits || files.contains(DocumentFile.STANDARD_INPUT))) {
      throw new UsageException("--resume goes with files, and not with --wait");
    }
  }

  private int load(PipelineConfig config) throws IOException, InterruptedException {
    var err = spec.commandLine().getErr();
    var loaded = new KbLoad(config, options.channel(), pace, err).load(files, rejectedFile, resume);
    return report(loaded.line(), loaded.rejected());
  }

  /** Writes few entries and waits for the answers. */
  private int ask(PipelineConfig config) throws IOException {
    var err = spec.commandLine().getErr();
    try (var rejected = RejectedLines.open(rejectedFile, 0, 0, err)) {
      var changes = new ArrayList<KbChange>();
      for (String file : files) {
        read(file, config, changes, rejected);
      }
      var answers = new KbAnswers(config, Duration.ofSeconds(waiting.seconds()), err);
      boolean allAccepted = answers.ask(changes);
      var line = changes.size() + " entries: " + answers.summary();
      int exitCode = report(line + rejected.summary(), rejected.count());
      return allAccepted ? exitCode : 1;
    }
  }

  private void read(
      String file, PipelineConfig config, List<KbChange> changes, RejectedLines rejected)
      throws IOException {
    try (var lines = open(file, config)) {
      while (lines.hasNext()) {
        KbLine line = lines.next();
        if (line.rejection() != null) {
          rejected.add(line);
        } else if (changes.size() == KbAnswers.MOST) {
          throw new UsageException(
              "there are more than " + KbAnswers.MOST + " entries: load them without --wait");
        } else {
          changes.add(line.change());
        }
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private KbFile open(String file, PipelineConfig config) throws IOException {
    return KbFile.open(file, options.channel(), config.decoder().zone());
  }

  private int report(String line, long rejected) {
    spec.commandLine().getOut().println(line);
    return rejected == 0 || rejectedFile != null ? 0 : 1;
  }
}
