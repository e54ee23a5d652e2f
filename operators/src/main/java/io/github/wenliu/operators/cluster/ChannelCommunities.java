package io.github.wenliu.operators.cluster;

import io.github.wenliu.operators.cluster.infomap.LiveParameters;
import java.util.concurrent.Executor;

/**
 * All that is known of one channel: the pairs that wait, the graph, and the communities found in
 * it. Adds epochs to the graph in their order, up to one in which enough has changed for a version;
 * until this has been accepted nothing more is added. Not thread-safe, but that {@link #make} may
 * run beside everything that leaves the graph as it is, one call after another.
 */
final class ChannelCommunities {

  private final String name;
  private final CommunityTracker tracker;
  private final CooccurrenceGraph graph;
  private final FollowedModules modules;
  private final EdgeSums waiting = new EdgeSums();

  private TrackedCommunities tracked;
  private VersionRun run;
  private byte[] packedModules;

  /**
   * @param modules as of the last version
   * @param run the version that is being made, or {@code null}
   */
  ChannelCommunities(
      String name,
      CommunityParameters parameters,
      CooccurrenceGraph graph,
      TrackedCommunities tracked,
      FollowedModules modules,
      VersionRun run) {
    this.name = name;
    this.tracker = new CommunityTracker(parameters);
    this.graph = graph;
    this.tracked = tracked;
    this.modules = modules;
    this.run = run;
  }

  /**
   * A channel of which nothing is known.
   *
   * @param searches runs searches of the whole graph beside everything else
   */
  static ChannelCommunities empty(String name, CommunityParameters parameters, Executor searches) {
    return new ChannelCommunities(
        name,
        parameters,
        new CooccurrenceGraph(parameters),
        TrackedCommunities.EMPTY,
        new FollowedModules(LiveParameters.DEFAULT, searches),
        null);
  }

  String name() {
    return name;
  }

  CooccurrenceGraph graph() {
    return graph;
  }

  TrackedCommunities tracked() {
    return tracked;
  }

  /** The version that is being made or to be made now, or {@code null}. */
  VersionRun run() {
    return run;
  }

  /** The modules as of the version that was made last, as {@link FollowedModules#of} takes them. */
  byte[] packedModules() {
    return packedModules;
  }

  EdgeSums waiting() {
    return waiting;
  }

  /** Adds pairs that wait for their epoch to be closed. */
  void add(EdgeBatch batch) {
    waiting.add(batch, Long.MAX_VALUE);
  }

  /**
   * Adds closed epochs to the graph, until a version is to be made.
   *
   * @return whether something was added
   */
  boolean fold(long closedEpoch) {
    boolean folded = false;
    while (run == null && !waiting.isEmpty() && waiting.firstEpoch() <= closedEpoch) {
      var edges = waiting.takeFirst();
      long lastEpoch = graph.totals().lastEpoch();
      // Behind an idle partition's return an epoch may close again: it counts with the newest.
      graph.fold(Math.max(edges.epoch(), lastEpoch), edges.contexts(), edges.counts());
      folded = true;
      if (edges.epoch() > lastEpoch && graph.isDue()) {
        begin(new VersionRun(edges.epoch(), false));
      }
    }
    return folded;
  }

  /** Begins the version behind the last epoch, where there is anything to make one of. */
  void beginLast() {
    long lastEpoch = graph.totals().lastEpoch();
    if (lastEpoch != Long.MIN_VALUE) {
      begin(new VersionRun(lastEpoch + 1, true));
    }
  }

  private void begin(VersionRun version) {
    graph.versionTaken();
    run = version;
  }

  /**
   * Makes the version that has begun. What is here stays as it is, but for the modules that follow.
   *
   * @param timeMillis event time of the end of its epoch
   */
  CommunityVersion make(long timeMillis) {
    var input = graph.freeze();
    var names = input.names();
    var network = input.network();
    int[] found = modules.follow(input);
    packedModules = modules.toByteArray();
    var recent = input.recentNetwork();
    double evidence = recent.totalStrength() / graph.recentContexts();
    var revision = new Revision(network, recent, found, evidence, LiveParameters.DEFAULT.seed());
    double[] flow = new double[names.length];
    for (int node = 0; node < flow.length; node++) {
      flow[node] = network.strength(node) / network.totalStrength();
    }
    return tracker.next(
        tracked,
        new FoundModules(
            name,
            run.epoch(),
            timeMillis,
            names,
            flow,
            network,
            recent,
            graph.recentUnit(),
            revision.modules(),
            revision.missed(),
            run.last()));
  }

  /** Takes over the version that was made. */
  void accept(CommunityVersion version) {
    tracked = version.tracked();
    run = null;
  }
}
