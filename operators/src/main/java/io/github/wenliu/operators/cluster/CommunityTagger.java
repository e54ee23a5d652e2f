package io.github.wenliu.operators.cluster;

import io.github.wenliu.operators.document.EnrichedDocument;
import io.github.wenliu.operators.document.Word;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/** Says of each word of a document which community it belongs to, and which ones it touches. */
final class CommunityTagger {

  private CommunityTagger() {}

  static EnrichedDocument tag(EnrichedDocument document, Memberships memberships) {
    var text = document.document().text();
    var touched = new LinkedHashSet<String>();
    var words = new ArrayList<Word>(document.words().size());
    for (Word word : document.words()) {
      var community = community(text, word, memberships);
      if (community == null) {
        words.add(word);
      } else {
        touched.add(community);
        words.add(word.in(community));
      }
    }
    return document.withCommunities(
        words, List.copyOf(touched), document.versions().withMemberships(memberships.epoch()));
  }

  private static String community(String text, Word word, Memberships memberships) {
    if (memberships.communities().isEmpty()) {
      return null;
    }
    var name = ContentWords.name(text, word);
    return name == null ? null : memberships.communities().get(name);
  }
}
