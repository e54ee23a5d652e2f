package io.github.wenliu.pipeline;

import io.github.wenliu.operators.cluster.CommunitiesOperator;
import io.github.wenliu.operators.cluster.CommunityEvent;
import io.github.wenliu.operators.cluster.CommunityParameters;
import io.github.wenliu.operators.cluster.CommunityState;
import io.github.wenliu.operators.cluster.CountEdgesOperator;
import io.github.wenliu.operators.cluster.EdgeBatch;
import io.github.wenliu.operators.cluster.MembershipChange;
import io.github.wenliu.operators.cluster.PairWordsOperator;
import io.github.wenliu.operators.cluster.TagCommunitiesFunction;
import io.github.wenliu.operators.document.ControlAck;
import io.github.wenliu.operators.document.ControlChange;
import io.github.wenliu.operators.document.DeadLetter;
import io.github.wenliu.operators.document.EnrichedDocument;
import io.github.wenliu.operators.document.EpochTime;
import io.github.wenliu.operators.document.SourceRecord;
import io.github.wenliu.operators.door.DoorFunction;
import io.github.wenliu.operators.door.FloodGuardParameters;
import io.github.wenliu.operators.envelope.EnvelopeTypeInformation;
import io.github.wenliu.operators.newword.CountNgramsOperator;
import io.github.wenliu.operators.newword.CutWindowsOperator;
import io.github.wenliu.operators.newword.EpochSymbols;
import io.github.wenliu.operators.newword.FactBatch;
import io.github.wenliu.operators.newword.NewWordParameters;
import io.github.wenliu.operators.newword.ScoreWordsFunction;
import io.github.wenliu.operators.newword.StayActiveOperator;
import io.github.wenliu.operators.newword.TagKey;
import io.github.wenliu.operators.newword.TagWordsFunction;
import io.github.wenliu.operators.newword.VersionDue;
import io.github.wenliu.operators.newword.VersionsDueFunction;
import io.github.wenliu.operators.newword.VocabularyDelta;
import io.github.wenliu.operators.newword.VocabularyFunction;
import io.github.wenliu.operators.newword.WindowBatch;
import io.github.wenliu.operators.newword.WordEvent;
import io.github.wenliu.operators.newword.WordReport;
import io.github.wenliu.operators.newword.WordState;
import java.util.Set;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

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
   * @param communities states of communities, in order for each; {@code null} without the branch
   * @param communityEvents what happened to communities; {@code null} without the branch
   */
  public record Results(
      DataStream<EnrichedDocument> enriched,
      DataStream<DeadLetter> deadLetters,
      DataStream<WordState> words,
      DataStream<WordEvent> wordEvents,
      DataStream<ControlAck> controlAcks,
      DataStream<CommunityState> communities,
      DataStream<CommunityEvent> communityEvents) {}

  /**
   * What can be set about the stages.
   *
   * @param communities {@code null} for a corridor without them
   */
  public record Parameters(
      EpochTime time,
      FloodGuardParameters floodGuard,
      NewWordParameters newWords,
      Set<String> knownWords,
      CommunityParameters communities) {}

  private Topology() {}

  /**
   * Wires the stages behind a source.
   *
   * @param source each partition in order, with watermarks made by the same rules of time
   * @param control changes that people ask for; idle, without a watermark, behind those that stood
   *     there
   */
  public static Results build(
      DataStream<SourceRecord> source, DataStream<ControlChange> control, Parameters parameters) {
    var time = parameters.time();
    var documents =
        source
            .process(
                new DoorFunction(time, parameters.floodGuard()), EnvelopeTypeInformation.ENVELOPE)
            .name("door")
            .uid("door")
            .setParallelism(source.getParallelism());
    var vocabulary = vocabulary(documents, control, parameters);
    var tagged =
        documents
            .keyBy(new TagKey(), Types.LONG)
            .connect(
                vocabulary
                    .transform(
                        "vocabulary stays active", vocabulary.getType(), new StayActiveOperator<>())
                    .uid("vocabulary-stays-active")
                    .broadcast(TagWordsFunction.VOCABULARY))
            .process(new TagWordsFunction(time), EnvelopeTypeInformation.ENVELOPE)
            .name("tag words")
            .uid("tag-words");
    var communities =
        parameters.communities() == null
            ? null
            : communities(tagged, time, parameters.communities());
    return new Results(
        communities == null ? tagged : tagCommunities(tagged, communities),
        documents.getSideOutput(DoorFunction.DEAD_LETTERS),
        vocabulary.getSideOutput(VocabularyFunction.WORDS),
        vocabulary.getSideOutput(VocabularyFunction.EVENTS),
        vocabulary.getSideOutput(VocabularyFunction.ACKS),
        communities == null ? null : communities.getSideOutput(CommunitiesOperator.COMMUNITIES),
        communities == null ? null : communities.getSideOutput(CommunitiesOperator.EVENTS));
  }

  /**
   * The branch that learns words: windows of the text are counted by channel and shard, candidates
   * scored by channel and bucket, versions of the vocabulary made by channel. Each stage hands on a
   * watermark behind what belongs before it.
   */
  static SingleOutputStreamOperator<VocabularyDelta> vocabulary(
      DataStream<EnrichedDocument> documents,
      DataStream<ControlChange> control,
      Parameters parameters) {
    var time = parameters.time();
    var newWords = parameters.newWords();
    var windows =
        documents
            .transform(
                "cut windows", TypeInformation.of(WindowBatch.class), new CutWindowsOperator(time))
            .uid("cut-windows")
            .setParallelism(documents.getParallelism());
    var versionsDue =
        windows
            .getSideOutput(CutWindowsOperator.SYMBOLS)
            .keyBy(EpochSymbols::channel, Types.STRING)
            .process(new VersionsDueFunction(time, newWords), TypeInformation.of(VersionDue.class))
            .name("versions due")
            .uid("versions-due")
            .transform(
                "versions due stay active",
                TypeInformation.of(VersionDue.class),
                new StayActiveOperator<>())
            .uid("versions-due-stay-active");
    return windows
        .keyBy(WindowBatch::key, Types.STRING)
        .connect(versionsDue.broadcast())
        .transform(
            "count n-grams",
            TypeInformation.of(FactBatch.class),
            new CountNgramsOperator(time, newWords))
        .uid("count-ngrams")
        .keyBy(FactBatch::key, Types.STRING)
        .process(new ScoreWordsFunction(time, newWords), TypeInformation.of(WordReport.class))
        .name("score words")
        .uid("score-words")
        .keyBy(WordReport::channel, Types.STRING)
        .connect(control.keyBy(ControlChange::channel, Types.STRING))
        .process(
            new VocabularyFunction(time, parameters.knownWords(), newWords.emitKnown()),
            TypeInformation.of(VocabularyDelta.class))
        .name("vocabulary")
        .uid("vocabulary");
  }

  /**
   * The branch that learns communities: content words of a context are paired, pairs summed up by
   * channel and bucket, and the sums of an epoch added to the graph of their channel, of which
   * versions of the communities are made.
   */
  private static SingleOutputStreamOperator<MembershipChange> communities(
      DataStream<EnrichedDocument> tagged, EpochTime time, CommunityParameters parameters) {
    return tagged
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
      DataStream<EnrichedDocument> tagged, DataStream<MembershipChange> communities) {
    return tagged
        .connect(communities.broadcast(TagCommunitiesFunction.MEMBERSHIPS))
        .process(new TagCommunitiesFunction(), EnvelopeTypeInformation.ENVELOPE)
        .name("tag communities")
        .uid("tag-communities");
  }
}
