package io.github.wenliu.operators.link;

import io.github.wenliu.models.link.LinkPairs;
import io.github.wenliu.models.link.LinkStatistics;
import io.github.wenliu.models.link.LinkTokens;
import io.github.wenliu.models.text.Segmenter;
import java.util.List;

/**
 * Says in numbers how well each candidate of each mention of a document fits, the other mentions
 * taken into account: {@link MentionFeatures} and {@link CandidateFeatures}, pair by pair.
 * O(mentions × pairs + entries × length of a description). Not thread-safe.
 */
final class LinkFeatures {

  private final LinkStatistics statistics;
  private final int tokens;
  private final int vector;
  private final Segmenter segmenter = Segmenter.base();

  /** What is not to be counted, as it is the document's own. */
  private LinkStatistics own = LinkStatistics.NONE;

  /**
   * @param tokens of context that a pair has
   * @param vector dimensions of a description
   */
  LinkFeatures(LinkStatistics statistics, int tokens, int vector) {
    this.statistics = statistics;
    this.tokens = tokens;
    this.vector = vector;
  }

  /** Leaves out of the statistics what a document under training contributed to them. */
  void leaveOut(LinkStatistics own) {
    this.own = own;
  }

  /**
   * The pairs of a document, mention by mention.
   *
   * @param mentions of the task, with their candidates
   */
  LinkPairs of(LinkTask task, List<MentionCandidates> mentions) {
    var scene = new LinkScene(task, mentions, statistics, own, segmenter);
    var ofMentions = new MentionFeatures(scene, segmenter.lexicon());
    var ofCandidates = new CandidateFeatures(scene);
    int pairs = mentions.stream().mapToInt(mention -> mention.entries().size()).sum();
    var features = new float[pairs * LinkFeature.COUNT];
    var context = new int[pairs * tokens];
    var descriptions = new byte[pairs * vector];
    int pair = 0;
    for (var mention : mentions) {
      var common = ofMentions.of(mention);
      int[] around = around(scene, mention.mention());
      int begin = pair;
      for (var entry : mention.entries()) {
        var row = common.copy();
        ofCandidates.put(mention, entry, row);
        row.copyTo(features, pair);
        System.arraycopy(around, 0, context, pair * tokens, around.length);
        byte[] description = entry.vector();
        System.arraycopy(
            description, 0, descriptions, pair * vector, Math.min(vector, description.length));
        pair++;
      }
      compareDescriptions(features, begin, pair);
    }
    return new LinkPairs(pairs, features, context, descriptions);
  }

  private int[] around(LinkScene scene, Mention mention) {
    var neighbours = scene.around(mention);
    return LinkTokens.around(scene.text().text(), neighbours.from(), neighbours.to(), tokens);
  }

  /** What depends on the descriptions of all candidates of a mention. */
  private static void compareDescriptions(float[] features, int begin, int end) {
    float best = 0;
    for (int pair = begin; pair < end; pair++) {
      best = Math.max(best, at(features, pair, LinkFeature.DESCRIPTION_WEIGHT));
    }
    for (int pair = begin; pair < end; pair++) {
      float weight = at(features, pair, LinkFeature.DESCRIPTION_WEIGHT);
      int base = pair * LinkFeature.COUNT;
      features[base + LinkFeature.IS_BEST_BY_DESCRIPTION.ordinal()] =
          weight == best && best > 0 ? 1 : 0;
      features[base + LinkFeature.BEHIND_BEST_DESCRIPTION.ordinal()] = best - weight;
    }
  }

  private static float at(float[] features, int pair, LinkFeature feature) {
    return features[pair * LinkFeature.COUNT + feature.ordinal()];
  }
}
