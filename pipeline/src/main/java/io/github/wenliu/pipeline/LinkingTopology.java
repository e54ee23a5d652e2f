package io.github.wenliu.pipeline;

import io.github.wenliu.operators.document.ControlChange;
import io.github.wenliu.operators.document.EnrichedDocument;
import io.github.wenliu.operators.document.EpochTime;
import io.github.wenliu.operators.envelope.EnvelopeTypeInformation;
import io.github.wenliu.operators.link.AliasAnswer;
import io.github.wenliu.operators.link.AliasChange;
import io.github.wenliu.operators.link.AliasQuery;
import io.github.wenliu.operators.link.AssembleOperator;
import io.github.wenliu.operators.link.CandidatesOperator;
import io.github.wenliu.operators.link.DisambiguateOperator;
import io.github.wenliu.operators.link.EntryAliasesOperator;
import io.github.wenliu.operators.link.FindMentionsOperator;
import io.github.wenliu.operators.link.KbOperator;
import io.github.wenliu.operators.link.KbPromotionsOperator;
import io.github.wenliu.operators.link.KbRecord;
import io.github.wenliu.operators.link.KbUpdate;
import io.github.wenliu.operators.link.LinkTask;
import io.github.wenliu.operators.link.LinkTypeInformation;
import io.github.wenliu.operators.link.Promotion;
import io.github.wenliu.operators.nil.GroupPromotion;
import io.github.wenliu.operators.nil.GroupState;
import io.github.wenliu.operators.nil.NilGroupsFunction;
import io.github.wenliu.operators.nil.NilParameters;
import io.github.wenliu.operators.nil.UnlinkedMention;
import io.github.wenliu.operators.nil.UnlinkedMentions;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.util.Collector;

/**
 * The part of the corridor that links: what changes in the knowledge base, the way of a document by
 * its mentions, and the branch that groups what is not known. {@link Topology} joins it to the
 * rest.
 */
final class LinkingTopology {

  private LinkingTopology() {}

  /** What changes in the knowledge base, with the epochs from which it counts. */
  static SingleOutputStreamOperator<KbUpdate> updates(
      DataStream<EnrichedDocument> timeOfDocuments,
      DataStream<ControlChange> control,
      DataStream<KbRecord> kb,
      Topology.Parameters parameters) {
    var linking = parameters.linking();
    var promotions =
        control
            .transform("promotions", TypeInformation.of(KbRecord.class), new KbPromotionsOperator())
            .uid("kb-promotions")
            .setParallelism(1);
    return kb.union(promotions)
        .connect(timeOfDocuments)
        .transform(
            KbOperator.STAGE,
            LinkTypeInformation.UPDATE,
            new KbOperator(
                parameters.time(), linking.bootstrapParts() + 1, linking.bootstrapLimit()))
        .uid("kb")
        .setParallelism(1);
  }

  /**
   * Mentions are asked for by alias, where the entries of the knowledge base stand under it;
   * documents and answers meet again by document. Documents are spread anew before their mentions
   * are found, so that each subtask has the time of all before: the index of aliases that they
   * share must not forget what another one still asks for.
   */
  static SingleOutputStreamOperator<EnrichedDocument> link(
      DataStream<EnrichedDocument> extracted,
      SingleOutputStreamOperator<KbUpdate> updates,
      Topology.Parameters parameters) {
    var time = parameters.time();
    var linking = parameters.linking();
    var changes =
        updates
            .keyBy(KbUpdate::key, Types.STRING)
            .transform(
                "entry aliases",
                LinkTypeInformation.CHANGE,
                new EntryAliasesOperator(linking.models()))
            .uid("entry-aliases");
    var tasks =
        extracted
            .rebalance()
            .connect(changes.getSideOutput(EntryAliasesOperator.MARKS).broadcast())
            .transform(
                "find mentions",
                LinkTypeInformation.TASK,
                new FindMentionsOperator(time, linking.parameters().maxMentions()))
            .uid("find-mentions");
    var answers =
        tasks
            .getSideOutput(FindMentionsOperator.QUERIES)
            .keyBy(AliasQuery::key, Types.STRING)
            .connect(changes.keyBy(AliasChange::key, Types.STRING))
            .transform(
                CandidatesOperator.STAGE,
                LinkTypeInformation.ANSWER,
                new CandidatesOperator(time, linking.parameters().maxCandidates()))
            .uid("candidates");
    return tasks
        .keyBy(LinkTask::key, Types.STRING)
        .connect(answers.keyBy(AliasAnswer::document, Types.STRING))
        .transform(AssembleOperator.STAGE, LinkTypeInformation.TASK, new AssembleOperator())
        .uid("assemble")
        .transform(
            DisambiguateOperator.STAGE, EnvelopeTypeInformation.ENVELOPE, linking.disambiguate())
        .uid("disambiguate");
  }

  /**
   * The branch that groups what could not be linked: mentions that are NIL, by channel and name.
   * Behind it nothing comes back to the documents.
   *
   * @param linked documents behind linking
   * @param control changes that people ask for; of these the promotions of groups are marked
   */
  static SingleOutputStreamOperator<GroupState> nilGroups(
      DataStream<EnrichedDocument> linked,
      DataStream<ControlChange> control,
      EpochTime time,
      NilParameters parameters) {
    var exceptTypes = parameters.exceptTypes();
    var promotions =
        control
            .flatMap(LinkingTopology::promotion, TypeInformation.of(GroupPromotion.class))
            .name("promotions")
            .uid("promotions")
            .setParallelism(1);
    return linked
        .flatMap(
            (document, out) -> UnlinkedMentions.of(document, exceptTypes).forEach(out::collect),
            TypeInformation.of(UnlinkedMention.class))
        .name("unlinked mentions")
        .uid("unlinked-mentions")
        .keyBy(UnlinkedMention::key, Types.STRING)
        .connect(promotions.keyBy(GroupPromotion::key, Types.STRING))
        .process(new NilGroupsFunction(time, parameters), TypeInformation.of(GroupState.class))
        .name(NilGroupsFunction.STAGE)
        .uid(NilGroupsFunction.STAGE);
  }

  private static void promotion(ControlChange change, Collector<GroupPromotion> out) {
    if (change.kind().equals(ControlChange.CANDIDATE)) {
      var entity = change.action() == null ? null : Promotion.of(change).id();
      out.collect(new GroupPromotion(change.channel(), change.target(), entity));
    }
  }
}
