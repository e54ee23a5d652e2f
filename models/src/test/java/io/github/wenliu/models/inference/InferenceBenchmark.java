package io.github.wenliu.models.inference;

import io.github.wenliu.models.extract.Extraction;
import io.github.wenliu.models.extract.ExtractionRequest;
import io.github.wenliu.models.extract.Extractor;
import io.github.wenliu.models.extract.Extractors;
import io.github.wenliu.models.extract.ModelSelection;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * How fast a model runs through the batcher, by size of the batches, on the processor or a GPU.
 * Prints texts a second relative to batches of one, the batches that came about, the share of time
 * in which the model ran, and what {@code nvidia-smi} says of the GPU where there is one.
 *
 * <pre>./wenliu bench inference [cpu|cuda|auto] [NAME/VERSION] [texts] [workers]</pre>
 */
final class InferenceBenchmark {

  private static final String SENTENCE = "昨天下午林小满和周知远在海棠湾的文流社门口见面，说起了今年的雨水和明年的打算。";

  private InferenceBenchmark() {}

  public static void main(String[] args) throws Exception {
    var provider = Provider.valueOf((args.length > 0 ? args[0] : "cpu").toUpperCase(Locale.ROOT));
    ModelCatalog catalog;
    String id;
    if (args.length > 1) {
      catalog = ModelCatalog.released();
      id = args[1];
    } else {
      catalog = ModelCatalog.of(Graphs.folder("/models/transformer"), null, null);
      id = "tiny-transformer/v1";
    }
    int texts = args.length > 2 ? Integer.parseInt(args[2]) : 20_000;
    int workers = args.length > 3 ? Integer.parseInt(args[3]) : 1;
    ModelPackage from = catalog.resolve(id);
    ModelSelection selection =
        Extractors.select(from, List.of(Extractors.schemes(from).iterator().next()));
    System.out.printf(
        "%s %s, %d texts of %d characters, %d workers%n",
        from.id(), selection.schemes(), texts, SENTENCE.length(), workers);
    System.out.println("most  relative  mean batch  padding  running  gpu");
    double single = 0;
    for (int batch : new int[] {1, 8, 32, 128, 512}) {
      double rate = measure(catalog, selection, provider, batch, workers, texts, single);
      single = single == 0 ? rate : single;
    }
  }

  private static double measure(
      ModelCatalog catalog,
      ModelSelection selection,
      Provider provider,
      int batch,
      int workers,
      int texts,
      double single)
      throws Exception {
    var counts = new Counts();
    var parameters =
        new InferenceParameters(
            provider,
            0,
            false,
            1,
            workers,
            batch,
            batch * 64,
            Duration.ofMillis(2),
            4 * batch * workers,
            Duration.ofMinutes(1),
            4L << 30);
    try (Extractor extractor = Extractors.open(catalog, selection, parameters, counts)) {
      run(extractor, texts / 10 + 1, 4 * batch * workers);
      counts.reset();
      try (var gpu = new GpuWatch()) {
        long begun = System.nanoTime();
        run(extractor, texts, 4 * batch * workers);
        double seconds = (System.nanoTime() - begun) / 1e9;
        double rate = texts / seconds;
        System.out.printf(
            "%4d  %8.2f  %10.1f  %6.1f%%  %6.1f%%  %s%n",
            batch,
            single == 0 ? 1 : rate / single,
            counts.rows.doubleValue() / counts.batches.doubleValue(),
            100 * (1 - counts.tokens.doubleValue() / counts.padded.doubleValue()),
            counts.nanos.doubleValue() / 1e7 / seconds / workers,
            gpu.summary());
        return rate;
      }
    }
  }

  private static void run(Extractor extractor, int texts, int underWay) {
    var waiting = new ArrayDeque<CompletableFuture<Extraction>>();
    for (int i = 0; i < texts; i++) {
      waiting.add(extractor.extract(ExtractionRequest.of(SENTENCE)));
      if (waiting.size() > underWay) {
        waiting.remove().join();
      }
    }
    waiting.forEach(CompletableFuture::join);
  }

  private static final class Counts implements InferenceMetrics {
    final LongAdder batches = new LongAdder();
    final LongAdder rows = new LongAdder();
    final LongAdder tokens = new LongAdder();
    final LongAdder padded = new LongAdder();
    final LongAdder nanos = new LongAdder();

    @Override
    public void batch(int rows, int tokens, int paddedTokens, long nanos) {
      this.batches.increment();
      this.rows.add(rows);
      this.tokens.add(tokens);
      this.padded.add(paddedTokens);
      this.nanos.add(nanos);
    }

    void reset() {
      List.of(batches, rows, tokens, padded, nanos).forEach(LongAdder::reset);
    }
  }

  /** Asks {@code nvidia-smi} five times a second for utilisation and memory. */
  private static final class GpuWatch implements AutoCloseable {
    private final Process process;

    GpuWatch() {
      Process started = null;
      try {
        started =
            new ProcessBuilder(
                    "nvidia-smi",
                    "--query-gpu=utilization.gpu,memory.used",
                    "--format=csv,noheader,nounits",
                    "-lms",
                    "200")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
      } catch (IOException e) {
        // there is no such program, hence no GPU to be watched
      }
      process = started;
    }

    String summary() throws IOException, InterruptedException {
      if (process == null) {
        return "none";
      }
      process.destroy();
      process.waitFor(5, TimeUnit.SECONDS);
      var utilisations = new ArrayList<Integer>();
      int memory = 0;
      var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      for (String line : output.lines().toList()) {
        String[] fields = line.split(", *");
        if (fields.length == 2) {
          utilisations.add(Integer.parseInt(fields[0].strip()));
          memory = Math.max(memory, Integer.parseInt(fields[1].strip()));
        }
      }
      double mean = utilisations.stream().mapToInt(Integer::intValue).average().orElse(0);
      return "%.0f%% busy, %d MiB".formatted(mean, memory);
    }

    @Override
    public void close() {
      if (process != null) {
        process.destroy();
      }
    }
  }
}
