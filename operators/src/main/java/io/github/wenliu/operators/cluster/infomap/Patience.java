package io.github.wenliu.operators.cluster.infomap;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * How much more modules may owe than they should, because searching them has brought nothing of
 * late: the modules of some graphs are so clear that changes of single edges do not touch them.
 * What searches gained is averaged over the last of them, as far back as they make up the whole
 * graph.
 */
final class Patience {

  private static final double MOST = 4;

  /** Searches that gain this share of the length, for all of the graph, are worth their time. */
  private static final double FAIR_GAIN = 1e-4;

  // How much of the graph was searched, at most 1, and the share of the length that it gained.
  private double searched;
  private double gained;

  /**
   * Says what a search has brought.
   *
   * @param share how much of the graph was searched, by strength
   * @param gain the share of the length by which it is shorter
   */
  void searched(double share, double gain) {
    double left = Math.max(0, 1 - share);
    searched = left * searched + share;
    gained = left * gained + Math.max(0, gain);
  }

  /** By what to multiply what a module may owe: 1, and up to a bound if searches are in vain. */
  double factor() {
    return Math.max(1, searched / (1 / MOST + gained / FAIR_GAIN));
  }

  void write(DataOutput out) throws IOException {
    out.writeDouble(searched);
    out.writeDouble(gained);
  }

  void read(DataInput in) throws IOException {
    searched = in.readDouble();
    gained = in.readDouble();
  }
}
