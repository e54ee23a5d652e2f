package io.github.wenliu.operators.cluster.infomap;

import static org.assertj.core.api.Assertions.assertThat;

import it.unimi.dsi.fastutil.ints.IntArrayList;
import java.util.Arrays;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class ReachPropertyTest {

  /** Against the connected parts of all modules. */
  @Property(tries = 500)
  void findsAPartWithSomeOfTheNodesIfThereIsOne(
      @ForAll @IntRange(min = 2, max = 40) int nodes,
      @ForAll @IntRange(min = 0, max = 80) int edges,
      @ForAll long seed) {
    var chance = new SplitMix(seed);
    var graph = new LiveGraph();
    graph.grow(nodes);
    for (int i = 0; i < edges; i++) {
      int one = chance.below(nodes);
      graph.set(one, (one + 1 + chance.below(nodes - 1)) % nodes, 1);
    }
    var module = new int[nodes];
    Arrays.setAll(module, node -> chance.below(2));
    var wanted = new IntArrayList();
    for (int i = 0; i < 2 + chance.below(4); i++) {
      int node = chance.below(nodes);
      if (wanted.isEmpty() || module[node] == module[wanted.getInt(0)]) {
        wanted.add(node);
      }
    }
    var reach = new Reach();
    reach.grow(nodes);
    int[] parts = Connectivity.split(graph.freeze(), module);

    // Twice, as nothing of a search may be left for the next.
    for (int time = 0; time < 2; time++) {
      int[] part = reach.part(graph, module, wanted);

      long wantedParts = wanted.intStream().map(node -> parts[node]).distinct().count();
      if (wantedParts == 1) {
        assertThat(part).isEmpty();
      } else {
        int[] whole =
            IntStream.range(0, nodes).filter(node -> parts[node] == parts[part[0]]).toArray();
        assertThat(part).containsExactlyInAnyOrder(whole);
        assertThat(wanted.intStream().map(node -> parts[node])).contains(parts[part[0]]);
      }
    }
  }
}
