package io.github.wenliu.pipeline.cli;

import io.github.wenliu.models.extract.Extractor;
import io.github.wenliu.models.extract.Extractors;
import io.github.wenliu.models.inference.InferenceMetrics;
import io.github.wenliu.models.inference.InferenceParameters;
import io.github.wenliu.models.inference.ModelCatalog;
import io.github.wenliu.models.inference.Provider;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Option;

/** With which model the commands extract that need no job, and how it is run. */
final class ExtractionOptions {

  /** Rows that wait: enough for full batches of all lengths of sentences. */
  private static final int QUEUE = 2_048;

  /** Nobody waits for the first answer, so batches may wait to be full. */
  private static final Duration LINGER = Duration.ofMillis(20);

  private static final Duration TIMEOUT = Duration.ofMinutes(5);

  @Option(
      names = "--model",
      paramLabel = "NAME[/VERSION]",
      defaultValue = "fast",
      description = "Model package; without a version the highest (${DEFAULT-VALUE}).")
  private String model;

  @Option(
      names = "--models",
      paramLabel = "DIR",
      description = "Folder of packages DIR/NAME/VERSION, looked into before the released ones.")
  private Path models;

  @Option(
      names = "--device",
      paramLabel = "cpu|cuda|auto",
      defaultValue = "cpu",
      description = "Where the model runs (${DEFAULT-VALUE}).")
  private Device device;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads that run the model; by default one for each processor.")
  private Integer threads;

  /** As users write {@link Provider}. */
  private enum Device {
    cpu(Provider.CPU),
    cuda(Provider.CUDA),
    auto(Provider.AUTO);

    private final Provider provider;

    Device(Provider provider) {
      this.provider = provider;
    }
  }

  /** Refuses wrong use, before anything is opened. */
  void require() {
    if (threads != null && threads < 1) {
      throw new UsageException("--threads is " + threads + ", expected 1 or more");
    }
    if (models != null && !Files.isDirectory(models)) {
      throw new UsageException("--models is " + models + ", expected a directory");
    }
  }

  /**
   * Opens the model and prints its terms.
   *
   * @param schemes label schemes, of entities and of relations
   */
  Extractor open(List<String> schemes, PrintWriter err) {
    var catalog = catalog();
    var found = catalog.resolve(model);
    for (var scheme : schemes) {
      if (!Extractors.schemes(found).contains(scheme)) {
        throw new UsageException(
            "%s is no scheme of %s, expected one of %s"
                .formatted(scheme, found.id(), Extractors.schemes(found)));
      }
    }
    var selection = Extractors.select(found, schemes);
    err.println(found.id() + ": " + found.terms());
    err.flush();
    return Extractors.open(catalog, selection, parameters(), InferenceMetrics.NONE);
  }

  /** Where models are looked for. */
  ModelCatalog catalog() {
    require();
    return models == null ? ModelCatalog.released() : ModelCatalog.of(models, null, null);
  }

  /** How models are run. */
  InferenceParameters parameters() {
    var usual = InferenceParameters.DEFAULT;
    return new InferenceParameters(
        device.provider,
        usual.deviceId(),
        usual.fallbackToCpu(),
        usual.threads(),
        threads == null ? Runtime.getRuntime().availableProcessors() : threads,
        usual.maxBatch(),
        usual.maxBatchTokens(),
        LINGER,
        QUEUE,
        TIMEOUT,
        usual.deviceMemoryBytes());
  }
}
