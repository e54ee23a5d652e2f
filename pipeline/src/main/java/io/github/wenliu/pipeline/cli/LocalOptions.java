package io.github.wenliu.pipeline.cli;

import picocli.CommandLine.Option;

/** How a job in this process is set up; shared by the commands that start one. */
final class LocalOptions {

  @Option(
      names = "--parallelism",
      paramLabel = "N",
      defaultValue = "2",
      description = "Subtasks of each operator (${DEFAULT-VALUE}).")
  private int parallelism;

  @Option(
      names = "--web-port",
      paramLabel = "PORT",
      defaultValue = "8081",
      description = "Port of Flink's web page, or the next free one (${DEFAULT-VALUE}).")
  private int webPort;

  int parallelism() {
    if (parallelism < 1) {
      throw new UsageException("--parallelism is " + parallelism + ", must be positive");
    }
    return parallelism;
  }

  int webPort() {
    return webPort;
  }
}
