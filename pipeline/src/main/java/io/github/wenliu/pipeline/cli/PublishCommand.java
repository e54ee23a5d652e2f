package io.github.wenliu.pipeline.cli;

import io.github.wenliu.pipeline.files.DocumentFile;
import io.github.wenliu.pipeline.files.DocumentPublisher;
import io.github.wenliu.pipeline.files.Pace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Sends files of documents to Kafka. */
@Command(
    name = "publish",
    description = {
      "Sends files to the topic documents, record by record to its partitions in turn.",
      "Plain text (a document a line) or JSONL, by the first non-blank byte; gzip is recognised."
          + " Documents without id get NAME:LINE, without time 2020-01-01T00:00:00Z and a second"
          + " more a line."
    },
    mixinStandardHelpOptions = true)
final class PublishCommand implements Callable<Integer> {

  @Mixin private ConfigOptions configOptions;

  @Spec private CommandSpec spec;

  @Parameters(arity = "1..*", paramLabel = "FILE", description = "Files, or - for standard input.")
  private List<String> files;

  @Option(
      names = "--rate",
      paramLabel = "N/s",
      converter = RateOption.class,
      description = "Most records per second.")
  private Pace pace = Pace.UNBOUNDED;

  @Override
  public Integer call() throws IOException, InterruptedException {
    var config = configOptions.read();
    InputFiles.require(files);
    var progress = new Progress(spec.commandLine().getErr(), "records published");
    long published = 0;
    try (var publisher = DocumentPublisher.open(config, pace, progress)) {
      for (String file : files) {
        try (var documents = DocumentFile.open(file)) {
          published += publisher.publish(documents);
        }
      }
      spec.commandLine().getOut().println(published + " records to " + publisher.topic());
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    return 0;
  }
}
