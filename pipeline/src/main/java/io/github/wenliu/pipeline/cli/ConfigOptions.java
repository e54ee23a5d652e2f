package io.github.wenliu.pipeline.cli;

import io.github.wenliu.pipeline.config.PipelineConfig;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** Where the configuration comes from; shared by every command that needs one. */
final class ConfigOptions {

  private static final String BOOTSTRAP_KEY = "kafka.bootstrap";

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "The job's YAML file; deploy/conf/wenliu.yaml shows every key.")
  private Path file;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Overrides one key of the file; may be given several times.")
  private Map<String, String> overrides = new LinkedHashMap<>();

  @Option(
      names = "--bootstrap",
      paramLabel = "HOST:PORT",
      description = "Kafka brokers; the same as --set kafka.bootstrap=HOST:PORT.")
  private String bootstrap;

  /** Whether Kafka was named on the command line. */
  boolean namesKafka() {
    return bootstrap != null || overrides.containsKey(BOOTSTRAP_KEY);
  }

  PipelineConfig read() {
    var all = new LinkedHashMap<>(overrides);
    if (bootstrap != null) {
      all.put(BOOTSTRAP_KEY, bootstrap);
    }
    return PipelineConfig.read(file, all);
  }
}
