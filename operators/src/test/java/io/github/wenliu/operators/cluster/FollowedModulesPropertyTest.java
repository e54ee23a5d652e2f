package io.github.wenliu.operators.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wenliu.operators.cluster.infomap.Infomap;
import io.github.wenliu.operators.cluster.infomap.LiveParameters;
import io.github.wenliu.operators.cluster.infomap.MapEquation;
import it.unimi.dsi.fastutil.doubles.DoubleArrayList;
import it.unimi.dsi.fastutil.ints.IntArrayList;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class FollowedModulesPropertyTest {

  private static final int VERSIONS = 25;
  private static final int WORDS = 90;
  private static final int TOPICS = 6;

  /** Takes no task, so that each runs when it is needed. */
  private static final Executor NEVER = task -> {};

  /** Pairs of words of a few topics; words come and go, and topics change slowly. */
  private static final class Stream {

    private final double[][] weight = new double[WORDS][WORDS];
    private final int[] topic = new int[WORDS];
    private final int changes;
    private final Random random;

    Stream(int changes, long seed) {
      this.changes = changes;
      random = new Random(seed);
      Arrays.setAll(topic, word -> word % TOPICS);
    }

    ClusteringInput next(boolean isFirst) {
      topic[random.nextInt(WORDS)] = random.nextInt(TOPICS);
      for (int i = 0; i < (isFirst ? 20 * changes : changes); i++) {
        change();
      }
      return input();
    }

    private void change() {
      int one = 1 + random.nextInt(WORDS - 1);
      int other = random.nextInt(one);
      boolean isTopical = topic[one] == topic[other];
      if (random.nextInt(4) == 0) {
        weight[one][other] = 0;
      } else if (isTopical || random.nextInt(8) == 0) {
        weight[one][other] += random.nextDouble();
      }
    }

    private ClusteringInput input() {
      int[] ranks = new int[WORDS];
      Arrays.fill(ranks, -1);
      var names = new String[WORDS];
      int size = 0;
      for (int word = 0; word < WORDS; word++) {
        if (hasEdge(word)) {
          ranks[word] = size;
          names[size++] = String.format("词%02d", word);
        }
      }
      var from = new IntArrayList();
      var to = new IntArrayList();
      var weights = new DoubleArrayList();
      for (int one = 0; one < WORDS; one++) {
        for (int other = one + 1; other < WORDS; other++) {
          if (weight[other][one] > 0) {
            from.add(ranks[one]);
            to.add(ranks[other]);
            weights.add(weight[other][one]);
          }
        }
      }
      return new ClusteringInput(
          Arrays.copyOf(names, size),
          from.toIntArray(),
          to.toIntArray(),
          weights.toDoubleArray(),
          new double[from.size()],
          1);
    }

    private boolean hasEdge(int word) {
      for (int other = 0; other < WORDS; other++) {
        if (weight[Math.max(word, other)][Math.min(word, other)] > 0) {
          return true;
        }
      }
      return false;
    }
  }

  private static FollowedModules restored(byte[] packed, Executor executor) {
    return FollowedModules.of(packed, LiveParameters.DEFAULT, executor);
  }

  /** A search that is done at once, one that waits for its turn, and restores in between. */
  @Property(tries = 60)
  void neitherRestoresNorTheTimeOfASearchChangeAnything(
      @ForAll @IntRange(min = 5, max = 200) int changes, @ForAll long seed) {
    var stream = new Stream(changes, seed);
    var random = new Random(seed);
    var one = restored(null, Runnable::run);
    var other = restored(null, NEVER);
    for (int version = 0; version < VERSIONS; version++) {
      var input = stream.next(version == 0);

      assertThat(other.follow(input)).isEqualTo(one.follow(input));

      assertThat(other.toByteArray()).isEqualTo(one.toByteArray());
      if (random.nextInt(3) == 0) {
        other = restored(other.toByteArray(), random.nextBoolean() ? NEVER : Runnable::run);
      }
    }
  }

  @Property(tries = 60)
  void modulesAreNumberedInTheOrderOfTheirFirstNodes(
      @ForAll @IntRange(min = 5, max = 200) int changes, @ForAll long seed) {
    var stream = new Stream(changes, seed);
    var followed = restored(null, Runnable::run);
    for (int version = 0; version < VERSIONS; version++) {
      var input = stream.next(version == 0);

      int[] modules = followed.follow(input);

      assertThat(modules).hasSize(input.names().length);
      int[] numbers = Arrays.stream(modules).distinct().toArray();
      assertThat(numbers).isEqualTo(IntStream.range(0, numbers.length).toArray());
    }
  }

  @Property(tries = 40)
  void theLengthStaysNearThatOfASearch(
      @ForAll @IntRange(min = 5, max = 200) int changes, @ForAll long seed) {
    var stream = new Stream(changes, seed);
    var followed = restored(null, Runnable::run);
    double excess = 0;
    for (int version = 0; version < VERSIONS; version++) {
      var input = stream.next(version == 0);
      var network = input.network();
      double searched = new Infomap(network).search(3, 1, (trial, best) -> {}).codelength();

      double length = MapEquation.codelength(network, followed.follow(input));

      assertThat(length).isLessThan(searched * 1.06);
      excess += length / searched - 1;
    }
    assertThat(excess / VERSIONS).isLessThan(0.015);
  }

  /** Weights that halve while their unit doubles, and such as stay within a step. */
  @Property(tries = 40)
  void whatOnlyDecaysIsNoChange(@ForAll long seed) {
    var stream = new Stream(50, seed);
    var followed = restored(null, Runnable::run);
    var input = stream.next(true);
    int[] modules = followed.follow(input);
    var packed = followed.toByteArray();
    double[] halved = Arrays.stream(input.weight()).map(weight -> weight / 2).toArray();

    int[] after =
        followed.follow(
            new ClusteringInput(
                input.names(), input.from(), input.to(), halved, input.recent(), 2));

    assertThat(after).isEqualTo(modules);
    assertThat(followed.toByteArray()).isEqualTo(packed);
  }
}
