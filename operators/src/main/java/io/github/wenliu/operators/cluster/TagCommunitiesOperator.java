package io.github.wenliu.operators.cluster;

import io.github.wenliu.operators.document.EnrichedDocument;
import io.github.wenliu.operators.document.EpochTime;
import io.github.wenliu.operators.epoch.AlignOperator;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Tags each document with the memberships that it is entitled to, or, where the alignment is {@link
 * Alignment#LATEST}, at once with the newest that have come.
 */
public final class TagCommunitiesOperator extends AlignOperator<MembershipChange> {

  private static final long serialVersionUID = 1L;

  /** Name of this stage. */
  public static final String STAGE = "tag-communities";

  /** By channel the oldest version that is kept. */
  static final MapStateDescriptor<String, Memberships> OLDEST =
      new MapStateDescriptor<>("memberships", Types.STRING, TypeInformation.of(Memberships.class));

  /** {@code channel/epoch} to the change of that version. */
  static final MapStateDescriptor<String, MembershipChange> CHANGES =
      new MapStateDescriptor<>(
          "membership-changes", Types.STRING, TypeInformation.of(MembershipChange.class));

  static final String METRIC_TAGGED = "taggedDocuments";

  private final Alignment alignment;

  private transient BroadcastState<String, Memberships> oldestState;
  private transient BroadcastState<String, MembershipChange> changesState;

  private transient Map<String, MembershipVersions> versions;
  private transient Counter tagged;

  /**
   * @param time with the lag of memberships
   */
  public TagCommunitiesOperator(EpochTime time, Alignment alignment) {
    super(STAGE, time);
    this.alignment = alignment;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    oldestState = context.getOperatorStateStore().getBroadcastState(OLDEST);
    changesState = context.getOperatorStateStore().getBroadcastState(CHANGES);
    versions = new HashMap<>();
    for (var entry : oldestState.immutableEntries()) {
      versions.put(entry.getKey(), new MembershipVersions(entry.getValue()));
    }
    var changes = new ArrayList<MembershipChange>();
    changesState.immutableEntries().forEach(entry -> changes.add(entry.getValue()));
    changes.sort(Comparator.comparingLong(MembershipChange::epoch));
    changes.forEach(change -> of(change.channel()).apply(change));
  }

  @Override
  public void open() throws Exception {
    super.open();
    tagged = getMetricGroup().addGroup(STAGE).counter(METRIC_TAGGED);
  }

  @Override
  public void processElement1(StreamRecord<EnrichedDocument> element) throws Exception {
    if (alignment == Alignment.LATEST) {
      output.collect(element.replace(tag(element.getValue(), Long.MAX_VALUE)));
    } else {
      super.processElement1(element);
    }
  }

  @Override
  protected void learn(MembershipChange change, long oldestEntitled) throws Exception {
    var channel = of(change.channel());
    var whole = channel.apply(change);
    changesState.put(key(whole), whole);
    var folded = channel.fold(oldestEntitled);
    for (MembershipChange passed : folded) {
      changesState.remove(key(passed));
    }
    if (!folded.isEmpty()) {
      oldestState.put(change.channel(), channel.oldest());
    }
  }

  @Override
  protected EnrichedDocument tag(EnrichedDocument document, long entitledEpoch) {
    var known = versions.get(document.document().channel());
    var result =
        CommunityTagger.tag(
            document, known == null ? MembershipVersions.NONE : known.at(entitledEpoch));
    if (!result.communities().isEmpty()) {
      tagged.inc();
    }
    return result;
  }

  private MembershipVersions of(String channel) {
    return versions.computeIfAbsent(channel, unused -> new MembershipVersions(Memberships.NONE));
  }

  private static String key(MembershipChange change) {
    return change.channel() + "/" + change.epoch();
  }
}
