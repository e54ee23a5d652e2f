package io.github.wenliu.pipeline;

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
   */
  public record Results(
      DataStream<EnrichedDocument> enriched,
      DataStream<DeadLetter> deadLetters,
      DataStream<WordState> words,
      DataStream<WordEvent> wordEvents,
      DataStream<ControlAck> controlAcks) {}

  private Topology() {}

  /**
   * Wires the stages behind a source.
   *
   * @param source each partition in order, with watermarks made by the same rules of time
   * @param control changes that people ask for; idle, without a watermark, behind those that stood
   *     there
   */
  public static Results build(
      DataStream<SourceRecord> source,
      DataStream<ControlChange> control,
      EpochTime time,
      FloodGuardParameters floodGuard,
      NewWordParameters newWords,
      Set<String> knownWords) {
    var documents =
        source
            .process(new DoorFunction(time, floodGuard), EnvelopeTypeInformation.ENVELOPE)
            .name("door")
            .uid("door")
            .setParallelism(source.getParallelism());
    var vocabulary = vocabulary(documents, control, time, newWords, knownWords);
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
    return new Results(
        tagged,
        documents.getSideOutput(DoorFunction.DEAD_LETTERS),
        vocabulary.getSideOutput(VocabularyFunction.WORDS),
        vocabulary.getSideOutput(VocabularyFunction.EVENTS),
        vocabulary.getSideOutput(VocabularyFunction.ACKS));
  }

  /**
   * The branch that learns words: windows of the text are counted by channel and shard, candidates
   * scored by channel and bucket, versions of the vocabulary made by channel. Each stage hands on a
   * watermark behind what belongs before it.
   */
  static SingleOutputStreamOperator<VocabularyDelta> vocabulary(
      DataStream<EnrichedDocument> documents,
      DataStream<ControlChange> control,
      EpochTime time,
      NewWordParameters newWords,
      Set<String> knownWords) {
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
            new VocabularyFunction(time, knownWords, newWords.emitKnown()),
            TypeInformation.of(VocabularyDelta.class))
        .name("vocabulary")
        .uid("vocabulary");
  }
}
