package io.github.wenliu.operators.cluster;

import io.github.wenliu.operators.cluster.infomap.FlowNetwork;
import io.github.wenliu.operators.document.CodePointOrder;
import java.util.Arrays;

/**
 * A partition that a search found, with what makes a version of it.
 *
 * @param channel tenant
 * @param epoch the version
 * @param timeMillis event time of the epoch's end
 * @param names the nodes, each once, in the order of code points
 * @param flow visit rates of the nodes, positive
 * @param modules modules of the nodes, numbered from 0 in any order
 * @param network the graph in which they were found, of the same nodes
 * @param recent what was counted of late of the same edges
 * @param recentUnit what a weight of 1 in {@code network} is worth in {@code recent}, if it was
 *     counted for this version
 * @param missed by module: how much should have been counted within it since the version before and
 *     was not, in units of what is evidence; 0 where enough was
 * @param last whether the input ends here, so that no version follows
 */
record FoundModules(
    String channel,
    long epoch,
    long timeMillis,
    String[] names,
    double[] flow,
    FlowNetwork network,
    FlowNetwork recent,
    double recentUnit,
    int[] modules,
    double[] missed,
    boolean last) {

  FoundModules {
    if (channel == null) {
      throw new IllegalArgumentException("a partition has a channel");
    }
    if (flow.length != names.length
        || modules.length != names.length
        || network.nodes() != names.length
        || recent.nodes() != names.length) {
      throw new IllegalArgumentException(
          names.length + " nodes, " + flow.length + " flows, " + modules.length + " modules");
    }
    for (int node = 1; node < names.length; node++) {
      if (CodePointOrder.compare(names[node - 1], names[node]) >= 0) {
        throw new IllegalArgumentException("nodes are not in the order of code points");
      }
    }
  }

  int nodes() {
    return names.length;
  }

  int moduleCount() {
    return Arrays.stream(modules).max().orElse(-1) + 1;
  }

  /** The same with its modules numbered in the order of their first nodes. */
  FoundModules inOrder() {
    int[] numbers = new int[moduleCount()];
    Arrays.fill(numbers, -1);
    int[] ordered = new int[modules.length];
    int next = 0;
    for (int node = 0; node < modules.length; node++) {
      if (numbers[modules[node]] < 0) {
        numbers[modules[node]] = next++;
      }
      ordered[node] = numbers[modules[node]];
    }
    double[] missedInOrder = new double[next];
    for (int module = 0; module < numbers.length; module++) {
      if (numbers[module] >= 0) {
        missedInOrder[numbers[module]] = missed[module];
      }
    }
    return new FoundModules(
        channel,
        epoch,
        timeMillis,
        names,
        flow,
        network,
        recent,
        recentUnit,
        ordered,
        missedInOrder,
        last);
  }
}
