package io.github.wenliu.operators.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wenliu.models.link.LinkStatistics;
import io.github.wenliu.operators.Samples;
import io.github.wenliu.operators.document.EnrichedDocument;
import io.github.wenliu.operators.document.Entity;
import io.github.wenliu.operators.document.EpochTime;
import io.github.wenliu.operators.link.GoldLinks.Place;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LinkExamplesTest {

  private static final String ID = HashedLinkModel.LEARNED_ID;
  private static final GoldLinks GOLD = new GoldLinks(List.of(new Place(0, 5, ID)), Set.of(ID));

  private final KnowledgeBase kb =
      new KnowledgeBase(
          List.of(entry(ID, "另一个名字")), "main", new HashedLinkModel(), LinkParameters.DEFAULT);
  private final EnrichedDocument document =
      Samples.entered(EpochTime.DEFAULT, "main", HashedLinkModel.LEARNED + "来了", 3, 7);
  private final LinkTask task = kb.task(document);

  private static KbEntry entry(String id, String name) {
    return new KbEntry("main", id, name, List.of(), List.of("人物"), "", List.of(), null, null);
  }

  @Test
  void whatADocumentSaysOfNamesIsCounted() {
    var seen = LinkExamples.observe(task, GOLD);

    assertThat(seen.of(LinkStatistics.SURFACE, HashedLinkModel.LEARNED).linked()).isEqualTo(1);
    assertThat(seen.of(LinkStatistics.ENTRY, ID).linked()).isEqualTo(1);
    assertThat(seen.of(LinkStatistics.TYPE, "人物").linked()).isEqualTo(1);
    assertThat(seen.of(LinkStatistics.RIGHT, "来").seen()).isEqualTo(1);
    assertThat(seen.namesOf(ID)).containsExactly(HashedLinkModel.LEARNED);
  }

  @Test
  void aNameThatOnlyTheDocumentItselfTaughtIsNoCandidateOfIt() {
    var own = LinkExamples.observe(task, GOLD);
    var twice = new LinkStatistics();
    twice.add(own);
    twice.add(own);

    kb.leaveOut(own, own);
    assertThat(new LinkExamples(own, 8).example(kb.task(document), own)).isNull();
    kb.leaveOut(twice, own);
    var example = new LinkExamples(twice, 8).example(kb.task(document), own);
    assertThat(example.mentions()).hasSize(1);
    assertThat(example.pairs().pairs()).isEqualTo(1);
    assertThat(example.pairs().features()).hasSize(LinkFeature.COUNT);
    assertThat(example.pairs().context()).hasSize(8);
  }

  @Test
  void withoutANameThatOnlyTheDocumentTaughtAGivenMentionIsLookedUpByItsPart() {
    var both =
        new KnowledgeBase(
            List.of(entry(ID, "另一个名字"), entry("part", "名字")),
            "main",
            new HashedLinkModel(),
            LinkParameters.DEFAULT);
    var given =
        document.withExtraction(
            List.of(new Entity(0, 5, 0, 5, "PER", 1, Entity.GIVEN, null, null)),
            null,
            document.versions());
    var own = LinkExamples.observe(both.taskOfEntities(given), GOLD);

    both.leaveOut(own, own);
    assertThat(both.taskOfEntities(given).mentions()).extracting(Mention::alias).containsOnly("名字");
    both.leaveOut(own, LinkStatistics.NONE);
    assertThat(both.taskOfEntities(given).mentions())
        .extracting(Mention::alias)
        .containsOnly(HashedLinkModel.LEARNED);
  }
}
