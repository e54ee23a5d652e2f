package io.github.wenliu.operators.cluster.infomap;

import it.unimi.dsi.fastutil.doubles.DoubleArrayList;
import it.unimi.dsi.fastutil.ints.IntArrayList;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Networks as they might have been observed as well, and the modules of each [1]. A weight stands
 * for a number of observations; in a replicate each edge has a number drawn from Poisson's
 * distribution with that mean, of its own. {@link Significance} says what of the modules of the
 * network as it is lasts.
 *
 * <p>With unit {@code h} a weight {@code w} becomes {@code h · Poisson(w / h)}: mean {@code w},
 * variance {@code h w}. Right for counts with {@code h = 1}; of other weights {@code h} is what one
 * observation adds. It assumes that observations are independent, and knows nothing of edges that
 * were not observed.
 *
 * <p>The search of a replicate begins with the modules of the network as it is, and combines what
 * they lead to with trials from scratch. The modules alone would be cheaper, but then a replicate
 * keeps modules that it does not show: they would look more stable than they are. From scratch
 * alone costs more, and the chance of a search that falls short is told as chance of the network.
 *
 * <p>O(edges) a replicate, some dozens of passes; 20 bytes an edge, for each thread some 50 an edge
 * more, and for each replicate 4 a node.
 *
 * <p>[1] Rosvall and Bergstrom: Mapping change in large networks, PLoS ONE 2010.
 */
public final class Bootstrap {

  /** Hears of replicates, in their order. */
  public interface Listener {

    /**
     * A replicate was searched.
     *
     * @param replicate its number, from 0
     * @param found its modules
     */
    void accept(int replicate, Partition found);
  }

  private static final double ROUNDING = 1e-9;

  /** Trials from scratch of each replicate; more find little else, see the benchmarks. */
  private static final int TRIALS = 2;

  private final int nodes;
  private final BootstrapParameters parameters;
  private final int[] from;
  private final int[] to;

  /** How many observations each edge stands for. */
  private final double[] mean;

  /**
   * Prepares replicates.
   *
   * @param network undirected, without a prior or a correction
   */
  public Bootstrap(FlowNetwork network, BootstrapParameters parameters) {
    if (!network.terms.plain()) {
      throw new IllegalArgumentException("the network is not plain and undirected");
    }
    nodes = network.nodes();
    this.parameters = parameters;
    var ones = new IntArrayList(network.edges());
    var others = new IntArrayList(network.edges());
    var weights = new DoubleArrayList(network.edges());
    for (int node = 0; node < nodes; node++) {
      double loop = network.strength[node] - network.cut[node];
      if (loop > 0) {
        ones.add(node);
        others.add(node);
        weights.add(loop / parameters.unit());
      }
      for (int place = network.first[node]; place < network.first[node + 1]; place++) {
        if (network.target[place] > node) {
          ones.add(node);
          others.add(network.target[place]);
          weights.add(network.weight[place] / parameters.unit());
        }
      }
    }
    from = ones.toIntArray();
    to = others.toIntArray();
    mean = weights.toDoubleArray();
  }

  /** Whether every weight is a whole number of units, but for rounding. */
  public boolean isOfCounts() {
    for (double one : mean) {
      if (Math.abs(one - Math.rint(one)) > ROUNDING * one) {
        return false;
      }
    }
    return true;
  }

  /** A replicate, by its number, which alone with the seed decides what is drawn. */
  public FlowNetwork replicate(int number) {
    var poisson = new Poisson(new SplitMix(seeds(number).next()));
    var weight = new double[mean.length];
    for (int edge = 0; edge < weight.length; edge++) {
      weight[edge] = poisson.draw(mean[edge]);
    }
    return FlowNetwork.of(nodes, from, to, weight);
  }

  /**
   * The modules of all replicates, each numbered as in {@link Partition}. They do not depend on the
   * number of threads.
   *
   * @param modules module of each node of the network as it is
   * @param threads how many replicates are searched at a time
   */
  public List<int[]> search(int[] modules, int threads, Listener listener) {
    var pool = Executors.newFixedThreadPool(threads);
    try {
      var searches = new ArrayList<Future<Partition>>();
      for (int number = 0; number < parameters.replicates(); number++) {
        int replicate = number;
        searches.add(pool.submit(() -> searched(replicate, modules)));
      }
      var found = new ArrayList<int[]>();
      for (var search : searches) {
        Partition partition = search.get();
        listener.accept(found.size(), partition);
        found.add(partition.modules());
      }
      return found;
    } catch (ExecutionException e) {
      throw new IllegalStateException("the search of a replicate failed", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } finally {
      pool.shutdownNow();
    }
  }

  private Partition searched(int number, int[] modules) {
    var seeds = seeds(number);
    seeds.next();
    return new Infomap(replicate(number)).renew(modules, TRIALS, seeds.next());
  }

  private SplitMix seeds(int number) {
    return new SplitMix(parameters.seed() + number);
  }
}
