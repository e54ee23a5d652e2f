package io.github.wenliu.operators.cluster.infomap;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * Time, by the clock, of what is done with modules of a made graph: nodes in groups of a hundred,
 * ten edges a node, of which seven in ten stay within the group. Changes are taken back by the next
 * ones, so the graph stays as it is on average.
 *
 * <pre>./wenliu bench modules [options of JMH]</pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class InfomapBenchmark {

  private static final int GROUP = 100;
  private static final int EDGES_PER_NODE = 10;
  private static final double WITHIN = 0.7;
  private static final int PERCENT = 100;

  /** Nodes of the graph. */
  @Param({"1000", "10000"})
  public int nodes;

  private final SplitMix chance = new SplitMix(7);
  private FlowNetwork network;
  private Partition found;
  private LivePartition live;

  // Changes that are not taken back yet: pairs of nodes and what they weighed before.
  private int[] one;
  private int[] other;
  private double[] before;
  private boolean isChanged;

  public static void main(String[] arguments) throws RunnerException, CommandLineOptionException {
    var options =
        new OptionsBuilder()
            .parent(new CommandLineOptions(arguments))
            .include(InfomapBenchmark.class.getName())
            .build();
    new Runner(options).run();
  }

  /** Makes the graph, searches it, and lets modules follow from there. */
  @Setup
  public void makeGraph() {
    int edges = nodes * EDGES_PER_NODE;
    var from = new int[edges];
    var to = new int[edges];
    var weight = new double[edges];
    for (int edge = 0; edge < edges; edge++) {
      from[edge] = chance.below(nodes);
      to[edge] = neighbour(from[edge]);
      weight[edge] = 1 + chance.share();
    }
    network = FlowNetwork.of(nodes, from, to, weight);
    found = new Infomap(network).search(1, 0, (trial, best) -> {});
    live = LivePartition.of(network, found.modules(), LiveParameters.DEFAULT);
  }

  private int neighbour(int node) {
    boolean isWithin = chance.share() < WITHIN;
    int range = isWithin ? GROUP : nodes;
    int begin = isWithin ? node / GROUP * GROUP : 0;
    return begin + (node - begin + 1 + chance.below(range - 1)) % range;
  }

  /** Prices a partition. */
  @Benchmark
  public double price() {
    return MapEquation.codelength(network, found.modules());
  }

  /** Searches from scratch, one trial. */
  @Benchmark
  public Partition search() {
    return new Infomap(network).search(1, 0, (trial, best) -> {});
  }

  /** Changes one edge, and lets the modules follow. */
  @Benchmark
  public Moved updateOfOneEdge() {
    return change(1);
  }

  /** Changes one edge in a hundred, and lets the modules follow. */
  @Benchmark
  public Moved updateOfOnePercent() {
    return change(network.edges() / PERCENT);
  }

  /** Takes back the changes before, or removes as many edges as it adds. */
  private Moved change(int count) {
    if (isChanged) {
      for (int i = count - 1; i >= 0; i--) {
        live.set(one[i], other[i], before[i]);
      }
    } else {
      one = new int[count];
      other = new int[count];
      before = new double[count];
      for (int i = 0; i < count; i++) {
        boolean isRemoved = chance.below(2) == 0;
        one[i] = isRemoved ? linked() : chance.below(nodes);
        other[i] =
            isRemoved
                ? network.neighbour(one[i], chance.below(network.degree(one[i])))
                : neighbour(one[i]);
        before[i] = live.weight(one[i], other[i]);
        live.set(one[i], other[i], isRemoved ? 0 : 1 + chance.share());
      }
    }
    isChanged = !isChanged;
    return live.update();
  }

  private int linked() {
    int node = chance.below(nodes);
    return network.degree(node) > 0 ? node : linked();
  }
}
