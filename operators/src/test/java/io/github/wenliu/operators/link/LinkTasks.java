package io.github.wenliu.operators.link;

import io.github.wenliu.operators.Samples;
import io.github.wenliu.operators.document.EnrichedDocument;
import io.github.wenliu.operators.document.Entity;
import io.github.wenliu.operators.document.EpochTime;
import java.util.ArrayList;
import java.util.List;

/** Documents on their way through linking, for tests. */
final class LinkTasks {

  private LinkTasks() {}

  /** A document of two mentions: one of the extractor at its begin, and one that was found. */
  static LinkTask of(String text, long offset, int candidates) {
    var document = Samples.entered(EpochTime.DEFAULT, "main", text, offset, 7);
    var entity = new Entity(0, 1, 0, 1, "PER", 0.5, "model", null, null);
    return of(
        document.withExtraction(List.of(entity), List.of(), document.versions().withKb(5)),
        candidates);
  }

  private static LinkTask of(EnrichedDocument document, int candidates) {
    var text = document.document().text();
    var first = text.substring(0, 1);
    var rest = text.substring(1, 3);
    var key = document.raw().origin();
    return new LinkTask(
        document,
        List.of(
            new Mention(0, 1, 0, 1, first, 0), new Mention(1, 3, 1, 3, rest, Mention.NO_ENTITY)),
        List.of(
            new AliasAnswer(key, first, candidates("P", candidates), 0),
            new AliasAnswer(key, rest, candidates("Q", candidates), 7)));
  }

  private static List<KbCandidate> candidates(String prefix, int many) {
    var candidates = new ArrayList<KbCandidate>();
    for (int i = 0; i < many; i++) {
      candidates.add(
          new KbCandidate(
              prefix + i,
              "条目" + i,
              NameKind.ALIAS,
              List.of("人物"),
              "说明" + i,
              List.of(new KbFact("出生地", "绍兴")),
              many - i,
              new byte[] {1, 2, 3, 4, 5, 6, 7, (byte) i}));
    }
    return candidates;
  }
}
