package io.github.wenliu.operators.cluster;

import static io.github.wenliu.operators.cluster.TrackedCommunities.NONE;

import io.github.wenliu.operators.cluster.infomap.FlowNetwork;
import it.unimi.dsi.fastutil.ints.Int2DoubleLinkedOpenHashMap;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntFunction;

/**
 * How far a node belongs to each community: the share of the weight of its edges that leads there.
 * The walk that communities are made of goes from the node into each of them with that probability,
 * so a word of two topics shows although it is a member of one only. O(degree) a node.
 */
final class Belonging {

  private static final double FIFTH = 0.2;

  private final FlowNetwork network;
  private final int[] community;

  /**
   * @param community by node, {@link TrackedCommunities#NONE} for none
   */
  Belonging(FlowNetwork network, int[] community) {
    this.network = network;
    this.community = community;
  }

  /**
   * A node as a member of its community.
   *
   * @param id of each community
   */
  CommunityMember member(int node, String name, double flow, IntFunction<String> id) {
    var weights = new Int2DoubleLinkedOpenHashMap();
    double all = 0;
    for (int rank = 0; rank < network.degree(node); rank++) {
      int other = community[network.neighbour(node, rank)];
      double weight = network.weight(node, rank);
      all += weight;
      if (other != NONE) {
        weights.addTo(other, weight);
      }
    }
    double own = all > 0 ? weights.get(community[node]) / all : 0;
    List<CommunityShare> also = new ArrayList<>();
    for (var entry : weights.int2DoubleEntrySet()) {
      double share = entry.getDoubleValue() / all;
      if (entry.getIntKey() != community[node] && share >= FIFTH) {
        also.add(new CommunityShare(id.apply(entry.getIntKey()), share));
      }
    }
    also.sort(
        Comparator.comparingDouble(CommunityShare::share)
            .reversed()
            .thenComparing(CommunityShare::community));
    return new CommunityMember(name, flow, own, also);
  }
}
