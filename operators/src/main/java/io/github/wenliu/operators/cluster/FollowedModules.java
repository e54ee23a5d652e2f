package io.github.wenliu.operators.cluster;

import io.github.wenliu.operators.cluster.infomap.FlowNetwork;
import io.github.wenliu.operators.cluster.infomap.Infomap;
import io.github.wenliu.operators.cluster.infomap.LiveParameters;
import io.github.wenliu.operators.cluster.infomap.LivePartition;
import it.unimi.dsi.fastutil.objects.Object2IntOpenHashMap;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/**
 * Modules that follow what is clustered of a channel from version to version, at a cost of what has
 * changed ({@link LivePartition}).
 *
 * <p><b>Weights.</b> Weights of edges come from the counts of all words, so that with each version
 * nearly all of them change a little. They are rounded to four bits, by less than 1/32 of their
 * value: what stays within a step is no change. The rounded weight is a function of the weight
 * alone, so nothing adds up.
 *
 * <p><b>Searches.</b> Where a version brings more than a share of the weight anew, as the first
 * ones of a channel do, the modules are searched in all of it, from those that were there. When
 * smaller changes have come to as much, a search from scratch begins beside everything else; what
 * it finds is taken over, if it is clearly better, at the next version, which waits for it. So the
 * modules are a function of the versions' inputs, whatever a search takes, and whether there was a
 * restore in between.
 *
 * <p>O(edges) a version to compare, and what {@link LivePartition} takes. Not thread-safe.
 */
final class FollowedModules {

  private static final int NONE = LivePartition.NONE;
  private static final byte FORMAT = 1;
  private static final int ABSENT = -1;

  /** The bits of a double that are kept: sign, exponent and four of the fraction. */
  private static final long KEPT = -1L << 48;

  private static final long HALF_A_STEP = 1L << 47;

  private final LiveParameters parameters;
  private final Executor executor;

  /** By node: its word, {@code null} for a number that is free. */
  private String[] names = new String[0];

  private final Object2IntOpenHashMap<String> numbers = new Object2IntOpenHashMap<>();
  private LivePartition live;

  /** How many searches from scratch have begun. */
  private long searches;

  /** The one that runs, of the graph as it is; {@code null} if none does. */
  private FutureTask<int[]> search;

  /**
   * Of a channel that has had no version.
   *
   * @param executor runs searches; one that has not begun when it is needed runs on the caller's
   *     thread
   */
  FollowedModules(LiveParameters parameters, Executor executor) {
    this.parameters = parameters;
    this.executor = executor;
    live = new LivePartition(parameters);
    numbers.defaultReturnValue(NONE);
  }

  /**
   * What {@link #toByteArray} made, with the same future.
   *
   * @param packed {@code null} if there has been no version
   */
  static FollowedModules of(byte[] packed, LiveParameters parameters, Executor executor) {
    var followed = new FollowedModules(parameters, executor);
    if (packed != null) {
      var unpacking = new InflaterInputStream(new ByteArrayInputStream(packed));
      try (var in = new DataInputStream(new BufferedInputStream(unpacking))) {
        followed.read(in);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return followed;
  }

  /**
   * Goes on to the next version.
   *
   * @return modules of its nodes, numbered without gaps in the order of their first nodes
   */
  int[] follow(ClusteringInput input) {
    if (search != null) {
      live.adopt(found());
      search = null;
    }
    int[] nodes = numbered(input.names());
    if (live.follow(rounded(input, nodes))) {
      forgetAllBut(nodes);
      if (live.isSearchDue()) {
        live.searchBegun();
        searches++;
        beginSearch();
      }
    } else {
      renew(input, modulesOf(nodes));
      Arrays.setAll(nodes, node -> node);
    }
    return inOrder(modulesOf(nodes));
  }

  private void beginSearch() {
    var network = live.freeze();
    long seed = parameters.seed() + searches;
    search =
        new FutureTask<>(() -> new Infomap(network).search(1, seed, (trial, best) -> {}).modules());
    executor.execute(search);
  }

  private int[] found() {
    search.run();
    try {
      return search.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("the search for communities was interrupted", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("the search for communities failed", e.getCause());
    }
  }

  /** The numbers of words; new ones, in the order of the words, get those that are free. */
  private int[] numbered(String[] words) {
    int[] nodes = new int[words.length];
    int free = 0;
    int room = names.length;
    for (int word = 0; word < words.length; word++) {
      nodes[word] = numbers.getInt(words[word]);
      if (nodes[word] == NONE) {
        while (free < names.length && names[free] != null) {
          free++;
        }
        nodes[word] = free < names.length ? free++ : room++;
      }
    }
    names = Arrays.copyOf(names, room);
    for (int word = 0; word < words.length; word++) {
      names[nodes[word]] = words[word];
      numbers.put(words[word], nodes[word]);
    }
    return nodes;
  }

  private void forgetAllBut(int[] nodes) {
    var kept = new BitSet(names.length);
    for (int node : nodes) {
      kept.set(node);
    }
    for (int node = 0; node < names.length; node++) {
      if (!kept.get(node) && names[node] != null) {
        numbers.removeInt(names[node]);
        names[node] = null;
      }
    }
  }

  private FlowNetwork rounded(ClusteringInput input, int[] nodes) {
    int edges = input.from().length;
    int[] from = new int[edges];
    int[] to = new int[edges];
    double[] weight = new double[edges];
    for (int edge = 0; edge < edges; edge++) {
      from[edge] = nodes[input.from()[edge]];
      to[edge] = nodes[input.to()[edge]];
      weight[edge] = rounded(input.weight()[edge] * input.unit());
    }
    return FlowNetwork.of(names.length, from, to, weight);
  }

  private static double rounded(double weight) {
    return Double.longBitsToDouble(Double.doubleToRawLongBits(weight) + HALF_A_STEP & KEPT);
  }

  private int[] modulesOf(int[] nodes) {
    int[] modules = new int[nodes.length];
    for (int i = 0; i < nodes.length; i++) {
      modules[i] = nodes[i] < live.nodes() ? live.module(nodes[i]) : NONE;
    }
    return modules;
  }

  /** Begins anew with a search from given modules; nodes are numbered as the names are. */
  private void renew(ClusteringInput input, int[] start) {
    names = input.names().clone();
    numbers.clear();
    for (int node = 0; node < names.length; node++) {
      numbers.put(names[node], node);
    }
    int[] nodes = new int[names.length];
    Arrays.setAll(nodes, node -> node);
    var network = rounded(input, nodes);
    int[] found = new Infomap(network).improve(start, parameters.seed()).modules();
    live = LivePartition.of(network, found, parameters);
  }

  private static int[] inOrder(int[] modules) {
    int[] numbers = new int[Arrays.stream(modules).max().orElse(NONE) + 1];
    Arrays.fill(numbers, NONE);
    int next = 0;
    int[] ordered = new int[modules.length];
    for (int node = 0; node < modules.length; node++) {
      if (numbers[modules[node]] == NONE) {
        numbers[modules[node]] = next++;
      }
      ordered[node] = numbers[modules[node]];
    }
    return ordered;
  }

  /** Everything, as of the last version. */
  byte[] toByteArray() {
    var deflater = new Deflater(Deflater.BEST_SPEED);
    var bytes = new ByteArrayOutputStream();
    var packing = new BufferedOutputStream(new DeflaterOutputStream(bytes, deflater));
    try (var out = new DataOutputStream(packing)) {
      write(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      deflater.end();
    }
    return bytes.toByteArray();
  }

  private void write(DataOutputStream out) throws IOException {
    out.writeByte(FORMAT);
    out.writeBoolean(search != null);
    out.writeLong(searches);
    out.writeInt(names.length);
    for (String name : names) {
      if (name == null) {
        out.writeInt(ABSENT);
      } else {
        byte[] text = name.getBytes(StandardCharsets.UTF_8);
        out.writeInt(text.length);
        out.write(text);
      }
    }
    live.write(out);
  }

  private void read(DataInputStream in) throws IOException {
    byte format = in.readByte();
    if (format != FORMAT) {
      throw new IllegalArgumentException("modules are packed in the unknown format " + format);
    }
    boolean isSearching = in.readBoolean();
    searches = in.readLong();
    names = new String[in.readInt()];
    for (int node = 0; node < names.length; node++) {
      int length = in.readInt();
      if (length != ABSENT) {
        names[node] = new String(in.readNBytes(length), StandardCharsets.UTF_8);
        numbers.put(names[node], node);
      }
    }
    live = LivePartition.read(parameters, in);
    if (isSearching) {
      beginSearch();
    }
  }
}
