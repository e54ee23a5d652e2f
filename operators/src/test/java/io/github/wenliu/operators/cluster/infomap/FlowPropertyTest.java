package io.github.wenliu.operators.cluster.infomap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Every flow and every price, against a slow reading of the definitions in full matrices. */
class FlowPropertyTest {

  private static final double CLOSE = 1e-9;
  private static final double TELEPORT = 0.15;

  /** How a walker walks. */
  enum Kind {
    UNDIRECTED,
    REGULARIZED,
    UNRECORDED,
    RECORDED_TO_LINKS,
    RECORDED_TO_NODES;

    FlowNetwork network(Graphs.Edges edges) {
      return switch (this) {
        case UNDIRECTED -> edges.network();
        case REGULARIZED -> edges.network().regularized(1);
        default ->
            FlowNetwork.directed(
                edges.nodes(),
                edges.from(),
                edges.to(),
                edges.weight(),
                Teleportation.valueOf(name()));
      };
    }
  }

  @Provide
  Arbitrary<Graphs.Edges> small() {
    return Graphs.edges(12, 40);
  }

  @Provide
  Arbitrary<Graphs.Edges> middle() {
    return Graphs.edges(30, 90);
  }

  @Provide
  Arbitrary<Kind> kinds() {
    return Arbitraries.of(Kind.class);
  }

  @Property(tries = 400)
  void codelengthIsThatOfTheDefinition(
      @ForAll("small") Graphs.Edges edges, @ForAll("kinds") Kind kind, @ForAll long seed) {
    var network = kind.network(edges);
    var tree = tree(edges.nodes(), new SplitMix(seed));
    var flow = new Flow(edges, kind);

    var length = Hierarchy.of(network, tree[0], tree[1]).length();

    double total = flow.total();
    double expected = total == 0 ? 0 : flow.codelength(tree[0], tree[1]) / total;
    assertThat(length.total()).isCloseTo(expected, within(CLOSE));
    assertThat(length.correction()).isZero();
  }

  @Property(tries = 200)
  void twoLevelsAreOneOfManyHierarchies(
      @ForAll("small") Graphs.Edges edges, @ForAll("kinds") Kind kind, @ForAll long seed) {
    var network = kind.network(edges).entropyCorrected(1);
    int[] modules = modules(network.nodes(), new SplitMix(seed));

    var partition = Partition.of(network, modules);

    assertThat(Hierarchy.of(network, partition).codelength())
        .isCloseTo(MapEquation.codelength(network, modules), within(CLOSE));
    assertThat(MapEquation.codelength(network, new int[network.nodes()]))
        .isCloseTo(MapEquation.oneLevel(network), within(CLOSE));
  }

  @Property(tries = 200)
  void theCorrectionPricesEveryWordButOne(@ForAll("small") Graphs.Edges edges, @ForAll long seed) {
    var network = edges.network();
    var tree = tree(edges.nodes(), new SplitMix(seed));

    var plain = Hierarchy.of(network, tree[0], tree[1]);
    var corrected = Hierarchy.of(network.entropyCorrected(1), tree[0], tree[1]);

    int words = plain.parents().length + network.nodes() - 1;
    double expected = network.edges() == 0 ? 0 : words / (4.0 * network.edges());
    assertThat(corrected.length().correction()).isCloseTo(expected, within(CLOSE));
    assertThat(corrected.codelength()).isCloseTo(plain.codelength() + expected, within(CLOSE));
  }

  @Property(tries = 400)
  void whatMovesChangeIsWhatTheDefinitionSays(
      @ForAll("middle") Graphs.Edges edges,
      @ForAll("kinds") Kind kind,
      @ForAll boolean corrected,
      @ForAll long seed) {
    var network = corrected ? kind.network(edges).entropyCorrected(1) : kind.network(edges);
    var chance = new SplitMix(seed);
    int[] modules = modules(network.nodes(), chance);
    double before = MapEquation.codelength(network, modules);
    var loop = new MoveLoop(network, modules, Parts.whole(network.nodes()));
    var every = new boolean[network.nodes()];
    Arrays.fill(every, true);

    loop.run(every, chance);

    double change = (MapEquation.codelength(network, modules) - before) * network.totalStrength();
    assertThat(change).isCloseTo(loop.change(), within(CLOSE));
  }

  @Property(tries = 100)
  void theOrderOfArcsMakesNoDifference(@ForAll("middle") Graphs.Edges edges, @ForAll long seed) {
    int size = edges.from().length;
    int[] order = BuildUp.alone(size);
    new SplitMix(seed).shuffle(order, size);
    var shuffled =
        new Graphs.Edges(
            edges.nodes(),
            Arrays.stream(order).map(i -> edges.from()[i]).toArray(),
            Arrays.stream(order).map(i -> edges.to()[i]).toArray(),
            Arrays.stream(order).mapToDouble(i -> edges.weight()[i]).toArray());

    assertThat(Kind.RECORDED_TO_LINKS.network(shuffled))
        .usingRecursiveComparison()
        .isEqualTo(Kind.RECORDED_TO_LINKS.network(edges));
  }

  @Example
  void aPriorIsForUndirectedEdges() {
    var directed = Kind.RECORDED_TO_NODES.network(Graphs.twoTriangles());

    assertThatThrownBy(() -> directed.regularized(1))
        .hasMessage("only an undirected network can be regularized");
    assertThatThrownBy(() -> Graphs.twoTriangles().network().regularized(-1))
        .hasMessage("the prior counts -1.0, must be finite and not negative");
    assertThatThrownBy(() -> Graphs.twoTriangles().network().entropyCorrected(Double.NaN))
        .hasMessage("the correction counts NaN, must be finite and not negative");
  }

  private static int[] modules(int nodes, SplitMix chance) {
    var modules = new int[nodes];
    Arrays.setAll(modules, node -> chance.below(Math.max(1, nodes / 2)));
    return modules;
  }

  /** Parents and modules, with modules that hold both, and some without nodes. */
  private static int[][] tree(int nodes, SplitMix chance) {
    var parents = new int[1 + chance.below(8)];
    Arrays.setAll(parents, module -> chance.below(module + 1) - 1);
    var modules = new int[nodes];
    Arrays.setAll(modules, node -> chance.below(parents.length));
    return new int[][] {parents, modules};
  }

  /** Flows from node to node in full. */
  private static final class Flow {

    private final int nodes;
    private final double[] visits;

    /** Steps from node to node that are written down. */
    private final double[][] steps;

    Flow(Graphs.Edges edges, Kind kind) {
      nodes = edges.nodes();
      steps = new double[nodes][nodes];
      visits = new double[nodes];
      boolean directed = kind != Kind.UNDIRECTED && kind != Kind.REGULARIZED;
      for (int i = 0; i < edges.from().length; i++) {
        steps[edges.from()[i]][edges.to()[i]] += edges.weight()[i];
        if (!directed && edges.from()[i] != edges.to()[i]) {
          steps[edges.to()[i]][edges.from()[i]] += edges.weight()[i];
        }
      }
      if (directed) {
        walk(kind);
      } else {
        if (kind == Kind.REGULARIZED) {
          addPrior();
        }
        for (int node = 0; node < nodes; node++) {
          visits[node] = Arrays.stream(steps[node]).sum();
        }
      }
    }

    private void addPrior() {
      var unit = new double[nodes];
      double weights = 0;
      double degrees = 0;
      for (int node = 0; node < nodes; node++) {
        double strength = Arrays.stream(steps[node]).sum();
        double degree = Arrays.stream(steps[node]).filter(weight -> weight > 0).count();
        unit[node] = degree == 0 ? 0 : strength / degree;
        weights += strength;
        degrees += degree;
      }
      double units = Arrays.stream(unit).sum();
      double factor = weights == 0 ? 0 : Math.log(nodes) / nodes * units * degrees / weights;
      for (int a = 0; a < nodes; a++) {
        for (int b = 0; b < nodes && units > 0; b++) {
          steps[a][b] += factor * unit[a] * unit[b] / units;
        }
      }
    }

    private void walk(Kind kind) {
      var landing = new double[nodes];
      for (int a = 0; a < nodes; a++) {
        for (int b = 0; b < nodes; b++) {
          landing[kind == Kind.UNRECORDED ? a : b] += steps[a][b];
        }
      }
      if (Arrays.stream(landing).sum() == 0) {
        return;
      }
      if (kind == Kind.RECORDED_TO_NODES) {
        Arrays.fill(landing, 1);
      }
      double all = Arrays.stream(landing).sum();
      Arrays.setAll(landing, node -> landing[node] / all);
      var out = new double[nodes];
      Arrays.setAll(out, node -> Arrays.stream(steps[node]).sum());
      var rank = landing.clone();
      for (int i = 0; i < 1000; i++) {
        var next = new double[nodes];
        for (int a = 0; a < nodes; a++) {
          for (int b = 0; b < nodes; b++) {
            double follow = out[a] == 0 ? 0 : (1 - TELEPORT) * steps[a][b] / out[a];
            double jump = out[a] == 0 ? 1 : TELEPORT;
            next[b] += rank[a] * (follow + jump * landing[b]);
          }
        }
        rank = next;
      }
      record(kind, landing, out, rank);
    }

    private void record(Kind kind, double[] landing, double[] out, double[] rank) {
      boolean unrecorded = kind == Kind.UNRECORDED;
      double norm = 0;
      for (int a = 0; a < nodes; a++) {
        norm += out[a] > 0 ? rank[a] : 0;
      }
      for (int a = 0; a < nodes; a++) {
        for (int b = 0; b < nodes; b++) {
          double share = out[a] == 0 ? 0 : steps[a][b] / out[a];
          if (unrecorded) {
            steps[a][b] = rank[a] * share / norm;
          } else {
            double jump = out[a] == 0 ? 1 : TELEPORT;
            steps[a][b] = rank[a] * ((1 - TELEPORT) * share + jump * landing[b]);
          }
          visits[b] += steps[a][b];
        }
      }
    }

    double total() {
      return Arrays.stream(visits).sum();
    }

    /** The sum of the entropies of all codebooks, by the flow that uses them. */
    double codelength(int[] parents, int[] modules) {
      double length = 0;
      for (int book = -1; book < parents.length; book++) {
        List<Double> uses = new ArrayList<>();
        for (int module = 0; module < parents.length; module++) {
          if (parents[module] == book) {
            uses.add(between(parents, modules, module, true));
          }
        }
        for (int node = 0; node < nodes; node++) {
          if (modules[node] == book) {
            uses.add(visits[node]);
          }
        }
        if (book >= 0) {
          uses.add(between(parents, modules, book, false));
        }
        double all = uses.stream().mapToDouble(use -> use).sum();
        for (double use : uses) {
          length -= use > 1e-15 ? use * Math.log(use / all) / Math.log(2) : 0;
        }
      }
      return length;
    }

    private double between(int[] parents, int[] modules, int module, boolean into) {
      double sum = 0;
      for (int a = 0; a < nodes; a++) {
        for (int b = 0; b < nodes; b++) {
          boolean fromInside = isIn(parents, modules[a], module);
          boolean toInside = isIn(parents, modules[b], module);
          if (fromInside != toInside && toInside == into) {
            sum += steps[a][b];
          }
        }
      }
      return sum;
    }

    private static boolean isIn(int[] parents, int module, int outer) {
      int at = module;
      while (at >= 0 && at != outer) {
        at = parents[at];
      }
      return at == outer;
    }
  }
}
