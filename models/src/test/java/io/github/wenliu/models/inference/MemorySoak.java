package io.github.wenliu.models.inference;

import io.github.wenliu.models.extract.Extraction;
import io.github.wenliu.models.extract.ExtractionRequest;
import io.github.wenliu.models.extract.Extractor;
import io.github.wenliu.models.extract.Extractors;
import io.github.wenliu.models.extract.ModelSelection;
import io.github.wenliu.models.link.LinkPairs;
import io.github.wenliu.models.link.Linkers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/**
 * Runs and opens models for long and prints what the process holds of the machine's memory, in a
 * JVM whose heap is resident from the start, so that growth is native. Growth counts in the second
 * half, when all is warm: the median of what its parts added, for all of them. An allocator that
 * keeps a few pages more once does not count, what every part leaves behind does.
 *
 * <pre>./wenliu bench soak [runs] [opens] [texts]</pre>
 *
 * <p>The last part extracts from texts with the tiny transformer and with the released models, and
 * changes from one to the next, round by round; each round also opens, runs and closes a linking
 * model.
 */
final class MemorySoak {

  /** Of at least five swaps each. */
  private static final int ROUNDS = 10;

  private MemorySoak() {}

  public static void main(String[] args) throws IOException {
    int runs = args.length > 0 ? Integer.parseInt(args[0]) : 200_000;
    int opens = args.length > 1 ? Integer.parseInt(args[1]) : 2_000;
    int texts = args.length > 2 ? Integer.parseInt(args[2]) : 100_000;
    boolean leak = args.length > 3 && args[3].equals("leak");
    System.out.printf("growth of runs: %d KiB%n", soakRuns(runs));
    System.out.printf("growth of opens: %d KiB%n", soakOpens(opens, leak));
    System.out.printf("growth of rounds: %d KiB%n", soakSwaps(texts));
  }

  /** Batches of all sizes and lengths. */
  private static long soakRuns(int runs) throws IOException {
    var random = new Random(1);
    try (var model = new TaggerModel()) {
      return growth(
          "runs",
          runs,
          () -> {
            int granule = random.nextInt(32) * BatchModel.GRANULE;
            var rows = new ArrayList<float[]>();
            for (int i = random.nextInt(16); i >= 0; i--) {
              rows.add(new float[(granule + 1 + random.nextInt(8)) * Graphs.FEATURES]);
            }
            model.run(rows);
          });
    }
  }

  /** A model opened, run once and closed; or, to see that growth would be seen, not closed. */
  private static long soakOpens(int opens, boolean leak) throws IOException {
    var leaked = new ArrayList<OnnxModel>();
    return growth(
        "opens",
        opens,
        () -> {
          var model = Graphs.open("tagger.onnx", Graphs.TAGGER);
          float[] row = Graphs.row(16, 1);
          model.run(
              Map.of(
                  "features", Tensor.of(row, 1, 16, Graphs.FEATURES),
                  "lengths", Tensor.of(new int[] {16}, 1)));
          if (leak) {
            leaked.add(model);
          } else {
            model.close();
          }
        });
  }

  /** Rounds over the same models, so that what is open at the end of a part is always the same. */
  private static long soakSwaps(int texts) throws IOException {
    var catalog = ModelCatalog.of(Graphs.folder("/models/transformer"), null, null);
    var selections = selections(catalog);
    int perModel = Math.max(1, texts / ROUNDS / selections.size());
    return growth(
        "rounds",
        ROUNDS,
        () -> {
          for (var selection : selections) {
            try (var extractor =
                Extractors.open(
                    catalog, selection, InferenceParameters.DEFAULT, InferenceMetrics.NONE)) {
              extract(extractor, perModel);
            }
          }
          link(perModel);
        });
  }

  private static void link(int documents) {
    var linkers = ModelCatalog.of(Graphs.folder("/models/linker"), null, null);
    var from = linkers.resolve("tiny-linker/v1");
    try (var model =
        Linkers.open(
            linkers,
            from.id(),
            Linkers.features(from),
            InferenceParameters.DEFAULT,
            InferenceMetrics.NONE)) {
      for (int i = 0; i < documents; i++) {
        int pairs = 1 + i * 7 % 900;
        model.describe(new int[1 + i % model.tokens()]);
        model
            .score(
                new LinkPairs(
                    pairs,
                    new float[pairs * model.features()],
                    new int[pairs * model.tokens()],
                    new byte[pairs * model.vector()]))
            .join();
      }
    }
  }

  private static void extract(Extractor extractor, int texts) {
    var under = new ArrayList<CompletableFuture<Extraction>>();
    for (int i = 0; i < texts; i++) {
      under.add(extractor.extract(ExtractionRequest.of("林小满和𠮷田明在海棠湾见面。".repeat(1 + i % 9))));
      if (under.size() == 256) {
        under.forEach(CompletableFuture::join);
        under.clear();
      }
    }
    under.forEach(CompletableFuture::join);
  }

  /** Of each package a scheme of entities and, if there is one, a scheme of relations. */
  private static List<ModelSelection> selections(ModelCatalog catalog) {
    var selections = new ArrayList<ModelSelection>();
    for (var id : catalog.list()) {
      var from = catalog.resolve(id);
      if (from.kind().equals(ModelPackage.LINKER)) {
        continue;
      }
      var all =
          Extractors.schemes(from).stream()
              .map(scheme -> Extractors.select(from, List.of(scheme)))
              .toList();
      all.stream().filter(one -> one.entities() != null).findFirst().ifPresent(selections::add);
      all.stream().filter(one -> one.relations() != null).findFirst().ifPresent(selections::add);
    }
    return selections;
  }

  private static long growth(String what, int times, Runnable once) throws IOException {
    long[] held = new long[11];
    for (int part = 0; part <= 10; part++) {
      for (int i = 0; part > 0 && i < times / 10; i++) {
        once.run();
      }
      // tensors without a direct buffer leave theirs to the collector
      System.gc();
      held[part] = residentKibibytes();
      System.out.printf("%8d %s: %d KiB%n", part * (times / 10), what, held[part]);
    }
    long[] added = IntStream.range(5, 10).mapToLong(i -> held[i + 1] - held[i]).sorted().toArray();
    return added.length * added[added.length / 2];
  }

  static long residentKibibytes() throws IOException {
    List<String> lines = Files.readAllLines(Path.of("/proc/self/status"));
    return lines.stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .map(line -> line.replaceAll("[^0-9]", ""))
        .mapToLong(Long::parseLong)
        .findFirst()
        .orElseThrow();
  }
}
