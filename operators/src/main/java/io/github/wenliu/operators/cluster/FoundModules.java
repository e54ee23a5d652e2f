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
 * @param recent what was counted of late, of the same nodes
 * @param context strength of one context in what was counted of late; any where nothing was
 * @param last whether the input ends here, so that no version follows
 */
record FoundModules(
    String channel,
    long epoch,
    long timeMillis,
    String[] names,
    double[] flow,
    FlowNetwork network,
    int[] modules,
    FlowNetwork recent,
    double context,
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

  /** Contexts of late in all. */
  double lateContexts() {
    return contexts(recent.totalStrength());
  }

  /** How many contexts have counted some strength of late. */
  double contexts(double strength) {
    return strength > 0 ? strength / context : 0;
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
    return new FoundModules(
        channel, epoch, timeMillis, names, flow, network, ordered, recent, context, last);
  }
}
