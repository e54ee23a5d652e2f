package io.github.wenliu.operators.cluster;

import io.github.wenliu.operators.cluster.infomap.Infomap;
import io.github.wenliu.operators.cluster.infomap.LiveParameters;
import io.github.wenliu.operators.cluster.infomap.Partition;
import it.unimi.dsi.fastutil.ints.Int2IntOpenHashMap;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * With {@code weightings}, compares what edges weigh; else follows the communities of a planted
 * stream, a version a tick: modules that follow, then stable ids and events. Prints codelengths
 * beside the reference's, agreement with the planted topics, how many ids change without an event,
 * and which planted events were found.
 *
 * <p>Flicker is the share of the nodes with an id before a tick that have another (or none) after
 * it, although neither id is named in an event of that tick (a community's own, a parent's, or what
 * it went into; growing and shrinking are no excuse). Ticks at which an event was planted are left
 * out.
 */
public final class CommunityStreamEvaluation {

  private static final String NAME = "stream_a";
  private static final Path DEFAULT_FOLDER = Path.of("../shared/graphs/stream");
  private static final Path TITLES = Path.of("../shared/data/docs-weibo-hot/docs.jsonl.gz");
  private static final Path NEWS = Path.of("../shared/data/docs-cctv-xwlb/docs.jsonl.gz");
  private static final String WEIGHTINGS = "weightings";

  /**
   * What can be set, with defaults: half-life in ticks; 0 to leave out what was counted of late; 1
   * for a search from scratch each tick; another seed than 0 for a stream that is made with it; how
   * many trials a search from scratch has beside each tick, for its processor time.
   */
  private static final Map<String, Double> SETTINGS =
      Map.of(
          "--half-life", 10.0,
          "--hysteresis", (double) CommunityParameters.DEFAULT.hysteresis(),
          "--member-hysteresis", (double) CommunityParameters.DEFAULT.memberHysteresis(),
          "--min-size", (double) CommunityParameters.DEFAULT.minSize(),
          "--revise", 1.0,
          "--min-weight", 0.0,
          "--scratch", 0.0,
          "--seed", 0.0,
          "--trials", 0.0);

  private static final String USAGE =
      "usage: ./wenliu bench communities weightings | [FOLDER] [--half-life TICKS] [--hysteresis N]"
          + " [--member-hysteresis N] [--min-size N] [--min-weight X] [--revise 0] [--scratch 1]"
          + " [--seed N] [--trials N]";

  private static final double NANOS = 1e9;
  private static final double PERCENT = 100;
  private static final double AIM = 0.02;
  private static final int[] WINDOWS = {3, 10, 20};

  private final PlantedStream stream;
  private final Map<Integer, Double> references = new HashMap<>();
  private final CommunityParameters parameters;
  private final double halfLife;
  private final double leastWeight;
  private final boolean scratch;
  private final boolean revise;
  private final boolean made;
  private final int trials;

  /** Whether the graph is that of the reference. */
  private final boolean isSameGraph;

  private final EventScore score;
  private final TreeMap<String, String> memberships = new TreeMap<>();
  private final List<Double> flickers = new ArrayList<>();
  private final List<Double> flowFlickers = new ArrayList<>();
  private final List<Double> changes = new ArrayList<>();
  private final FollowedModules followed =
      new FollowedModules(LiveParameters.DEFAULT, Runnable::run);

  private TrackedCommunities tracked = TrackedCommunities.EMPTY;
  private double worstRatio;
  private long searchNanos;
  private long reviseNanos;
  private long trackNanos;
  private long scratchNanos;

  private CommunityStreamEvaluation(Path folder, Map<String, Double> settings) throws IOException {
    stream =
        settings.get("--seed") > 0
            ? new PlantedStream(settings.get("--seed").longValue())
            : new PlantedStream(folder, NAME);
    parameters =
        ParametersBut.published(
            settings.get("--min-size").intValue(),
            settings.get("--hysteresis").intValue(),
            settings.get("--member-hysteresis").intValue(),
            TrackedStream.SHOWN_MEMBERS);
    halfLife = settings.get("--half-life");
    leastWeight = settings.get("--min-weight");
    scratch = settings.get("--scratch") > 0;
    revise = settings.get("--revise") > 0;
    made = settings.get("--seed") > 0;
    trials = settings.get("--trials").intValue();
    isSameGraph = !made && halfLife == SETTINGS.get("--half-life") && leastWeight == 0;
    print("%s%n", new TreeMap<>(settings));
    score = new EventScore(stream);
    for (String line : Files.readAllLines(folder.resolve("reference.tsv"))) {
      var fields = line.split("\t");
      if (fields[0].equals(NAME)) {
        references.put(Integer.parseInt(fields[1]), Double.parseDouble(fields[6]));
      }
    }
  }

  public static void main(String[] arguments) throws IOException {
    if (arguments.length == 1 && arguments[0].equals(WEIGHTINGS)) {
      WeightingComparison.run(TITLES, NEWS, DEFAULT_FOLDER.getParent());
      return;
    }
    Path folder = DEFAULT_FOLDER;
    var settings = new HashMap<String, Double>();
    for (int i = 0; i < arguments.length; i++) {
      if (SETTINGS.containsKey(arguments[i]) && i + 1 < arguments.length) {
        settings.put(arguments[i], Double.parseDouble(arguments[++i]));
      } else if (arguments[i].startsWith("-")) {
        System.err.println(USAGE);
        System.exit(2);
      } else {
        folder = Path.of(arguments[i]);
      }
    }
    if (!Files.exists(folder.resolve(NAME + ".txt.gz"))) {
      System.err.println("bench communities: there is no " + folder.resolve(NAME + ".txt.gz"));
      System.err.println(USAGE);
      System.exit(1);
    }
    SETTINGS.forEach(settings::putIfAbsent);
    new CommunityStreamEvaluation(folder, settings).run();
  }

  private void run() {
    print(
        "tick  nodes  edges  modules  communities  codelength  of reference"
            + "  NMI    AMI    published NMI, AMI%n");
    for (int tick = 0; tick < stream.ticks(); tick++) {
      next(tick);
    }
    if (isSameGraph) {
      print("codelength at reference ticks: at most %.6f of the reference%n", worstRatio);
    }
    print("ids changed, share of nodes a tick: %s%n", summary(changes));
    print("ids changed without an event, share of nodes a tick: %s%n", summary(flickers));
    print("ids changed without an event, share of flow a tick: %s%n", summary(flowFlickers));
    print(
        "processor seconds in all: search %.2f, what is new of late %.2f, ids and events %.2f%n",
        searchNanos / NANOS, reviseNanos / NANOS, trackNanos / NANOS);
    if (trials > 0) {
      print(
          "  searches from scratch, of %d trials each: %.2f; search %.3f of it, all %.3f%n",
          trials,
          scratchNanos / NANOS,
          (double) searchNanos / scratchNanos,
          (double) (searchNanos + reviseNanos + trackNanos) / scratchNanos);
    }
    print("reasons: %s%n", score.reasons("merge", WINDOWS[WINDOWS.length - 1]));
    print("reasons: %s%n", score.reasons("split", WINDOWS[WINDOWS.length - 1]));
    for (int window : WINDOWS) {
      printEvents(window, 0);
      printEvents(window, 1);
    }
  }

  private void next(int tick) {
    var snapshot = stream.next(tick, halfLife, leastWeight);
    var network = snapshot.network();
    if (trials > 0) {
      long begun = processorNanos();
      new Infomap(network).search(trials, tick, (trial, found) -> {});
      scratchNanos += processorNanos() - begun;
    }
    long start = processorNanos();
    int[] modules =
        scratch
            ? new Infomap(network).search(1, tick, (trial, found) -> {}).modules()
            : followed.follow(snapshot.input());
    long searched = processorNanos();
    var partition = Partition.of(network, modules);
    double[] flow = new double[network.nodes()];
    Arrays.setAll(flow, node -> network.strength(node) / network.totalStrength());
    double context = 2 * PlantedStream.DOCUMENT_PAIRS;
    if (revise) {
      modules = new Revision(network, snapshot.recent(), modules, context, tick).modules();
    }
    long revised = processorNanos();
    var found =
        new FoundModules(
            "main",
            tick,
            tick,
            snapshot.names(),
            flow,
            network,
            modules,
            snapshot.recent(),
            context,
            tick == stream.ticks() - 1);
    var version = new CommunityTracker(parameters).next(tracked, found);
    searchNanos += searched - start;
    reviseNanos += revised - searched;
    trackNanos += processorNanos() - revised;
    tracked = version.tracked();
    var before = groups(snapshot, flow);
    count(tick, version, snapshot, flow);
    score.add(tick, version.events(), before, groups(snapshot, flow));
    report(tick, snapshot, partition);
  }

  private static long processorNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private void count(
      int tick, CommunityVersion version, PlantedStream.Snapshot snapshot, double[] flow) {
    var excused = excused(version.events());
    double had = 0;
    double hadFlow = 0;
    double changed = 0;
    double flickered = 0;
    double flickeredFlow = 0;
    for (int node = 0; node < flow.length; node++) {
      var then = memberships.get(snapshot.names()[node]);
      if (then == null) {
        continue;
      }
      had++;
      hadFlow += flow[node];
      int place = tracked.nodes().community()[node];
      var now = place < 0 ? null : tracked.communities().get(place).id();
      if (!then.equals(now)) {
        changed++;
        if (!excused.contains(then) && !excused.contains(now)) {
          flickered++;
          flickeredFlow += flow[node];
        }
      }
    }
    if (had > 0 && stream.planted().stream().noneMatch(planted -> planted.tick() == tick)) {
      changes.add(changed / had);
      flickers.add(flickered / had);
      flowFlickers.add(flickeredFlow / hadFlow);
    }
    memberships.keySet().removeAll(version.memberships().left());
    memberships.putAll(version.memberships().joined());
  }

  private static Set<String> excused(List<CommunityEvent> events) {
    var excused = new HashSet<String>();
    for (var event : events) {
      switch (event.type()) {
        case GREW, SHRANK -> {}
        default -> {
          excused.add(event.community());
          excused.addAll(event.parents());
          if (event.into() != null) {
            excused.add(event.into());
          }
        }
      }
    }
    return excused;
  }

  private Map<String, Map<Integer, Double>> groups(PlantedStream.Snapshot snapshot, double[] flow) {
    var flows = new HashMap<String, Double>();
    for (int node = 0; node < flow.length; node++) {
      flows.put(snapshot.names()[node], flow[node]);
    }
    var groups = new HashMap<String, Map<Integer, Double>>();
    memberships.forEach(
        (name, community) ->
            groups
                .computeIfAbsent(community, unused -> new HashMap<>())
                .put(Integer.parseInt(name), flows.getOrDefault(name, 0.0)));
    return groups;
  }

  private void report(int tick, PlantedStream.Snapshot snapshot, Partition partition) {
    var reference = references.get(tick);
    if (reference == null) {
      return;
    }
    double ratio = isSameGraph ? partition.codelength() / reference : Double.NaN;
    worstRatio = Math.max(worstRatio, ratio);
    var found = agreement(tick, snapshot, partition.modules());
    var published = agreement(tick, snapshot, tracked.nodes().community());
    print(
        "%4d  %5d  %5d  %7d  %11d  %10.6f  %12.6f  %.3f  %.3f      %.3f    %.3f%n",
        tick,
        snapshot.ids().length,
        snapshot.network().edges(),
        partition.moduleCount(),
        tracked.communities().size(),
        partition.codelength(),
        ratio,
        found.normalized(),
        found.adjusted(),
        published.normalized(),
        published.adjusted());
  }

  /** Of the nodes with a topic; those without a community are one part of their own. */
  private PartitionAgreement agreement(int tick, PlantedStream.Snapshot snapshot, int[] parts) {
    Int2IntOpenHashMap topics = stream.topics(tick);
    int[] nodes =
        IntStream.range(0, parts.length)
            .filter(node -> topics.get(snapshot.ids()[node]) != PlantedStream.NO_TOPIC)
            .toArray();
    return PartitionAgreement.of(
        Arrays.stream(nodes).map(node -> parts[node] + 1).toArray(),
        Arrays.stream(nodes).map(node -> topics.get(snapshot.ids()[node])).toArray());
  }

  private void printEvents(int window, int from) {
    print("events from tick %d on, told within %d ticks:%n", from, window);
    var all = new EventScore.Tally();
    score
        .tally(window, from)
        .forEach(
            (kind, tally) -> {
              all.add(tally);
              print(kind, tally);
            });
    print("all", all);
  }

  private static void print(String kind, EventScore.Tally tally) {
    print(
        "  %-5s  planted %2d, found %2d: recall %.2f; told %2d, right %2d: precision %.2f; delay %.1f%n",
        kind,
        tally.planted,
        tally.found,
        (double) tally.found / tally.planted,
        tally.told,
        tally.right,
        (double) tally.right / Math.max(1, tally.told),
        (double) tally.ticks / Math.max(1, tally.found));
  }

  private static String summary(List<Double> shares) {
    return String.format(
        Locale.ROOT,
        "%.2f %% on average, %.2f %% at most, above 2 %% in %d of %d ticks",
        PERCENT * shares.stream().mapToDouble(Double::doubleValue).average().orElse(0),
        PERCENT * shares.stream().mapToDouble(Double::doubleValue).max().orElse(0),
        shares.stream().filter(share -> share > AIM).count(),
        shares.size());
  }

  private static void print(String format, Object... values) {
    System.out.printf(Locale.ROOT, format, values);
  }
}
