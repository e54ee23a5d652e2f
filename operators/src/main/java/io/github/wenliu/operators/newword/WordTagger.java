package io.github.wenliu.operators.newword;

import io.github.wenliu.models.text.Lexicon;
import io.github.wenliu.models.text.NormalizedText;
import io.github.wenliu.models.text.Segmenter;
import io.github.wenliu.models.text.Token;
import io.github.wenliu.operators.document.EnrichedDocument;
import io.github.wenliu.operators.document.Word;
import java.util.ArrayList;
import java.util.List;

/**
 * Fills the words layer of a document with a version of its channel's vocabulary. A vocabulary may
 * hold words of the base lexicon, such as pinned ones; they are cut out like the others, but are
 * not new. Not thread-safe.
 */
final class WordTagger {

  private final Segmenter segmenter = Segmenter.base();

  EnrichedDocument tag(EnrichedDocument document, VocabularyVersions.Version vocabulary) {
    String text = document.document().text();
    Lexicon base = segmenter.lexicon();
    List<Token> tokens = segmenter.segment(text, vocabulary.lexicon());
    var words = new ArrayList<Word>(tokens.size());
    for (Token token : tokens) {
      words.add(
          new Word(
              token.start(),
              token.end(),
              token.startUtf16(),
              token.endUtf16(),
              token.extra() && !base.contains(token.text(text)),
              null));
    }
    var versions =
        document
            .versions()
            .withWords(
                NormalizedText.VERSION, base.version(), WordScorer.VERSION, vocabulary.epoch());
    return document.withWords(words, versions);
  }
}
