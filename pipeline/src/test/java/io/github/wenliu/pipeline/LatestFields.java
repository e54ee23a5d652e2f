package io.github.wenliu.pipeline;

import io.github.wenliu.operators.document.EnrichedDocument;
import java.util.List;

/** What in a document depends on how far the branch of the communities had come. */
final class LatestFields {

  private LatestFields() {}

  /** A document without them, to be compared. */
  static EnrichedDocument removed(EnrichedDocument document) {
    var words = document.words().stream().map(word -> word.in(null)).toList();
    return document.withCommunities(words, List.of(), document.versions().withMemberships(0));
  }
}
