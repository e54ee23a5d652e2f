package io.github.wenliu.pipeline.cli;

import io.github.wenliu.operators.document.RawRecord;
import io.github.wenliu.operators.link.KbChange;
import io.github.wenliu.pipeline.codec.KbDecoder;
import io.github.wenliu.pipeline.codec.KbEncoder;
import io.github.wenliu.pipeline.config.PipelineConfig;
import io.github.wenliu.pipeline.kafka.Topic;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Deletes entries of the knowledge base. */
@Command(
    name = "rm",
    description =
        "Deletes entries: from the next open epoch on nothing is linked to them. What was linked"
            + " before stays as it is.",
    mixinStandardHelpOptions = true)
final class KbRemoveCommand implements Callable<Integer> {

  /** Stands for a place that is not known yet. */
  private static final String NOWHERE = "-";

  @Mixin private KbTopicOptions options;

  @Mixin private KbTopicOptions.Waiting waiting;

  @Spec private CommandSpec spec;

  @Parameters(arity = "1..*", paramLabel = "ID", description = "Ids of the entries.")
  private List<String> ids;

  @Override
  public Integer call() {
    var config = options.config();
    var changes = ids.stream().distinct().map(id -> removal(id, config)).toList();
    var out = spec.commandLine().getOut();
    if (waiting.seconds() > 0) {
      var answers =
          new KbAnswers(config, Duration.ofSeconds(waiting.seconds()), spec.commandLine().getErr());
      boolean allAccepted = answers.ask(changes);
      out.println(changes.size() + " deletions: " + answers.summary());
      return allAccepted ? 0 : 1;
    }
    var names = new TopicNames(config);
    var topic = names.resolve(Topic.KB);
    var encoder = new KbEncoder();
    try (var exchange = ControlExchange.open(config, topic, names.resolve(Topic.CONTROL_ACKS))) {
      exchange.sendAll(changes.stream().map(encoder::encode).toList());
    }
    out.println(changes.size() + " deletions to " + topic);
    return 0;
  }

  /** The deletion, read back by the rules of the job before anything is written. */
  private KbChange removal(String id, PipelineConfig config) {
    var record = new KbEncoder().encode(new KbChange(options.channel(), id, null, null, NOWHERE));
    var read =
        new KbDecoder(config.decoder().zone())
            .decode(
                new RawRecord(NOWHERE, 0, 0, 0, record.key(), record.value(), record.headers()));
    if (read.rejection() != null) {
      throw new UsageException(
          "'" + RecordText.shown(id) + "' is no id: " + read.rejection().message());
    }
    return read.change();
  }
}
