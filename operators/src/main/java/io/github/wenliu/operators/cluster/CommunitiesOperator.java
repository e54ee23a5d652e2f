package io.github.wenliu.operators.cluster;

import io.github.wenliu.operators.cluster.infomap.LiveParameters;
import io.github.wenliu.operators.document.EpochTime;
import java.util.ArrayList;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.AbstractStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.FlinkException;
import org.apache.flink.util.FlinkRuntimeException;
import org.apache.flink.util.OutputTag;

/**
 * Keeps the graph of each channel and makes versions of its communities. The graph is in memory;
 * the rows that have changed are written to state at a checkpoint.
 *
 * <p>A version is made on a thread of its own. Until it is there, no epoch is added to the graph:
 * they wait, in memory and in state. So a checkpoint in between holds the graph as the version sees
 * it, and a restore makes the same version from it. When too much waits, the operator takes no more
 * until the version is there.
 *
 * <p>Which epochs have a version, and what is in it, depends on the input alone. A version comes
 * out before the watermark that passes its epoch: while it is being made the watermark waits, and
 * nothing else does.
 */
public final class CommunitiesOperator extends AbstractStreamOperator<MembershipChange>
    implements OneInputStreamOperator<EdgeBatch, MembershipChange> {

  private static final long serialVersionUID = 1L;

  /** Name of this stage. */
  public static final String STAGE = "communities";

  public static final OutputTag<CommunityState> COMMUNITIES =
      new OutputTag<>("communities", TypeInformation.of(CommunityState.class));
  public static final OutputTag<CommunityEvent> EVENTS =
      new OutputTag<>("community-events", TypeInformation.of(CommunityEvent.class));

  static final String METRIC_VERSIONS = "versions";
  static final String METRIC_EVENTS = "communityEvents";
  static final String METRIC_VERSION_MILLIS = "versionMillis";
  static final String METRIC_COMMUNITIES = "communities";
  static final String METRIC_NODES = "nodes";
  static final String METRIC_EDGES = "edges";
  static final String METRIC_PRUNED = "prunedEdges";
  static final String METRIC_WAITING = "waitingPairs";

  /** Pairs that may wait for a version in one channel. */
  private static final long MAX_WAITING = 2_000_000;

  private static final String TOTALS = "graph-totals";

  private final EpochTime time;
  private final CommunityParameters parameters;
  private final MailboxExecutor mailbox;

  private transient ValueState<GraphTotals> totalsState;
  private transient MapState<Integer, byte[]> rowsState;
  private transient ValueState<byte[]> trackedState;
  private transient ValueState<byte[]> modulesState;
  private transient ValueState<VersionRun> runState;
  private transient ListState<EdgeBatch> waitingState;

  private transient Map<String, ChannelCommunities> channels;

  /** Channels whose graph or waiting pairs are not those in state. */
  private transient TreeSet<String> changed;

  private transient long closedEpoch;

  /** The newest watermark that has come, and the newest that has gone on. */
  private transient long arrivedWatermark;

  private transient long forwardedWatermark;
  private transient ExecutorService runs;
  private transient ExecutorService searches;

  private transient Counter versions;
  private transient Counter events;
  private transient GraphSizes sizes;
  private transient long versionMillis;

  private CommunitiesOperator(
      StreamOperatorParameters<MembershipChange> operator,
      EpochTime time,
      CommunityParameters parameters) {
    super(operator);
    this.mailbox = operator.getMailboxExecutor();
    this.time = time;
    this.parameters = parameters;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    var bytes = PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO;
    var keyed = getKeyedStateStore();
    totalsState =
        keyed.getState(new ValueStateDescriptor<>(TOTALS, TypeInformation.of(GraphTotals.class)));
    rowsState = keyed.getMapState(new MapStateDescriptor<>("graph-rows", Types.INT, bytes));
    trackedState = keyed.getState(new ValueStateDescriptor<>("tracked-communities", bytes));
    modulesState = keyed.getState(new ValueStateDescriptor<>("followed-modules", bytes));
    runState =
        keyed.getState(
            new ValueStateDescriptor<>("version-run", TypeInformation.of(VersionRun.class)));
    waitingState =
        keyed.getListState(
            new ListStateDescriptor<>("waiting-edges", TypeInformation.of(EdgeBatch.class)));
    channels = new TreeMap<>();
    changed = new TreeSet<>();
    closedEpoch = Long.MIN_VALUE;
    runs = thread(STAGE);
    searches = thread(STAGE + "-search");
    arrivedWatermark = Long.MIN_VALUE;
    forwardedWatermark = Long.MIN_VALUE;
    try (var keys = this.<String>getKeyedStateBackend().getKeys(TOTALS, VoidNamespace.INSTANCE)) {
      for (String channel : keys.toList()) {
        setCurrentKey(channel);
        channels.put(channel, restored(channel));
      }
    }
  }

  private ChannelCommunities restored(String channel) throws Exception {
    var graph = CooccurrenceGraph.restored(parameters, totalsState.value(), rowsState.entries());
    var restored =
        new ChannelCommunities(
            channel,
            parameters,
            graph,
            TrackedCommunities.of(trackedState.value()),
            FollowedModules.of(modulesState.value(), LiveParameters.DEFAULT, searches),
            runState.value());
    waitingState.get().forEach(restored::add);
    return restored;
  }

  private static ExecutorService thread(String name) {
    return Executors.newSingleThreadExecutor(
        runnable -> {
          var thread = new Thread(runnable, name);
          thread.setDaemon(true);
          return thread;
        });
  }

  @Override
  public void open() throws Exception {
    super.open();
    sizes = GraphSizes.of(channels.values());
    var metrics = getMetricGroup().addGroup(STAGE);
    versions = metrics.counter(METRIC_VERSIONS);
    events = metrics.counter(METRIC_EVENTS);
    metrics.gauge(METRIC_VERSION_MILLIS, () -> versionMillis);
    metrics.gauge(METRIC_COMMUNITIES, () -> sizes.communities());
    metrics.gauge(METRIC_NODES, () -> sizes.nodes());
    metrics.gauge(METRIC_EDGES, () -> sizes.edges());
    metrics.gauge(METRIC_PRUNED, () -> sizes.prunedEdges());
    metrics.gauge(METRIC_WAITING, () -> sizes.waitingPairs());
    channels.values().stream().filter(channel -> channel.run() != null).forEach(this::make);
  }

  @Override
  public void processElement(StreamRecord<EdgeBatch> element) throws Exception {
    var batch = element.getValue();
    var channel =
        channels.computeIfAbsent(
            batch.channel(), name -> ChannelCommunities.empty(name, parameters, searches));
    channel.add(batch);
    changed.add(batch.channel());
    while (channel.run() != null && channel.waiting().size() > MAX_WAITING) {
      mailbox.yield();
    }
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    closedEpoch = Math.max(closedEpoch, time.lastClosedBy(mark.getTimestamp()));
    for (ChannelCommunities channel : channels.values()) {
      fold(channel);
    }
    sizes = GraphSizes.of(channels.values());
    if (mark.equals(Watermark.MAX_WATERMARK)) {
      end();
    }
    arrivedWatermark = mark.getTimestamp();
    forwardWatermark();
  }

  /** Makes all versions that are due and the last one of each channel, behind all documents. */
  private void end() throws Exception {
    arrivedWatermark = Watermark.MAX_WATERMARK.getTimestamp() - 1;
    forwardWatermark();
    awaitVersions();
    for (ChannelCommunities channel : channels.values()) {
      channel.beginLast();
      begin(channel);
    }
    awaitVersions();
  }

  /** Hands the time on, up to the first version that is not out. */
  private void forwardWatermark() throws Exception {
    long watermark = arrivedWatermark;
    for (ChannelCommunities channel : channels.values()) {
      if (channel.run() != null) {
        watermark = Math.min(watermark, time.lastMillisOf(channel.run().epoch()) - 1);
      }
    }
    if (watermark > forwardedWatermark) {
      forwardedWatermark = watermark;
      super.processWatermark(new Watermark(watermark));
    }
  }

  /** Adds closed epochs to a graph up to one that has a version, and begins this. */
  private void fold(ChannelCommunities channel) throws Exception {
    if (channel.run() == null && channel.fold(closedEpoch)) {
      changed.add(channel.name());
      begin(channel);
    }
  }

  private void begin(ChannelCommunities channel) throws Exception {
    if (channel.run() != null) {
      changed.add(channel.name());
      setCurrentKey(channel.name());
      runState.update(channel.run());
      make(channel);
    }
  }

  private void make(ChannelCommunities channel) {
    long timeMillis = time.lastMillisOf(channel.run().epoch());
    long begunMillis = getProcessingTimeService().getCurrentProcessingTime();
    CompletableFuture.supplyAsync(() -> channel.make(timeMillis), runs)
        .whenComplete(
            (version, failure) ->
                mailbox.execute(
                    () -> {
                      if (failure != null) {
                        throw new FlinkException("No version of the communities", failure);
                      }
                      versionMillis =
                          getProcessingTimeService().getCurrentProcessingTime() - begunMillis;
                      publish(channel, version);
                    },
                    "version of the communities"));
  }

  private void publish(ChannelCommunities channel, CommunityVersion version) throws Exception {
    channel.accept(version);
    setCurrentKey(channel.name());
    trackedState.update(version.tracked().toByteArray());
    modulesState.update(channel.packedModules());
    runState.clear();
    version.states().forEach(state -> output.collect(COMMUNITIES, new StreamRecord<>(state)));
    version.events().forEach(event -> output.collect(EVENTS, new StreamRecord<>(event)));
    output.collect(new StreamRecord<>(version.memberships()));
    versions.inc();
    events.inc(version.events().size());
    fold(channel);
    sizes = GraphSizes.of(channels.values());
    forwardWatermark();
  }

  private void awaitVersions() throws InterruptedException {
    while (channels.values().stream().anyMatch(channel -> channel.run() != null)) {
      mailbox.yield();
    }
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    for (String name : changed) {
      var channel = channels.get(name);
      setCurrentKey(name);
      totalsState.update(channel.graph().totals());
      channel.graph().drainChanged(this::saveRow);
      var batches = new ArrayList<EdgeBatch>();
      channel.waiting().forEachBatch(name, batches::add);
      waitingState.update(batches);
    }
    changed.clear();
  }

  private void saveRow(int id, byte[] row) {
    try {
      if (row == null) {
        rowsState.remove(id);
      } else {
        rowsState.put(id, row);
      }
    } catch (Exception e) {
      throw new FlinkRuntimeException("A row of the graph was not saved", e);
    }
  }

  @Override
  public void close() throws Exception {
    if (runs != null) {
      runs.shutdownNow();
      searches.shutdownNow();
    }
    super.close();
  }

  /** Makes the operator, which needs the mailbox of its task. */
  public static final class Factory extends AbstractStreamOperatorFactory<MembershipChange>
      implements OneInputStreamOperatorFactory<EdgeBatch, MembershipChange> {

    private static final long serialVersionUID = 1L;

    private final EpochTime time;
    private final CommunityParameters parameters;

    public Factory(EpochTime time, CommunityParameters parameters) {
      this.time = time;
      this.parameters = parameters;
    }

    @Override
    @SuppressWarnings("unchecked")
    public <T extends StreamOperator<MembershipChange>> T createStreamOperator(
        StreamOperatorParameters<MembershipChange> operator) {
      return (T) new CommunitiesOperator(operator, time, parameters);
    }

    @Override
    @SuppressWarnings("rawtypes")
    public Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader classLoader) {
      return CommunitiesOperator.class;
    }
  }
}
