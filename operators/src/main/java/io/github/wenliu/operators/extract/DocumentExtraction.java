package io.github.wenliu.operators.extract;

import io.github.wenliu.models.extract.EntityMention;
import io.github.wenliu.models.extract.Extraction;
import io.github.wenliu.models.extract.ExtractionRequest;
import io.github.wenliu.models.extract.LexiconHint;
import io.github.wenliu.models.extract.ModelSelection;
import io.github.wenliu.models.extract.RelationTriple;
import io.github.wenliu.models.inference.ModelException;
import io.github.wenliu.operators.document.EnrichedDocument;
import io.github.wenliu.operators.document.Entity;
import io.github.wenliu.operators.document.Relation;
import io.github.wenliu.operators.document.Word;
import java.util.ArrayList;
import java.util.List;

/** Translates documents into what models are asked, and their answers into layers of documents. */
public final class DocumentExtraction {

  private DocumentExtraction() {}

  /** The text, with the mentions that are pinned in it and the words that the stream discovered. */
  static ExtractionRequest request(EnrichedDocument document) {
    var hints = new ArrayList<LexiconHint>();
    if (document.entities() != null) {
      for (Entity pinned : document.entities()) {
        hints.add(new LexiconHint(pinned.start(), pinned.end(), pinned.type()));
      }
    }
    if (document.words() != null) {
      for (Word word : document.words()) {
        if (word.discovered()) {
          hints.add(new LexiconHint(word.start(), word.end(), LexiconHint.WORD));
        }
      }
    }
    return new ExtractionRequest(document.document().text(), hints);
  }

  /**
   * The document with the layers that an answer fills. Without a scheme of relations that layer
   * stays unfilled.
   *
   * @throws ModelException if the answer is none: spans beyond the text, scores that are no
   *     probabilities, relations of entities that are not there
   */
  public static EnrichedDocument filled(
      EnrichedDocument document, ModelSelection selection, Extraction extraction) {
    var text = document.document().text();
    var entities = new ArrayList<Entity>(extraction.entities().size());
    for (EntityMention mention : extraction.entities()) {
      require(
          mention.end() > mention.start()
              && mention.start() >= 0
              && mention.endUtf16() <= text.length(),
          selection,
          "a span that is not in the text");
      requireProbability(mention.score(), selection);
      entities.add(entity(mention));
    }
    return document.withExtraction(
        entities,
        selection.relations() == null ? null : relations(selection, extraction),
        document.versions());
  }

  private static Entity entity(EntityMention mention) {
    return new Entity(
        mention.start(),
        mention.end(),
        mention.startUtf16(),
        mention.endUtf16(),
        mention.type(),
        mention.score(),
        mention.origin(),
        null,
        null);
  }

  private static List<Relation> relations(ModelSelection selection, Extraction extraction) {
    var relations = new ArrayList<Relation>(extraction.relations().size());
    int entities = extraction.entities().size();
    for (RelationTriple triple : extraction.relations()) {
      require(
          isIndex(triple.subject(), entities) && isIndex(triple.object(), entities),
          selection,
          "a relation of entities that are not there");
      requireProbability(triple.score(), selection);
      relations.add(
          new Relation(triple.subject(), triple.predicate(), triple.object(), triple.score()));
    }
    return relations;
  }

  private static boolean isIndex(int index, int size) {
    return index >= 0 && index < size;
  }

  private static void requireProbability(double score, ModelSelection selection) {
    require(score >= 0 && score <= 1, selection, "a score that is no probability");
  }

  private static void require(boolean holds, ModelSelection selection, String found) {
    if (!holds) {
      throw new ModelException(
          "%s:%s answered with %s".formatted(selection.model(), selection.schemes(), found));
    }
  }
}
