package io.github.wenliu.operators.cluster.infomap;

/**
 * The parts of a map equation, in bits a step.
 *
 * @param index of the codebooks that name modules as they are entered
 * @param modules of the codebooks that name nodes
 * @param correction what is added beside the map equation, 0 unless entropies are corrected
 */
public record Codelength(double index, double modules, double correction) {

  /** The sum. */
  public double total() {
    return index + modules + correction;
  }
}
