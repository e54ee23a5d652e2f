package io.github.wenliu.operators.cluster.infomap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class LivePartitionPropertyTest {

  private static final double CLOSE = 1e-9;
  private static final int BATCHES = 12;

  @Property(tries = 150)
  void theLengthIsThatOfTheDefinitionAfterAnyChanges(
      @ForAll @IntRange(min = 2, max = 60) int nodes, @ForAll long seed) {
    var live = new LivePartition(LiveParameters.DEFAULT);
    var changes = new Changes(nodes, seed);
    for (int batch = 0; batch < BATCHES; batch++) {
      changes.batch(live);
      live.update();

      assertThat(live.codelength())
          .isCloseTo(MapEquation.codelength(live.freeze(), whole(live)), within(CLOSE));
    }
  }

  @Property(tries = 150)
  void everyModuleIsConnectedAndHasAllNodesWithEdges(
      @ForAll @IntRange(min = 2, max = 60) int nodes, @ForAll long seed) {
    var live = new LivePartition(LiveParameters.DEFAULT);
    var changes = new Changes(nodes, seed);
    for (int batch = 0; batch < BATCHES; batch++) {
      changes.batch(live);
      live.update();

      var network = live.freeze();
      int[] modules = whole(live);
      assertThat(Arrays.stream(Connectivity.split(network, modules)).distinct().count())
          .isEqualTo(Arrays.stream(modules).distinct().count());
      for (int node = 0; node < live.nodes(); node++) {
        assertThat(live.module(node) == LivePartition.NONE).isEqualTo(network.degree(node) == 0);
      }
    }
  }

  @Property(tries = 100)
  void whatMovedIsWhatIsOtherThanBefore(
      @ForAll @IntRange(min = 2, max = 60) int nodes, @ForAll long seed) {
    var live = new LivePartition(LiveParameters.DEFAULT);
    var changes = new Changes(nodes, seed);
    int[] before = new int[0];
    for (int batch = 0; batch < BATCHES; batch++) {
      changes.batch(live);
      var moved = live.update();

      int[] now = live.modules();
      int old = before.length;
      before = Arrays.copyOf(before, now.length);
      Arrays.fill(before, old, now.length, LivePartition.NONE);
      for (int i = 0; i < moved.size(); i++) {
        assertThat(before[moved.nodes()[i]])
            .isEqualTo(moved.before()[i])
            .isNotEqualTo(moved.now()[i]);
        before[moved.nodes()[i]] = moved.now()[i];
      }
      assertThat(before).isEqualTo(now);
    }
  }

  /** The state has the same bits, and so have all that follow. */
  @Property(tries = 100)
  void aRestoredOneHasTheSameFuture(
      @ForAll @IntRange(min = 2, max = 60) int nodes,
      @ForAll long seed,
      @ForAll @IntRange(min = 0, max = BATCHES - 1) int restoredAfter) {
    var live = new LivePartition(LiveParameters.DEFAULT);
    var other = new LivePartition(LiveParameters.DEFAULT);
    var changes = new Changes(nodes, seed);
    var same = new Changes(nodes, seed);
    for (int batch = 0; batch < BATCHES; batch++) {
      changes.batch(live);
      live.update();
      same.batch(other);
      other.update();
      if (batch == restoredAfter) {
        other = read(bytes(other));
      }

      assertThat(bytes(other)).isEqualTo(bytes(live));
      assertThat(other.codelength()).isEqualTo(live.codelength());
    }
  }

  /** Weights in units that grow by a half each batch, against weights that halve. */
  @Property(tries = 100)
  void decayIsAChangeOfTheUnit(@ForAll @IntRange(min = 2, max = 40) int nodes, @ForAll long seed) {
    var live = new LivePartition(LiveParameters.DEFAULT);
    var chance = new SplitMix(seed);
    var decayed = new double[nodes][nodes];
    double unit = 1;
    for (int batch = 0; batch < 80; batch++) {
      for (double[] row : decayed) {
        Arrays.setAll(row, i -> row[i] / 1.5);
      }
      unit *= 1.5;
      for (int i = 0; i < 4; i++) {
        int one = chance.below(nodes);
        int two = (one + 1 + chance.below(nodes - 1)) % nodes;
        double count = 1 + chance.below(3);
        live.add(one, two, count * unit);
        decayed[one][two] += count;
        decayed[two][one] += count;
      }
      live.update();
      if (batch % 30 == 29) {
        live.scale(-16);
        unit = StrictMath.scalb(unit, -16);
      }
    }
    var recomputed = Graphs.ofMatrix(decayed, live.nodes()).network();

    assertThat(live.codelength())
        .isCloseTo(MapEquation.codelength(recomputed, whole(live)), within(CLOSE));
    assertThat(live.fade(0.01 * unit, nodes)).isEqualTo(below(decayed, 0.01));
    assertThat(live.edges()).isEqualTo(recomputed.edges() - below(decayed, 0.01));
  }

  /** From a search on, what is kept is the network, and a search that finds more is taken over. */
  @Property(tries = 60)
  void beginsWithWhatIsGivenAndTakesOverWhatIsShorter(@ForAll long seed) {
    var network = Graphs.cliques(8).network();
    var best = new Infomap(network).search(3, seed, (trial, one) -> {});
    var live = LivePartition.of(network, new int[network.nodes()], LiveParameters.DEFAULT);
    assertThat(live.codelength()).isCloseTo(MapEquation.oneLevel(network), within(CLOSE));

    assertThat(live.adopt(best.modules()).size()).isEqualTo(35);

    assertThat(live.codelength()).isCloseTo(best.codelength(), within(CLOSE));
    assertThat(Partition.of(network, live.modules()).modules()).isEqualTo(best.modules());
    assertThat(live.adopt(new int[network.nodes()]).size()).isZero();
    assertThat(live.freeze().totalStrength()).isEqualTo(network.totalStrength());
  }

  private static int below(double[][] weights, double threshold) {
    int count = 0;
    for (int i = 0; i < weights.length; i++) {
      for (int j = 0; j < i; j++) {
        count += weights[i][j] > 0 && weights[i][j] < threshold ? 1 : 0;
      }
    }
    return count;
  }

  /** The modules, with one for each node without edges. */
  private static int[] whole(LivePartition live) {
    int[] modules = live.modules();
    int bound = 2 * (Partition.count(modules) + modules.length);
    for (int node = 0; node < modules.length; node++) {
      modules[node] = modules[node] == LivePartition.NONE ? bound - 1 - node : modules[node];
    }
    Partition.number(modules, bound);
    return modules;
  }

  private static byte[] bytes(LivePartition live) {
    try {
      var bytes = new ByteArrayOutputStream();
      live.write(new DataOutputStream(bytes));
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static LivePartition read(byte[] bytes) {
    try {
      return LivePartition.read(
          LiveParameters.DEFAULT, new DataInputStream(new ByteArrayInputStream(bytes)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Batches of changes: edges come mostly within groups, nodes come one by one, edges go. */
  private static final class Changes {

    private final int most;
    private final SplitMix chance;
    private int nodes = 2;

    Changes(int most, long seed) {
      this.most = most;
      chance = new SplitMix(seed);
    }

    void batch(LivePartition live) {
      nodes = Math.min(most, nodes + chance.below(1 + most / 4));
      int size = chance.below(3 * nodes);
      boolean goes = chance.below(3) == 0;
      for (int i = 0; i < size; i++) {
        int one = chance.below(nodes);
        int two = chance.below(4) == 0 ? chance.below(nodes) : (one + 5) % nodes;
        if (one != two) {
          if (goes) {
            live.set(one, two, 0);
          } else if (chance.below(4) == 0) {
            live.set(one, two, chance.below(8) / 4.0);
          } else {
            live.add(one, two, chance.share());
          }
        }
      }
    }
  }
}
