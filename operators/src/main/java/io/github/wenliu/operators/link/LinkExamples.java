package io.github.wenliu.operators.link;

import io.github.wenliu.models.link.LinkPairs;
import io.github.wenliu.models.link.LinkStatistics;
import io.github.wenliu.models.text.NormalizedText;
import io.github.wenliu.operators.document.Entity;
import java.util.List;

/**
 * Makes of annotated documents what a linking model is trained with: what they say of names, and
 * the pairs that the job would ask the model about, as numbers. Not thread-safe.
 */
public final class LinkExamples {

  private final LinkFeatures features;

  /**
   * A mention of a document under training.
   *
   * @param mention the place
   * @param candidates its candidates, in the order of the pairs
   */
  public record Considered(Mention mention, List<KbCandidate> candidates) {}

  /**
   * The pairs of a document, mention by mention.
   *
   * @param mentions in order; the candidates of all of them together are the pairs
   * @param pairs their numbers
   */
  public record Example(List<Considered> mentions, LinkPairs pairs) {}

  /**
   * @param statistics of all documents under training, or of others
   * @param tokens of context that a pair has
   */
  public LinkExamples(LinkStatistics statistics, int tokens) {
    this.features = new LinkFeatures(statistics, tokens, 0);
  }

  /** What one document says of names. */
  public static LinkStatistics observe(LinkTask task, GoldLinks gold) {
    var seen = new LinkStatistics();
    var text = NormalizedText.of(task.document().document().text());
    for (var place : gold.places()) {
      if (place.id() != null) {
        seen.add(LinkStatistics.NAME, LinkStatistics.pair(surface(task, place), place.id()), true);
      }
    }
    gold.ids().forEach(id -> seen.add(LinkStatistics.ENTRY, id, true));
    for (var of : MentionCandidates.of(task)) {
      var mention = of.mention();
      var place = gold.at(mention);
      boolean isLinked = place != null && place.id() != null;
      seen.add(LinkStatistics.SURFACE, mention.alias(), isLinked);
      var neighbours = new Neighbours(text, mention);
      seen.add(LinkStatistics.LEFT, neighbours.before(), isLinked);
      seen.add(LinkStatistics.RIGHT, neighbours.behind(), isLinked);
      seen.add(LinkStatistics.FAR_LEFT, neighbours.farBefore(text), isLinked);
      seen.add(LinkStatistics.FAR_RIGHT, neighbours.farBehind(text), isLinked);
      seen.add(LinkStatistics.LAST, neighbours.last(text), isLinked);
      var entity =
          mention.entity() == Mention.NO_ENTITY
              ? null
              : task.document().entities().get(mention.entity());
      if (entity != null) {
        seen.add(LinkStatistics.AGREEMENT, entity.type(), isLinked);
      }
      if (isLinked) {
        of.entries().forEach(entry -> observe(entry, place.id(), entity, seen));
      }
    }
    return seen;
  }

  private static void observe(KbCandidate entry, String id, Entity entity, LinkStatistics to) {
    boolean isMeant = entry.id().equals(id);
    var end = EntryProfile.end(NormalizedText.of(entry.description()));
    if (!end.isEmpty()) {
      to.add(LinkStatistics.DESCRIPTION, end, isMeant);
    }
    for (String type : entry.types()) {
      to.add(LinkStatistics.TYPE, type, isMeant);
      var given = entity == null ? "" : entity.type();
      to.add(LinkStatistics.AGREEMENT, LinkStatistics.pair(given, type), isMeant);
    }
  }

  private static String surface(LinkTask task, GoldLinks.Place place) {
    var text = task.document().document().text();
    int from = text.offsetByCodePoints(0, place.start());
    int to = text.offsetByCodePoints(from, place.end() - place.start());
    return NormalizedText.normalize(text.substring(from, to)).strip();
  }

  /**
   * The pairs of a document.
   *
   * @param task by a knowledge base that leaves out the names that only the document knows
   * @param own what the document itself contributed to the statistics, which is left out
   * @return {@code null} if no mention has a candidate
   */
  public Example example(LinkTask task, LinkStatistics own) {
    features.leaveOut(own);
    var mentions = MentionCandidates.of(task);
    if (mentions.isEmpty()) {
      return null;
    }
    var considered =
        mentions.stream().map(of -> new Considered(of.mention(), of.entries())).toList();
    return new Example(considered, features.of(task, mentions));
  }
}
