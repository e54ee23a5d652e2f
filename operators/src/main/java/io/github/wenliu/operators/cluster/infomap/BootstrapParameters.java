package io.github.wenliu.operators.cluster.infomap;

/**
 * How chance is let into a network, to see what of its modules chance may have made.
 *
 * @param replicates how many networks are drawn
 * @param unit weight of one observation: the weight of an edge is taken as a number of these
 * @param seed where chance begins
 */
public record BootstrapParameters(int replicates, double unit, long seed) {

  public BootstrapParameters {
    if (replicates < 1) {
      throw new IllegalArgumentException("replicates is " + replicates + ", must be positive");
    }
    if (!(unit > 0 && unit < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("unit is " + unit + ", must be finite and positive");
    }
  }
}
