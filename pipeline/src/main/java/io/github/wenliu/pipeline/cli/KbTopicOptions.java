package io.github.wenliu.pipeline.cli;

import io.github.wenliu.operators.document.Document;
import io.github.wenliu.pipeline.codec.DocumentDecoder;
import io.github.wenliu.pipeline.config.PipelineConfig;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which knowledge base is meant; shared by the commands about it. */
final class KbTopicOptions {

  @Mixin private ConfigOptions configOptions;

  @Option(
      names = "--channel",
      paramLabel = "NAME",
      description = "Channel of entries that name none (${DEFAULT-VALUE}).")
  private String channel = Document.DEFAULT_CHANNEL;

  PipelineConfig config() {
    return configOptions.read();
  }

  String channel() {
    if (!DocumentDecoder.isChannel(channel)) {
      throw new UsageException(
          "--channel is '" + channel + "', expected 1 to 64 of A-Z a-z 0-9 . _ -");
    }
    return channel;
  }

  /** How long to wait for the job's answers. */
  static final class Waiting {

    @Option(
        names = "--wait",
        paramLabel = "SECONDS",
        description =
            "How long to wait for the job's answer to each entry, of which there may be "
                + KbAnswers.MOST
                + "; 0 for not at all (${DEFAULT-VALUE}).")
    private int seconds;

    int seconds() {
      if (seconds < 0) {
        throw new UsageException("--wait is " + seconds + ", must not be negative");
      }
      return seconds;
    }
  }
}
