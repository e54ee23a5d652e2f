package io.github.wenliu.operators.link;

import io.github.wenliu.models.link.LinkModel;
import io.github.wenliu.models.link.LinkPairs;
import io.github.wenliu.models.link.LinkThresholds;
import io.github.wenliu.operators.document.EnrichedDocument;
import java.util.List;

/**
 * Decides for a whole document at once what its mentions mean. First it says in numbers what there
 * is to decide, then it makes links of what the model answers. Not thread-safe.
 */
public final class DocumentLinker {

  private final LinkFeatures features;
  private final LinkThresholds thresholds;
  private final LinkParameters parameters;

  public DocumentLinker(LinkModel model, LinkParameters parameters) {
    this.features = new LinkFeatures(model.statistics(), model.tokens(), model.vector());
    this.thresholds = model.thresholds();
    this.parameters = parameters;
  }

  /** The features that a model must have been trained with, in order. */
  public static List<String> featureNames() {
    return LinkFeature.NAMES;
  }

  /**
   * What the model is to be asked.
   *
   * @return {@code null} if no mention has a candidate
   */
  public LinkPairs pairs(LinkTask task) {
    var mentions = MentionCandidates.of(task);
    return mentions.isEmpty() ? null : features.of(task, mentions);
  }

  /**
   * The document with its links.
   *
   * @param logits what the model answered to {@link #pairs}; {@code null} if there were none
   */
  public EnrichedDocument linked(LinkTask task, float[] logits) {
    var decision = new LinkDecision(task, MentionCandidates.of(task), thresholds, parameters);
    return decision.linked(logits);
  }
}
