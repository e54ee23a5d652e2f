package io.github.wenliu.pipeline.cli;

import io.github.wenliu.operators.document.Header;
import io.github.wenliu.pipeline.cli.TopicReader.From;
import io.github.wenliu.pipeline.cli.TopicReader.Until;
import io.github.wenliu.pipeline.kafka.Topic;
import java.io.PrintStream;
import java.util.Base64;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows one dead letter. */
@Command(
    name = "show",
    description = "Shows the headers of one dead letter and, if asked, its value.",
    mixinStandardHelpOptions = true)
final class DlqShowCommand implements Callable<Integer> {

  @Mixin private ConfigOptions configOptions;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "ORIGIN", description = "topic-partition-offset, as dlq ls prints it.")
  private String origin;

  @Option(
      names = "--value",
      description = "Also the original value: as text if it is UTF-8, else as base64.")
  private boolean value;

  private StoredLetter found;

  @Override
  public Integer call() {
    var config = configOptions.read();
    var topic = new TopicNames(config).resolve(Topic.DEAD_LETTERS);
    new TopicReader(config)
        .read(
            topic,
            From.BEGINNING,
            Until.END,
            record -> {
              var letter = StoredLetter.of(record);
              if (letter.origin().equals(origin)) {
                found = letter;
              }
              return found == null;
            });
    if (found == null) {
      spec.commandLine()
          .getErr()
          .println("no dead letter with origin " + origin + " in " + topic + ": see dlq ls");
      return 1;
    }
    print(found, StandardOutput.open());
    return 0;
  }

  private void print(StoredLetter letter, PrintStream out) {
    out.println("key: " + RecordText.shown(letter.key()));
    for (Header header : letter.headers()) {
      out.println(header.key() + ": " + RecordText.shown(header.value()));
    }
    out.println("bytes: " + letter.size());
    if (value) {
      out.println();
      out.println(text(letter.value()));
    }
    out.flush();
  }

  private static String text(byte[] bytes) {
    return bytes == null
        ? "null"
        : RecordText.utf8(bytes).orElseGet(() -> Base64.getEncoder().encodeToString(bytes));
  }
}
