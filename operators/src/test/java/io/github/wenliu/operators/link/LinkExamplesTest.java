package io.github.wenliu.operators.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wenliu.models.link.LinkStatistics;
import io.github.wenliu.operators.Samples;
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
          List.of(
              new KbEntry(
                  "main", ID, "另一个名字", List.of(), List.of("人物"), "", List.of(), null, null)),
          "main",
          new HashedLinkModel(),
          LinkParameters.DEFAULT);
  private final LinkTask task =
      kb.task(Samples.entered(EpochTime.DEFAULT, "main", HashedLinkModel.LEARNED + "来了", 3, 7));

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

    assertThat(new LinkExamples(own, 8).example(task, own)).isNull();
    var example = new LinkExamples(twice, 8).example(task, own);
    assertThat(example.mentions()).hasSize(1);
    assertThat(example.pairs().pairs()).isEqualTo(1);
    assertThat(example.pairs().features()).hasSize(LinkFeature.COUNT);
    assertThat(example.pairs().context()).hasSize(8);
  }
}
