package io.github.wenliu.operators.cluster;

import io.github.wenliu.operators.document.EnrichedDocument;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.co.BroadcastProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Tags each document with the newest memberships that have come: alignment {@code latest}. A
 * document never waits for a version, so which one it meets depends on how far the branch has come.
 */
public final class TagCommunitiesFunction
    extends BroadcastProcessFunction<EnrichedDocument, MembershipChange, EnrichedDocument> {

  private static final long serialVersionUID = 1L;

  /** Name of this stage. */
  public static final String STAGE = "tag-communities";

  /** Broadcast side: memberships by channel. */
  public static final MapStateDescriptor<String, Memberships> MEMBERSHIPS =
      new MapStateDescriptor<>("memberships", Types.STRING, TypeInformation.of(Memberships.class));

  static final String METRIC_TAGGED = "taggedDocuments";

  private transient Counter tagged;

  @Override
  public void open(OpenContext context) {
    tagged = getRuntimeContext().getMetricGroup().addGroup(STAGE).counter(METRIC_TAGGED);
  }

  @Override
  public void processElement(
      EnrichedDocument document, ReadOnlyContext context, Collector<EnrichedDocument> out)
      throws Exception {
    var known = context.getBroadcastState(MEMBERSHIPS).get(document.document().channel());
    var result = CommunityTagger.tag(document, known == null ? Memberships.NONE : known);
    if (!result.communities().isEmpty()) {
      tagged.inc();
    }
    out.collect(result);
  }

  @Override
  public void processBroadcastElement(
      MembershipChange change, Context context, Collector<EnrichedDocument> out) throws Exception {
    var state = context.getBroadcastState(MEMBERSHIPS);
    var known = state.get(change.channel());
    state.put(change.channel(), (known == null ? Memberships.NONE : known).with(change));
  }
}
