package io.github.wenliu.operators.newword;

import io.github.wenliu.models.text.Lexicon;
import io.github.wenliu.models.text.NormalizedText;
import io.github.wenliu.models.text.Segmenter;
import io.github.wenliu.models.text.Token;
import io.github.wenliu.operators.document.EnrichedDocument;
import io.github.wenliu.operators.document.ModelChoice;
import io.github.wenliu.operators.document.Word;
import java.util.ArrayList;
import java.util.List;

/**
 * Fills the words layer of a document with a version of its channel's vocabulary, marks the
 * entities that are pinned, and stamps what the rest is to be extracted with. A vocabulary may hold
 * words of the base lexicon, such as pinned ones; they are cut out like the others, but are not
 * new. Not thread-safe.
 */
public final class WordTagger {

  private final Segmenter segmenter = Segmenter.base();
  private final ModelChoice model;

  /**
   * @param model what documents are extracted with where nobody chose
   */
  public WordTagger(ModelChoice model) {
    this.model = model;
  }

  EnrichedDocument tag(
      EnrichedDocument document, VocabularyVersions.Version vocabulary, Settings.InForce settings) {
    var normalized = NormalizedText.of(document.document().text());
    var words = words(normalized, vocabulary.lexicon());
    var chosen = settings.model() == null ? model : settings.model();
    var versions =
        document
            .versions()
            .withWords(
                NormalizedText.VERSION,
                segmenter.lexicon().version(),
                WordScorer.VERSION,
                vocabulary.epoch())
            .withModel(chosen.model(), chosen.schemes());
    var tagged = document.withWords(words, versions);
    return settings.pins() == null
        ? tagged
        : tagged.withExtraction(settings.pins().in(normalized), null, versions);
  }

  /**
   * The words of a text.
   *
   * @param vocabulary words that were discovered
   */
  public List<Word> words(NormalizedText text, Lexicon vocabulary) {
    Lexicon base = segmenter.lexicon();
    List<Token> tokens = segmenter.segment(text, vocabulary);
    var words = new ArrayList<Word>(tokens.size());
    for (Token token : tokens) {
      words.add(
          new Word(
              token.start(),
              token.end(),
              token.startUtf16(),
              token.endUtf16(),
              token.extra() && !base.contains(token.text(text.original())),
              null));
    }
    return words;
  }
}
