package io.github.wenliu.pipeline.cli;

import io.github.wenliu.operators.cluster.infomap.Bootstrap;
import io.github.wenliu.operators.cluster.infomap.BootstrapParameters;
import io.github.wenliu.operators.cluster.infomap.FlowNetwork;
import io.github.wenliu.operators.cluster.infomap.Significance;
import io.github.wenliu.pipeline.files.SignificanceResult;
import java.io.PrintWriter;
import java.util.Locale;
import picocli.CommandLine.Option;

/** Whether and how it is told what of the modules of a graph lasts. */
final class SignificanceOptions {

  private static final String REPLICATES = "100";
  private static final double CONFIDENCE = 0.95;
  private static final double UNIT = 1;

  @Option(
      names = "--significance",
      arity = "0..1",
      fallbackValue = REPLICATES,
      paramLabel = "N",
      description =
          "Tell which nodes of each module stay together if the graph is observed anew: N graphs"
              + " ("
              + REPLICATES
              + ") of which each edge has a weight drawn from Poisson's distribution, with its"
              + " weight as the mean, are searched as well. Only with --two-level, and only of"
              + " plain undirected graphs. After EDGES, or with N.")
  private Integer replicates;

  @Option(
      names = "--confidence",
      paramLabel = "X",
      description =
          "With --significance: the share of the graphs in which a core stays together, and is"
              + " apart from those of other modules ("
              + CONFIDENCE
              + ").")
  private Double confidence;

  @Option(
      names = "--unit",
      paramLabel = "X",
      description =
          "With --significance: the weight of one observation (1: weights are"
              + " counts). A weight w is drawn as X times a Poisson number of mean w / X.")
  private Double unit;

  boolean isWanted() {
    return replicates != null;
  }

  /** Throws if options do not fit each other. */
  void requireUse(boolean twoLevel, FlowOptions flow) {
    if (!isWanted()) {
      if (confidence != null || unit != null) {
        throw new UsageException("--confidence and --unit go with --significance");
      }
      return;
    }
    if (!twoLevel) {
      throw new UsageException("--significance needs --two-level");
    }
    if (!flow.isPlain()) {
      throw new UsageException(
          "--significance excludes --directed, --regularized and --entropy-corrected");
    }
    if (replicates < 1) {
      throw new UsageException("--significance is " + replicates + ", expected 1 or more");
    }
    if (!(confidence() > 0 && confidence() <= 1)) {
      throw new UsageException(
          "--confidence is " + confidence() + ", expected more than 0 and at most 1");
    }
    if (!(unit() > 0 && unit() < Double.POSITIVE_INFINITY)) {
      throw new UsageException("--unit is " + unit() + ", expected a number above 0");
    }
  }

  private double confidence() {
    return confidence == null ? CONFIDENCE : confidence;
  }

  private double unit() {
    return unit == null ? UNIT : unit;
  }

  /** Draws and searches replicates, a line each, and compares. */
  SignificanceResult compare(FlowNetwork network, int[] modules, long seed, PrintWriter err) {
    var bootstrap = new Bootstrap(network, new BootstrapParameters(replicates, unit(), seed));
    if (!bootstrap.isOfCounts()) {
      err.printf(
          Locale.ROOT, "note: not all weights are whole numbers of %s: see --unit%n", unit());
    }
    var found =
        bootstrap.search(
            modules,
            Runtime.getRuntime().availableProcessors(),
            (replicate, one) -> {
              err.printf(
                  Locale.ROOT,
                  "replicate %d of %d: codelength %.9f, %,d modules%n",
                  replicate + 1,
                  replicates,
                  one.codelength(),
                  one.moduleCount());
              err.flush();
            });
    return new SignificanceResult(
        replicates, confidence(), unit(), Significance.of(network, modules, found, confidence()));
  }
}
