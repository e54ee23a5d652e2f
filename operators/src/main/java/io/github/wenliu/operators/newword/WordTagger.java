package io.github.wenliu.operators.newword;

import io.github.wenliu.models.text.NormalizedText;
import io.github.wenliu.models.text.Segmenter;
import io.github.wenliu.models.text.Token;
import io.github.wenliu.operators.document.EnrichedDocument;
import io.github.wenliu.operators.document.Word;
import java.util.ArrayList;
import java.util.List;

/**
 * Fills the words layer of a document with a version of its channel's vocabulary. Not thread-safe.
 */
final class WordTagger {

  private final Segmenter segmenter = Segmenter.base();

  EnrichedDocument tag(EnrichedDocument document, VocabularyVersions.Version vocabulary) {
    List<Token> tokens = segmenter.segment(document.document().text(), vocabulary.lexicon());
    var words = new ArrayList<Word>(tokens.size());
    for (Token token : tokens) {
      words.add(
          new Word(
              token.start(),
              token.end(),
              token.startUtf16(),
              token.endUtf16(),
              token.extra(),
              null));
    }
    var versions =
        document
            .versions()
            .withWords(NormalizedText.VERSION, segmenter.lexicon().version(), vocabulary.epoch());
    return document.withWords(words, versions);
  }
}
