package io.github.wenliu.pipeline.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.wenliu.operators.document.EnrichedDocument;
import io.github.wenliu.operators.link.KnowledgeBase;
import io.github.wenliu.operators.link.LinkTask;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** Where the mentions come from that annotated texts are linked by. */
final class LinkMentions {

  /** No scheme: mentions come from the knowledge base alone. */
  private static final String NONE = "none";

  @Option(
      names = "--mentions",
      paramLabel = "auto|gold",
      defaultValue = "auto",
      description =
          "auto: what the extractor finds, and names of the knowledge base; gold: those of the input,"
              + " as they are (${DEFAULT-VALUE}).")
  private Source source;

  @Option(
      names = "--scheme",
      paramLabel = "NAME|none",
      defaultValue = "news",
      description = "Label scheme of the extractor, for auto (${DEFAULT-VALUE}).")
  private String scheme;

  /** As users write it. */
  private enum Source {
    auto,
    gold
  }

  /** Filled by the command line. */
  LinkMentions() {}

  /**
   * As commands need it that ask nobody.
   *
   * @param scheme of the extractor, or none
   */
  LinkMentions(boolean gold, String scheme) {
    this.source = gold ? Source.gold : Source.auto;
    this.scheme = scheme;
  }

  boolean areGold() {
    return source == Source.gold;
  }

  /** What may mean something in a document, with all candidates. */
  LinkTask task(KnowledgeBase kb, EnrichedDocument document) {
    return areGold() ? kb.taskOfEntities(document) : kb.task(document);
  }

  /** The label scheme of the extractor, or {@code null}. */
  String scheme() {
    return scheme.equals(NONE) ? null : scheme;
  }

  /** The texts of annotated rows with their entities. */
  List<EnrichedDocument> documents(
      String file, List<JsonNode> rows, ExtractionOptions extraction, PrintWriter err)
      throws IOException {
    var documents = new ArrayList<EnrichedDocument>(rows.size());
    for (int i = 0; i < rows.size(); i++) {
      documents.add(LinkableDocuments.of(file, i, rows.get(i).get("text").textValue()));
    }
    if (areGold()) {
      for (int i = 0; i < rows.size(); i++) {
        var gold = GoldLinkRows.of(file, rows.get(i));
        documents.set(i, LinkableDocuments.marked(documents.get(i), gold.places()));
      }
    } else if (scheme() != null) {
      extract(documents, extraction, err);
    }
    return documents;
  }

  private void extract(
      List<EnrichedDocument> documents, ExtractionOptions extraction, PrintWriter err)
      throws IOException {
    try (var extractor = extraction.open(List.of(scheme()), err)) {
      var ordered =
          new OrderedExtraction<Integer>(
              extractor,
              (i, found, failure) -> {
                if (failure != null) {
                  throw failure;
                }
                documents.set(
                    i, LinkableDocuments.extracted(documents.get(i), extractor.selection(), found));
              });
      for (int i = 0; i < documents.size(); i++) {
        ordered.add(i, documents.get(i).document().text());
      }
      ordered.finish();
    }
  }
}
