package io.github.wenliu.pipeline;

import io.github.wenliu.models.text.Lexicon;
import io.github.wenliu.operators.document.ControlChange;
import io.github.wenliu.operators.document.EnrichedDocument;
import io.github.wenliu.operators.document.EpochTime;
import io.github.wenliu.operators.epoch.StayActiveOperator;
import io.github.wenliu.operators.newword.CountNgramsOperator;
import io.github.wenliu.operators.newword.CutWindowsOperator;
import io.github.wenliu.operators.newword.FactBatch;
import io.github.wenliu.operators.newword.PackTextsOperator;
import io.github.wenliu.operators.newword.ScoreWordsOperator;
import io.github.wenliu.operators.newword.SymbolBatch;
import io.github.wenliu.operators.newword.TextBatch;
import io.github.wenliu.operators.newword.VersionDue;
import io.github.wenliu.operators.newword.VersionsDueOperator;
import io.github.wenliu.operators.newword.VocabularyDelta;
import io.github.wenliu.operators.newword.VocabularyFunction;
import io.github.wenliu.operators.newword.WindowBatch;
import io.github.wenliu.operators.newword.WordEvent;
import io.github.wenliu.operators.newword.WordReport;
import io.github.wenliu.operators.trends.AnnouncedWord;
import io.github.wenliu.operators.trends.DocumentWords;
import io.github.wenliu.operators.trends.EpochTally;
import io.github.wenliu.operators.trends.TallyWordsFunction;
import io.github.wenliu.operators.trends.TrendEvent;
import io.github.wenliu.operators.trends.TrendParameters;
import io.github.wenliu.operators.trends.TrendsFunction;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.util.Collector;

/**
 * The branches that learn of words: versions of the vocabulary, and which of its words are hot.
 * {@link Topology} joins them to the corridor.
 */
final class WordsTopology {

  private WordsTopology() {}

  /**
   * The branch that learns words: equal texts meet by channel and part, windows of the text are
   * counted by channel and shard, candidates scored by channel and bucket, versions of the
   * vocabulary made by channel. Each stage hands on a watermark behind what belongs before it.
   */
  static SingleOutputStreamOperator<VocabularyDelta> vocabulary(
      DataStream<EnrichedDocument> documents,
      DataStream<ControlChange> control,
      Topology.Parameters parameters) {
    var time = parameters.time();
    var newWords = parameters.newWords();
    var windows =
        documents
            .transform(
                "pack texts",
                TypeInformation.of(TextBatch.class),
                new PackTextsOperator(time, newWords))
            .uid("pack-texts")
            .setParallelism(documents.getParallelism())
            .keyBy(TextBatch::key, Types.STRING)
            .transform(
                "cut windows",
                TypeInformation.of(WindowBatch.class),
                new CutWindowsOperator(time, newWords))
            .uid("cut-windows");
    var versionsDue =
        windows
            .getSideOutput(CutWindowsOperator.SYMBOLS)
            .keyBy(SymbolBatch::channel, Types.STRING)
            .transform(
                "versions due",
                TypeInformation.of(VersionDue.class),
                new VersionsDueOperator(time, newWords))
            .uid("versions-due")
            .transform(
                "versions due stay active",
                TypeInformation.of(VersionDue.class),
                new StayActiveOperator<>())
            .uid("versions-due-stay-active");
    var counted =
        windows
            .keyBy(WindowBatch::key, Types.STRING)
            .connect(versionsDue.broadcast())
            .transform(
                "count n-grams",
                TypeInformation.of(FactBatch.class),
                new CountNgramsOperator(time, newWords))
            .uid("count-ngrams");
    // As versions due stay active, what is counted never passes for idle, in part or in whole.
    return counted
        .keyBy(FactBatch::key, Types.STRING)
        .connect(counted.getSideOutput(CountNgramsOperator.PAIRS).broadcast())
        .transform(
            "score words",
            TypeInformation.of(WordReport.class),
            new ScoreWordsOperator(time, newWords))
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
   * The branch that tells hot words: documents are counted by their words in parts of their
   * channel, and the counts of an epoch added up by channel. What words had occurred when they were
   * announced comes from the vocabulary; documents that are tagged with them come later.
   */
  static DataStream<TrendEvent> trends(
      DataStream<EnrichedDocument> tagged,
      SingleOutputStreamOperator<VocabularyDelta> vocabulary,
      EpochTime time,
      TrendParameters parameters) {
    var counted = parameters.words();
    var events = vocabulary.getSideOutput(VocabularyFunction.EVENTS);
    var announced =
        events
            .transform("word events stay active", events.getType(), new StayActiveOperator<>())
            .uid("word-events-stay-active")
            .flatMap(WordsTopology::announced, TypeInformation.of(AnnouncedWord.class))
            .name("announced words")
            .uid("announced-words");
    return tagged
        .map(
            document -> DocumentWords.of(document, counted),
            TypeInformation.of(DocumentWords.class))
        .name("words of documents")
        .uid("words-of-documents")
        .keyBy(DocumentWords::key, Types.STRING)
        .process(new TallyWordsFunction(time), TypeInformation.of(EpochTally.class))
        .name("tally words")
        .uid("tally-words")
        .keyBy(EpochTally::channel, Types.STRING)
        .connect(announced.keyBy(AnnouncedWord::channel, Types.STRING))
        .process(new TrendsFunction(time, parameters), TypeInformation.of(TrendEvent.class))
        .name("trends")
        .uid("trends");
  }

  /** Words of the base lexicon are tagged from the first document on, and have no past untold. */
  private static void announced(WordEvent event, Collector<AnnouncedWord> out) {
    if (event.type() == WordEvent.Type.ANNOUNCED
        && event.score() != null
        && !Lexicon.base().contains(event.word())) {
      out.collect(
          new AnnouncedWord(event.channel(), event.word(), event.epoch(), event.score().count()));
    }
  }
}
