package io.github.wenliu.operators.link;

import io.github.wenliu.models.link.LinkStatistics;
import io.github.wenliu.models.link.LinkStatistics.Count;
import io.github.wenliu.models.text.Segmenter;
import io.github.wenliu.operators.document.Entity;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A document whose mentions are to be judged, and what annotated texts say of names. */
final class LinkScene {

  private final LinkTask task;
  private final List<MentionCandidates> mentions;
  private final TextProfile text;
  private final LinkStatistics statistics;

  /** What is not to be counted, as it is the document's own. */
  private final LinkStatistics own;

  /** By id of an entry: the surest kind of name under which the document has it. */
  private final Map<String, NameKind> surest = new HashMap<>();

  LinkScene(
      LinkTask task,
      List<MentionCandidates> mentions,
      LinkStatistics statistics,
      LinkStatistics own,
      Segmenter segmenter) {
    this.task = task;
    this.mentions = mentions;
    this.text = new TextProfile(task.document(), segmenter);
    this.statistics = statistics;
    this.own = own;
    for (var mention : mentions) {
      for (var entry : mention.entries()) {
        surest.merge(
            entry.candidate().id(), entry.candidate().kind(), (a, b) -> a.compareTo(b) < 0 ? a : b);
      }
    }
  }

  TextProfile text() {
    return text;
  }

  List<MentionCandidates> mentions() {
    return mentions;
  }

  /** What the extractor found, or came with the text; {@code null} if nobody looked. */
  List<Entity> entities() {
    return task.document().entities();
  }

  Neighbours around(Mention mention) {
    return new Neighbours(text.text(), mention);
  }

  /** How often annotated texts, but for this one, have something, and linked. */
  Count seen(String kind, String key) {
    return statistics.without(own, kind, key);
  }

  /** Whether some mention has the entry by a surer kind of name. */
  boolean hasSurer(KbCandidate candidate) {
    return surest.get(candidate.id()).compareTo(candidate.kind()) < 0;
  }
}
