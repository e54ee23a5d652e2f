package io.github.wenliu.operators.cluster;

import io.github.wenliu.operators.cluster.infomap.FlowNetwork;
import it.unimi.dsi.fastutil.ints.Int2IntOpenHashMap;
import it.unimi.dsi.fastutil.longs.Long2DoubleOpenHashMap;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/**
 * A stream of co-occurrences with planted topics, made by {@link StreamGenerator} or read from
 * files: {@code NAME.txt.gz} with {@code tick u v weight}, {@code NAME.truth.gz} with {@code tick
 * node topic}, -1 for none, and {@code NAME.events.jsonl}.
 */
final class PlantedStream {

  static final int NO_TOPIC = -1;

  private static final int SHIFT = 32;
  private static final Pattern EVENT =
      Pattern.compile(
          "\"tick\": (\\d+), \"kind\": \"(\\w+)\", \"topic\": (\\d+)(?:, \"src\": \\[(.+?)])?");

  /**
   * Something planted.
   *
   * @param topics that it made, or that died
   * @param sources that went into them
   */
  record Planted(int tick, String kind, List<Integer> topics, List<Integer> sources) {}

  /**
   * The graph after a tick.
   *
   * @param ids the nodes, ascending
   * @param input all that is remembered, and by name
   * @param network the same, of the ids
   * @param recent of late: the tick, and half of what was of late before it
   */
  record Snapshot(int[] ids, ClusteringInput input, FlowNetwork network, FlowNetwork recent) {

    /** The ids as text, in the order of code points. */
    String[] names() {
      return input.names();
    }
  }

  /** What a document of a stream counts, nearly. */
  static final double DOCUMENT_PAIRS = 50;

  private final List<List<long[]>> edges;
  private final List<Int2IntOpenHashMap> topics;
  private final List<Planted> planted;
  private final Long2DoubleOpenHashMap recent = new Long2DoubleOpenHashMap();
  private final Long2DoubleOpenHashMap weights = new Long2DoubleOpenHashMap();

  /** A stream made up by chance. */
  PlantedStream(long seed) {
    var generator = new StreamGenerator(seed, StreamGenerator.EVENT);
    edges = generator.edges;
    topics = generator.truth;
    planted = generator.planted;
  }

  PlantedStream(Path folder, String name) throws IOException {
    edges = new ArrayList<>();
    topics = new ArrayList<>();
    planted = new ArrayList<>();
    lines(folder.resolve(name + ".txt.gz"), this::addEdge);
    var changes = new ArrayList<int[]>();
    lines(
        folder.resolve(name + ".truth.gz"),
        line -> changes.add(Arrays.stream(line.split(" ")).mapToInt(Integer::parseInt).toArray()));
    followTopics(changes);
    for (String line : Files.readAllLines(folder.resolve(name + ".events.jsonl"))) {
      addPlanted(line);
    }
  }

  int ticks() {
    return edges.size();
  }

  /** The topic of each node after a tick. */
  Int2IntOpenHashMap topics(int tick) {
    return topics.get(tick);
  }

  List<Planted> planted() {
    return planted;
  }

  /**
   * Takes the next tick; called for each in turn.
   *
   * @param least decayed weight below which an edge is left out
   */
  Snapshot next(int tick, double halfLife, double least) {
    double decay = Math.pow(2, -1 / halfLife);
    weights.replaceAll((pair, weight) -> weight * decay);
    recent.replaceAll((pair, weight) -> weight / 2);
    for (long[] edge : edges.get(tick)) {
      weights.addTo(edge[0], edge[1]);
      recent.addTo(edge[0], edge[1]);
    }
    long[] pairs = weights.keySet().toLongArray();
    Arrays.sort(pairs);
    pairs = Arrays.stream(pairs).filter(pair -> weights.get(pair) >= least).toArray();
    int[] ids =
        Arrays.stream(pairs)
            .flatMap(pair -> Arrays.stream(new long[] {first(pair), second(pair)}))
            .mapToInt(Math::toIntExact)
            .sorted()
            .distinct()
            .toArray();
    int[] from = new int[pairs.length];
    int[] to = new int[pairs.length];
    double[] weight = new double[pairs.length];
    double[] late = new double[pairs.length];
    for (int i = 0; i < pairs.length; i++) {
      from[i] = Arrays.binarySearch(ids, first(pairs[i]));
      to[i] = Arrays.binarySearch(ids, second(pairs[i]));
      weight[i] = weights.get(pairs[i]);
      late[i] = recent.get(pairs[i]);
    }
    var names = Arrays.stream(ids).mapToObj("%06d"::formatted).toArray(String[]::new);
    double unit = Math.pow(2, tick / halfLife);
    var input = new ClusteringInput(names, from, to, weight, late, unit);
    return new Snapshot(ids, input, input.network(), input.recentNetwork());
  }

  private void addEdge(String line) {
    var fields = line.split(" ");
    int tick = Integer.parseInt(fields[0]);
    while (edges.size() <= tick) {
      edges.add(new ArrayList<>());
    }
    long pair = Long.parseLong(fields[1]) << SHIFT | Long.parseLong(fields[2]);
    edges.get(tick).add(new long[] {pair, Long.parseLong(fields[3])});
  }

  private void followTopics(List<int[]> changes) {
    var now = new Int2IntOpenHashMap();
    now.defaultReturnValue(NO_TOPIC);
    int at = 0;
    for (int tick = 0; tick < ticks(); tick++) {
      while (at < changes.size() && changes.get(at)[0] <= tick) {
        now.put(changes.get(at)[1], changes.get(at)[2]);
        at++;
      }
      topics.add(now.clone());
    }
  }

  /** The parts of a split are told one by one, and are put together here. */
  private void addPlanted(String line) {
    var event = EVENT.matcher(line);
    if (!event.find()) {
      throw new IllegalArgumentException("not an event: " + line);
    }
    int tick = Integer.parseInt(event.group(1));
    var kind = event.group(2);
    int topic = Integer.parseInt(event.group(3));
    var sources = new ArrayList<Integer>();
    if (event.group(4) != null) {
      for (String source : event.group(4).split(", ")) {
        sources.add(Integer.parseInt(source));
      }
    }
    for (var before : planted) {
      if (before.tick() == tick && "split".equals(kind) && before.sources().equals(sources)) {
        before.topics().add(topic);
        return;
      }
    }
    planted.add(new Planted(tick, kind, new ArrayList<>(List.of(topic)), sources));
  }

  static long pair(int one, int other) {
    return (long) Math.min(one, other) << SHIFT | Math.max(one, other);
  }

  private static int first(long pair) {
    return (int) (pair >>> SHIFT);
  }

  private static int second(long pair) {
    return (int) pair;
  }

  static void lines(Path file, Consumer<String> consumer) throws IOException {
    try (var in = new GZIPInputStream(Files.newInputStream(file));
        var reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      reader.lines().forEach(consumer);
    }
  }
}
