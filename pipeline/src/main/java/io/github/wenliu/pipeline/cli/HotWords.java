package io.github.wenliu.pipeline.cli;

import io.github.wenliu.models.text.Lexicon;
import io.github.wenliu.models.text.NormalizedText;
import io.github.wenliu.operators.document.Document;
import io.github.wenliu.operators.document.EnrichedDocument;
import io.github.wenliu.operators.document.ModelChoice;
import io.github.wenliu.operators.document.RawRecord;
import io.github.wenliu.operators.document.Versions;
import io.github.wenliu.operators.newword.WordScore;
import io.github.wenliu.operators.newword.WordTagger;
import io.github.wenliu.operators.trends.TrendEvent;
import io.github.wenliu.operators.trends.TrendHistory;
import io.github.wenliu.pipeline.codec.EventTimes;
import io.github.wenliu.pipeline.config.PipelineConfig;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Which words of documents become hot and cool: what the job tells if all words are known to it
 * from the first document on. Each document counts in the epoch of its own time; all are one
 * channel.
 */
final class HotWords {

  private final WordTagger tagger = new WordTagger(ModelChoice.NONE);
  private final PipelineConfig config;
  private final Lexicon vocabulary;
  private final TrendHistory history;

  /**
   * @param words that count, where the shipped lexicon does not have them
   */
  HotWords(PipelineConfig config, List<WordScore> words) {
    this.config = config;
    this.vocabulary =
        Lexicon.of(
            words.stream().collect(Collectors.toMap(WordScore::word, WordScore::count, Long::sum)));
    this.history = new TrendHistory(config.epochTime(), config.trends());
  }

  void add(RawRecord raw, Document document) {
    long millis = document.timeMillis();
    var inOneChannel =
        new Document(
            document.id(),
            document.text(),
            document.timeMillis(),
            Document.DEFAULT_CHANNEL,
            null,
            null,
            null,
            null);
    history.add(
        EnrichedDocument.entering(raw, inOneChannel, millis, config.epochTime().epochOf(millis), 0)
            .withWords(
                tagger.words(NormalizedText.of(document.text()), vocabulary), Versions.NONE));
  }

  List<TrendEvent> events() {
    return history.events();
  }

  /** Time, type, rank, word, score, documents, rate, lifetime rate, separated by TAB. */
  static String line(TrendEvent event) {
    return String.join(
            "\t",
            EventTimes.format(event.timeMillis()),
            event.type().label(),
            event.rank() == null ? RecordText.NONE : event.rank().toString(),
            event.word(),
            Double.toString(event.burst().score()),
            Double.toString(event.burst().documents()),
            Double.toString(event.burst().rate()),
            Double.toString(event.burst().lifetimeRate()))
        + "\n";
  }
}
