package io.github.wenliu.operators.cluster;

import io.github.wenliu.operators.document.EnrichedDocument;
import io.github.wenliu.operators.document.Entity;
import io.github.wenliu.operators.document.Word;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * Says of each word and each entity of a document which community it belongs to, and which ones the
 * document touches: those of its words in their order, then those that only entities belong to.
 */
final class CommunityTagger {

  private CommunityTagger() {}

  static EnrichedDocument tag(EnrichedDocument document, MembershipVersions.Version memberships) {
    var text = document.document().text();
    var touched = new LinkedHashSet<String>();
    var words = new ArrayList<Word>(document.words().size());
    for (Word word : document.words()) {
      var community =
          memberships.isEmpty()
              ? null
              : community(ContentWords.name(text, word), memberships, touched);
      words.add(community == null ? word : word.in(community));
    }
    return document.withCommunities(
        words,
        entities(document, memberships, touched),
        List.copyOf(touched),
        document.versions().withMemberships(memberships.epoch()));
  }

  private static List<Entity> entities(
      EnrichedDocument document,
      MembershipVersions.Version memberships,
      LinkedHashSet<String> touched) {
    if (document.entities() == null || memberships.isEmpty()) {
      return document.entities();
    }
    var text = document.document().text();
    var entities = new ArrayList<Entity>(document.entities().size());
    for (Entity entity : document.entities()) {
      var community = community(ContentWords.name(text, entity), memberships, touched);
      entities.add(community == null ? entity : entity.in(community));
    }
    return entities;
  }

  private static String community(
      String name, MembershipVersions.Version memberships, LinkedHashSet<String> touched) {
    var community = name == null ? null : memberships.community(name);
    if (community != null) {
      touched.add(community);
    }
    return community;
  }
}
