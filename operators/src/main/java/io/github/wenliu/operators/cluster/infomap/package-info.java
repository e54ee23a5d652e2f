/**
 * The search for communities of any graph, by the map equation: plain Java, usable without the
 * rest.
 *
 * <p>{@link io.github.wenliu.operators.cluster.infomap.FlowNetwork} holds the flow on a graph,
 * {@link io.github.wenliu.operators.cluster.infomap.MapEquation} and {@link
 * io.github.wenliu.operators.cluster.infomap.Hierarchy} price modules of it, {@link
 * io.github.wenliu.operators.cluster.infomap.Infomap} searches the shortest or improves what is
 * given.
 *
 * <pre>{@code
 * // Two triangles that share an edge.
 * int[] from = {0, 1, 0, 2, 3, 4, 3};
 * int[] to = {1, 2, 2, 3, 4, 5, 5};
 * double[] weight = {1, 1, 1, 1, 1, 1, 1};
 * var network = FlowNetwork.of(6, from, to, weight);
 *
 * // Modules of nodes: 0, 0, 0, 1, 1, 1 and 2.3207 bits a step.
 * Partition best = new Infomap(network).search(10, 123, (trial, soFar) -> {});
 *
 * // Modules of modules, if they are worth it.
 * Hierarchy deep = new Infomap(network).searchLevels(10, 123, (trial, soFar) -> {});
 * for (int module = deep.modules()[0]; module != Hierarchy.NONE; module = deep.parents()[module]) {
 *   // from the innermost module of node 0 up to a top module
 * }
 *
 * // The same of arcs, or as if edges were missing.
 * var arcs = FlowNetwork.directed(6, from, to, weight, Teleportation.UNRECORDED);
 * var careful = network.regularized(1);
 *
 * // After a change: never longer than what is given.
 * Partition next = new Infomap(changed).improve(best.modules(), 123);
 *
 * // What of the modules would be found again, if weights are counts.
 * var bootstrap = new Bootstrap(network, new BootstrapParameters(100, 1, 123));
 * var replicates = bootstrap.search(best.modules(), 2, (replicate, found) -> {});
 * var lasting = Significance.of(network, best.modules(), replicates, 0.95);
 *
 * // A graph that goes on changing: as much work as there is change.
 * var live = LivePartition.of(network, best.modules(), LiveParameters.DEFAULT);
 * live.add(2, 4, 1);
 * live.set(0, 1, 0);
 * Moved moved = live.update();
 * }</pre>
 *
 * <p>A search moves nodes ({@code MoveLoop}, over {@code Modules}), then modules as if they were
 * nodes ({@code Aggregation}, {@code BuildUp}), then repairs: single nodes, the parts of modules
 * ({@code Tuning}, {@code Interiors}). Several trials are combined ({@code Trials}, {@code
 * Recombination}); small modules are dissolved and groups of neighbouring ones searched anew
 * ({@code Regrouping}). What is above and below modules is searched in the same way ({@code
 * Levels}). O(edges) a sweep; a few sweeps.
 *
 * <p>{@link io.github.wenliu.operators.cluster.infomap.LivePartition} keeps a graph that changes
 * ({@code LiveGraph}) and its modules ({@code LiveModules}, {@code Members}, {@code Debts}): nodes
 * move where it has changed ({@code Frontier}) by enough ({@code Margins}), modules that have
 * changed much are searched anew ({@code LocalRepair}), seldom where that is in vain ({@code
 * Patience}).
 *
 * <p>{@link io.github.wenliu.operators.cluster.infomap.Bootstrap} draws replicates of a network and
 * searches them, {@link io.github.wenliu.operators.cluster.infomap.Significance} says what of the
 * modules is in them ({@code Poisson}, {@code Core}). {@link
 * io.github.wenliu.operators.cluster.infomap.Explanation} says which edges have made one division
 * of nodes shorter than another.
 */
package io.github.wenliu.operators.cluster.infomap;
