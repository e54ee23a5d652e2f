package io.github.wenliu.pipeline;

import io.github.wenliu.operators.cluster.Alignment;
import io.github.wenliu.operators.cluster.CommunitiesOperator;
import io.github.wenliu.operators.cluster.CommunityEvent;
import io.github.wenliu.operators.cluster.CommunityParameters;
import io.github.wenliu.operators.cluster.CommunityState;
import io.github.wenliu.operators.cluster.CountEdgesOperator;
import io.github.wenliu.operators.cluster.EdgeBatch;
import io.github.wenliu.operators.cluster.MembershipChange;
import io.github.wenliu.operators.cluster.PairWordsOperator;
import io.github.wenliu.operators.cluster.TagCommunitiesOperator;
import io.github.wenliu.operators.control.ModelProbe;
import io.github.wenliu.operators.control.SettingsOperator;
import io.github.wenliu.operators.document.ControlAck;
import io.github.wenliu.operators.document.ControlChange;
import io.github.wenliu.operators.document.DeadLetter;
import io.github.wenliu.operators.document.EnrichedDocument;
import io.github.wenliu.operators.document.EpochTime;
import io.github.wenliu.operators.document.ModelChoice;
import io.github.wenliu.operators.document.Setting;
import io.github.wenliu.operators.document.SourceRecord;
import io.github.wenliu.operators.door.DoorFunction;
import io.github.wenliu.operators.envelope.EnvelopeTypeInformation;
import io.github.wenliu.operators.epoch.StayActiveOperator;
import io.github.wenliu.operators.epoch.TagKey;
import io.github.wenliu.operators.extract.ExtractOperator;
import io.github.wenliu.operators.extract.ExtractionParameters;
import io.github.wenliu.operators.extract.ExtractorFactory;
import io.github.wenliu.operators.flood.FloodGuardParameters;
import io.github.wenliu.operators.link.DisambiguateOperator;
import io.github.wenliu.operators.link.KbOperator;
import io.github.wenliu.operators.link.KbRecord;
import io.github.wenliu.operators.link.KbUpdate;
import io.github.wenliu.operators.link.LinkModelFactory;
import io.github.wenliu.operators.link.LinkParameters;
import io.github.wenliu.operators.link.LinkTask;
import io.github.wenliu.operators.newword.NewWordParameters;
import io.github.wenliu.operators.newword.TagKnowledge;
import io.github.wenliu.operators.newword.TagWordsOperator;
import io.github.wenliu.operators.newword.VocabularyDelta;
import io.github.wenliu.operators.newword.VocabularyFunction;
import io.github.wenliu.operators.newword.WordEvent;
import io.github.wenliu.operators.newword.WordState;
import io.github.wenliu.operators.nil.GroupState;
import io.github.wenliu.operators.nil.NilParameters;
import io.github.wenliu.operators.trends.TrendEvent;
import io.github.wenliu.operators.trends.TrendParameters;
import java.time.Duration;
import java.util.Set;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperatorFactory;

/**
 * The corridor: takes the stream of source records in and hands the streams of results out. It
 * knows neither Kafka nor where it runs, so tests, the command line and production run the same
 * wiring.
 */
public final class Topology {

  /**
   * Key groups of every keyed state: an upper bound of the parallelism, fixed for the life of the
   * state.
   */
  public static final int MAX_PARALLELISM = 720;

  /**
   * What leaves the corridor.
   *
   * @param enriched documents with all their layers
   * @param deadLetters what was turned away on the way
   * @param words states of words, in order for each word
   * @param wordEvents what happened to words
   * @param controlAcks answers to control changes
   * @param trends which words become hot and cool; {@code null} without the branch
   * @param communities states of communities, in order for each; {@code null} without the branch
   * @param communityEvents what happened to communities; {@code null} without the branch
   * @param entityCandidates states of groups of unlinked mentions, in order for each; {@code null}
   *     without linking
   */
  public record Results(
      DataStream<EnrichedDocument> enriched,
      DataStream<DeadLetter> deadLetters,
      DataStream<WordState> words,
      DataStream<WordEvent> wordEvents,
      DataStream<TrendEvent> trends,
      DataStream<ControlAck> controlAcks,
      DataStream<CommunityState> communities,
      DataStream<CommunityEvent> communityEvents,
      DataStream<GroupState> entityCandidates) {}

  /**
   * What can be set about the stages.
   *
   * @param trends {@code null} for a corridor without them
   * @param communities {@code null} for a corridor without them
   * @param model what documents are extracted with where nobody chose
   * @param probe checks models that are chosen
   * @param extraction {@code null} for a corridor without it
   * @param extractors opens the models
   * @param linking {@code null} for a corridor without it
   */
  public record Parameters(
      EpochTime time,
      FloodGuardParameters floodGuard,
      NewWordParameters newWords,
      Set<String> knownWords,
      TrendParameters trends,
      Communities communities,
      ModelChoice model,
      ModelProbe probe,
      ExtractionParameters extraction,
      ExtractorFactory extractors,
      Linking linking) {}

  /**
   * What can be set about communities.
   *
   * @param parameters how they are formed
   * @param alignment which version of the memberships a document meets
   * @param lag how many epochs a version is older than the documents it serves, where it is aligned
   *     with event time
   */
  public record Communities(CommunityParameters parameters, Alignment alignment, int lag) {}

  /**
   * What can be set about entity linking.
   *
   * @param parameters its bounds
   * @param models opens the model
   * @param disambiguate decides what mentions mean
   * @param nil which unlinked mentions are grouped, when groups are published and forgotten
   * @param bootstrapParts how many times the records of the knowledge base say that what stood
   *     there has come
   * @param bootstrapLimit how long that may take before the job fails
   */
  public record Linking(
      LinkParameters parameters,
      LinkModelFactory models,
      OneInputStreamOperatorFactory<LinkTask, EnrichedDocument> disambiguate,
      NilParameters nil,
      int bootstrapParts,
      Duration bootstrapLimit) {}

  private Topology() {}

  /**
   * Wires the stages behind a source.
   *
   * @param source each partition in order, with watermarks made by the same rules of time
   * @param control changes that people ask for; idle, without a watermark, behind those that stood
   *     there
   * @param kb what the knowledge base holds and what changes in it, with an end of what stood there
   *     at the beginning; {@code null} for a corridor without linking
   */
  public static Results build(
      DataStream<SourceRecord> source,
      DataStream<ControlChange> control,
      DataStream<KbRecord> kb,
      Parameters parameters) {
    var time = parameters.time();
    var documents =
        source
            .process(
                new DoorFunction(time, parameters.floodGuard()), EnvelopeTypeInformation.ENVELOPE)
            .name("door")
            .uid("door")
            .setParallelism(source.getParallelism());
    var vocabulary = WordsTopology.vocabulary(documents, control, parameters);
    var timeOfDocuments = timeOf(documents);
    var settings = settings(timeOfDocuments, control, parameters);
    var updates =
        parameters.linking() == null
            ? null
            : LinkingTopology.updates(timeOfDocuments, control, kb, parameters);
    var tagged =
        documents
            .keyBy(new TagKey(), Types.LONG)
            .connect(knowledge(vocabulary, settings, updates).broadcast())
            .transform(
                "tag words",
                EnvelopeTypeInformation.ENVELOPE,
                new TagWordsOperator(time, parameters.model()))
            .uid("tag-words");
    var trends =
        parameters.trends() == null
            ? null
            : WordsTopology.trends(tagged, vocabulary, time, parameters.trends());
    var extracted = parameters.extraction() == null ? tagged : extract(tagged, parameters);
    var communities =
        parameters.communities() == null
            ? null
            : communities(extracted, time, parameters.communities().parameters());
    var linked = updates == null ? extracted : LinkingTopology.link(extracted, updates, parameters);
    DataStream<DeadLetter> deadLetters = documents.getSideOutput(DoorFunction.DEAD_LETTERS);
    DataStream<ControlAck> acks =
        vocabulary
            .getSideOutput(VocabularyFunction.ACKS)
            .union(settings.getSideOutput(SettingsOperator.ACKS));
    if (parameters.extraction() != null) {
      deadLetters = deadLetters.union(extracted.getSideOutput(ExtractOperator.DEAD_LETTERS));
    }
    if (updates != null) {
      deadLetters =
          deadLetters.union(
              updates.getSideOutput(KbOperator.DEAD_LETTERS),
              linked.getSideOutput(DisambiguateOperator.DEAD_LETTERS));
      acks = acks.union(updates.getSideOutput(KbOperator.ACKS));
    }
    return new Results(
        communities == null
            ? linked
            : tagCommunities(linked, communities, time, parameters.communities()),
        deadLetters,
        vocabulary.getSideOutput(VocabularyFunction.WORDS),
        vocabulary.getSideOutput(VocabularyFunction.EVENTS),
        trends,
        acks,
        communities == null ? null : communities.getSideOutput(CommunitiesOperator.COMMUNITIES),
        communities == null ? null : communities.getSideOutput(CommunitiesOperator.EVENTS),
        updates == null
            ? null
            : LinkingTopology.nilGroups(linked, control, time, parameters.linking().nil()));
  }

  /** No document, but the watermarks of all. */
  static DataStream<EnrichedDocument> timeOf(DataStream<EnrichedDocument> documents) {
    return documents
        .filter(document -> false)
        .name("time of documents")
        .uid("time-of-documents")
        .setParallelism(documents.getParallelism());
  }

  /** What people chose, with the epochs from which it counts; documents only tell the time. */
  private static SingleOutputStreamOperator<Setting> settings(
      DataStream<EnrichedDocument> timeOfDocuments,
      DataStream<ControlChange> control,
      Parameters parameters) {
    return control
        .connect(timeOfDocuments)
        .transform(
            SettingsOperator.STAGE,
            TypeInformation.of(Setting.class),
            new SettingsOperator.Factory(
                parameters.time(), parameters.probe(), SettingsOperator.CHECK_TIMEOUT))
        .uid("settings")
        .setParallelism(1);
  }

  /**
   * All in one stream, whose time is that of the slowest; none of them ever counts as idle. Of the
   * knowledge base it is the time alone that documents wait for here.
   */
  private static DataStream<TagKnowledge> knowledge(
      SingleOutputStreamOperator<VocabularyDelta> vocabulary,
      SingleOutputStreamOperator<Setting> settings,
      SingleOutputStreamOperator<KbUpdate> updates) {
    var type = TypeInformation.of(TagKnowledge.class);
    DataStream<TagKnowledge> knowledge =
        vocabulary
            .transform("vocabulary stays active", vocabulary.getType(), new StayActiveOperator<>())
            .uid("vocabulary-stays-active")
            .map(delta -> TagKnowledge.of(delta), type)
            .name("knowledge of words")
            .uid("knowledge-of-words")
            .union(
                settings
                    .transform(
                        "settings stay active", settings.getType(), new StayActiveOperator<>())
                    .uid("settings-stay-active")
                    .setParallelism(1)
                    .map(setting -> TagKnowledge.of(setting), type)
                    .name("knowledge of settings")
                    .uid("knowledge-of-settings")
                    .setParallelism(1));
    return updates == null
        ? knowledge
        : knowledge.union(
            updates
                .<TagKnowledge>flatMap((update, out) -> {}, type)
                .name("time of kb")
                .uid("time-of-kb")
                .setParallelism(1));
  }

  private static SingleOutputStreamOperator<EnrichedDocument> extract(
      DataStream<EnrichedDocument> tagged, Parameters parameters) {
    return tagged
        .transform(
            ExtractOperator.STAGE,
            EnvelopeTypeInformation.ENVELOPE,
            new ExtractOperator.Factory(
                parameters.extraction(),
                parameters.model(),
                parameters.extractors(),
                parameters.floodGuard()))
        .uid("extract");
  }

  /**
   * The branch that learns communities: content words of a context are paired, pairs summed up by
   * channel and bucket, and the sums of an epoch added to the graph of their channel, of which
   * versions of the communities are made.
   */
  private static SingleOutputStreamOperator<MembershipChange> communities(
      DataStream<EnrichedDocument> extracted, EpochTime time, CommunityParameters parameters) {
    return extracted
        .transform(
            "pair words",
            TypeInformation.of(EdgeBatch.class),
            new PairWordsOperator(time, parameters))
        .uid("pair-words")
        .keyBy(EdgeBatch::key, Types.STRING)
        .transform("count edges", TypeInformation.of(EdgeBatch.class), new CountEdgesOperator(time))
        .uid("count-edges")
        .keyBy(EdgeBatch::channel, Types.STRING)
        .transform(
            "communities",
            TypeInformation.of(MembershipChange.class),
            new CommunitiesOperator.Factory(time, parameters))
        .uid("communities");
  }

  private static DataStream<EnrichedDocument> tagCommunities(
      DataStream<EnrichedDocument> linked,
      SingleOutputStreamOperator<MembershipChange> communities,
      EpochTime time,
      Communities parameters) {
    var memberships =
        communities
            .transform("memberships stay active", communities.getType(), new StayActiveOperator<>())
            .uid("memberships-stay-active");
    return linked
        .keyBy(new TagKey(), Types.LONG)
        .connect(memberships.broadcast())
        .transform(
            "tag communities",
            EnvelopeTypeInformation.ENVELOPE,
            new TagCommunitiesOperator(time.withLag(parameters.lag()), parameters.alignment()))
        .uid("tag-communities");
  }
}
