/**
 * The search for communities of any graph, by the map equation: plain Java, usable without the
 * rest.
 *
 * <p>{@link io.github.wenliu.operators.cluster.infomap.FlowNetwork} holds a graph, {@link
 * io.github.wenliu.operators.cluster.infomap.MapEquation} prices a partition of it, {@link
 * io.github.wenliu.operators.cluster.infomap.Infomap} searches the shortest or improves one that is
 * given.
 *
 * <pre>{@code
 * var network = FlowNetwork.of(nodes, from, to, weight);
 * Partition best = new Infomap(network).search(10, 123, (trial, found) -> {});
 * Partition next = new Infomap(changed).improve(best.modules(), 123);
 * }</pre>
 *
 * <p>A search moves nodes ({@code MoveLoop}), then modules as if they were nodes ({@code
 * Aggregation}, {@code BuildUp}), then repairs: single nodes, the parts of modules ({@code Tuning},
 * {@code Interiors}), and, for the best of several trials, groups of neighbouring modules ({@code
 * Regrouping}). Undirected, two levels. O(edges) a sweep; a few sweeps.
 */
package io.github.wenliu.operators.cluster.infomap;
