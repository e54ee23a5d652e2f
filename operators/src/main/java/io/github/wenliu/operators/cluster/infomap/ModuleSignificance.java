package io.github.wenliu.operators.cluster.infomap;

/**
 * How much of a module lasts when its network is observed anew.
 *
 * @param nodes how many nodes it has
 * @param flow its share of all steps
 * @param coreNodes how many nodes its core has, 0 if there is none
 * @param coreFlow the share of all steps that its core has
 * @param stability how much of it there is in the module of a replicate that is most like it: flow
 *     of what both have by flow of what one of them has, in [0, 1], average of the replicates
 * @param notDistinctFrom modules, ascending, of which the core is in one module with this one's in
 *     too many replicates; they are linked to it
 */
public record ModuleSignificance(
    int nodes,
    double flow,
    int coreNodes,
    double coreFlow,
    double stability,
    int[] notDistinctFrom) {

  /** Whether it has a core, and one that is distinct from those of all other modules. */
  public boolean isSignificant() {
    return coreNodes > 0 && notDistinctFrom.length == 0;
  }
}
