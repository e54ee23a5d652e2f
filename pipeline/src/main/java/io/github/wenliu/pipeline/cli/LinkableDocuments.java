package io.github.wenliu.pipeline.cli;

import io.github.wenliu.models.extract.Extraction;
import io.github.wenliu.models.extract.ModelSelection;
import io.github.wenliu.operators.document.Document;
import io.github.wenliu.operators.document.EnrichedDocument;
import io.github.wenliu.operators.document.Entity;
import io.github.wenliu.operators.document.RawRecord;
import io.github.wenliu.operators.extract.DocumentExtraction;
import io.github.wenliu.operators.link.GoldLinks;
import java.util.ArrayList;
import java.util.List;

/** Documents as linking takes them, of annotated texts. */
final class LinkableDocuments {

  private static final String GOLD_TYPE = "ENTITY";

  private LinkableDocuments() {}

  /** A text without any layer. */
  static EnrichedDocument of(String file, int row, String text) {
    var raw = new RawRecord(file, 0, row, 0, null, new byte[0], List.of());
    var document =
        new Document(file + ":" + row, text, null, KbOptions.CHANNEL, null, null, null, null);
    return EnrichedDocument.entering(raw, document, 0, 0, 0);
  }

  /** A text with what a model found in it. */
  static EnrichedDocument extracted(
      EnrichedDocument document, ModelSelection selection, Extraction extraction) {
    return DocumentExtraction.filled(document, selection, extraction);
  }

  /** A text with the mentions that people marked in it, each an entity, in order. */
  static EnrichedDocument marked(EnrichedDocument document, List<GoldLinks.Place> places) {
    var text = document.document().text();
    var entities = new ArrayList<Entity>(places.size());
    for (var place : places) {
      int from = text.offsetByCodePoints(0, place.start());
      int to = text.offsetByCodePoints(from, place.end() - place.start());
      entities.add(
          new Entity(place.start(), place.end(), from, to, GOLD_TYPE, 1, Entity.GIVEN, null, null));
    }
    return document.withExtraction(entities, null, document.versions());
  }
}
