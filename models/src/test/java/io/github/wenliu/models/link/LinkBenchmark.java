package io.github.wenliu.models.link;

import com.sun.management.OperatingSystemMXBean;
import io.github.wenliu.models.inference.InferenceMetrics;
import io.github.wenliu.models.inference.InferenceParameters;
import io.github.wenliu.models.inference.ModelCatalog;
import io.github.wenliu.models.inference.ModelPackage;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

/**
 * How many descriptions a linking model reads in a second, one by one and together, and how many
 * pairs it scores: the bare graph by size of a row and rows of a batch, and the whole of {@link
 * LinkModel#score}. Seconds are of processor time, of all threads together: what one core would do.
 * Without arguments it measures the tiny model; {@code make_tiny_linker.py FOLDER} makes one of
 * full size.
 *
 * <pre>./wenliu bench linker [FOLDER NAME/VERSION]</pre>
 */
final class LinkBenchmark {

  private static final long LEAST_NANOS = 1_000_000_000L;
  private static final int UNDER_WAY = 64;

  private LinkBenchmark() {}

  public static void main(String[] arguments) {
    var folder = arguments.length > 0 ? Path.of(arguments[0]) : TinyLinker.folder();
    var id = arguments.length > 1 ? arguments[1] : TinyLinker.ID;
    var from = ModelCatalog.of(folder, null, null).resolve(id);
    var manifest = LinkerManifest.read(from, Linkers.features(from));
    System.out.printf(
        Locale.ROOT,
        "%s: %d features, %d tokens, %d dimensions%n",
        from.id(),
        manifest.features().size(),
        manifest.tokens(),
        manifest.vector());
    describe(from, manifest);
    scoreRows(from, manifest);
    scoreDocuments(from, manifest);
  }

  private static void describe(ModelPackage from, LinkerManifest manifest) {
    var random = new Random(1);
    try (var describer =
        Describer.open(from, manifest, InferenceParameters.DEFAULT, InferenceMetrics.NONE)) {
      for (int many : new int[] {1, 8, 64}) {
        var descriptions = new ArrayList<int[]>();
        for (int i = 0; i < many; i++) {
          descriptions.add(TinyLinker.description(manifest, random));
        }
        report(
            "describe, %d at once".formatted(many), many, () -> describer.describe(descriptions));
      }
    }
  }

  private static void scoreRows(ModelPackage from, LinkerManifest manifest) {
    var random = new Random(1);
    try (var scorer =
        PairScorer.open(from, manifest, InferenceParameters.DEFAULT, InferenceMetrics.NONE)) {
      for (int[] shape :
          new int[][] {{8, 1}, {8, 8}, {32, 1}, {32, 8}, {128, 1}, {128, 4}, {512, 1}, {512, 16}}) {
        var rows = new ArrayList<PairRow>();
        for (int i = 0; i < shape[1]; i++) {
          rows.add(new PairRow(TinyLinker.pairs(manifest, shape[0], random), 0, shape[0]));
        }
        report(
            "graph, %d rows of %d pairs".formatted(shape[1], shape[0]),
            shape[0] * shape[1],
            () -> scorer.run(rows));
      }
    }
  }

  private static void scoreDocuments(ModelPackage from, LinkerManifest manifest) {
    for (int most : new int[] {8, 40, 160, 1_000}) {
      var random = new Random(1);
      var documents = new ArrayList<LinkPairs>();
      int pairs = 0;
      for (int i = 0; i < 500; i++) {
        documents.add(TinyLinker.pairs(manifest, 1 + random.nextInt(most), random));
        pairs += documents.get(i).pairs();
      }
      try (var model =
          OpenLinker.open(from, manifest, InferenceParameters.DEFAULT, InferenceMetrics.NONE)) {
        report(
            "score, documents of up to %d pairs".formatted(most),
            pairs,
            () -> scoreAll(model, documents));
      }
    }
  }

  private static void scoreAll(OpenLinker model, List<LinkPairs> documents) {
    var waiting = new ArrayDeque<CompletableFuture<float[]>>();
    for (var document : documents) {
      waiting.add(model.score(document));
      if (waiting.size() > UNDER_WAY) {
        waiting.remove().join();
      }
    }
    waiting.forEach(CompletableFuture::join);
  }

  /** The best of three rounds. */
  private static void report(String what, int things, Runnable once) {
    var processor = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    double best = Double.MAX_VALUE;
    for (int round = 0; round < 3; round++) {
      int times = 0;
      long taken = 0;
      for (long begin = processor.getProcessCpuTime(); taken < LEAST_NANOS; times++) {
        once.run();
        taken = processor.getProcessCpuTime() - begin;
      }
      best = Math.min(best, (double) taken / times / things);
    }
    System.out.printf(Locale.ROOT, "%-40s %8.2f us each %10.0f/s%n", what, best / 1e3, 1e9 / best);
  }
}
