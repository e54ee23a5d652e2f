package io.github.wenliu.pipeline.cli;

import io.github.wenliu.operators.cluster.infomap.FlowNetwork;
import io.github.wenliu.operators.cluster.infomap.Teleportation;
import picocli.CommandLine.Option;

/** How a walker walks on a graph, as the command line says it. */
final class FlowOptions {

  @Option(
      names = "--directed",
      description =
          "An edge leads from its first node to its second. With probability .15, and where no edge"
              + " leads on, the walker jumps; the jumps are not part of the code.")
  private boolean directed;

  @Option(
      names = "--recorded-teleportation",
      description = "With --directed: the jumps are part of the code.")
  private boolean recorded;

  @Option(
      names = "--to-nodes",
      description =
          "With --recorded-teleportation: jumps lead to all nodes alike, not in proportion to the"
              + " weight of the edges into them.")
  private boolean toNodes;

  @Option(
      names = "--regularized",
      description =
          "As if all nodes were linked a little: what a few missing edges would explain is not told"
              + " apart. Only without --directed.")
  private boolean regularized;

  @Option(
      names = "--entropy-corrected",
      description = "Longer by what entropies of few observations are too small.")
  private boolean entropyCorrected;

  /** Throws if options exclude each other. */
  void requireUse() {
    if (recorded && !directed) {
      throw new UsageException("--recorded-teleportation needs --directed");
    }
    if (toNodes && !recorded) {
      throw new UsageException("--to-nodes needs --recorded-teleportation");
    }
    if (regularized && directed) {
      throw new UsageException("--regularized and --directed exclude each other");
    }
  }

  /** Whether edges have no direction, and nothing is added to what was observed. */
  boolean isPlain() {
    return !directed && !regularized && !entropyCorrected;
  }

  /** The flow along edges. */
  FlowNetwork network(int nodes, int[] from, int[] to, double[] weight) {
    var network =
        directed
            ? FlowNetwork.directed(nodes, from, to, weight, teleportation())
            : FlowNetwork.of(nodes, from, to, weight);
    if (regularized) {
      network = network.regularized(1);
    }
    return entropyCorrected ? network.entropyCorrected(1) : network;
  }

  private Teleportation teleportation() {
    if (!recorded) {
      return Teleportation.UNRECORDED;
    }
    return toNodes ? Teleportation.RECORDED_TO_NODES : Teleportation.RECORDED_TO_LINKS;
  }

  /** The flow in a few words. */
  String description() {
    var words = new StringBuilder(directed ? "directed" : "undirected");
    if (recorded) {
      words.append(" with recorded teleportation").append(toNodes ? " to nodes" : "");
    }
    if (regularized) {
      words.append("; regularized");
    }
    if (entropyCorrected) {
      words.append("; entropy corrected");
    }
    return words.toString();
  }
}
