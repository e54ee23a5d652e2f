package io.github.wenliu.operators.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wenliu.operators.Samples;
import io.github.wenliu.operators.document.EnrichedDocument;
import io.github.wenliu.operators.document.Entity;
import io.github.wenliu.operators.document.EpochTime;
import io.github.wenliu.operators.document.Relation;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;

/** Features and decisions, with answers that stand in the tests. */
class DocumentLinkerTest {

  private static final String TEXT = "北大校长在北京大学发表演讲";
  private static final LinkParameters WEIGHED = new LinkParameters(256, 16, 5, false);

  private final HashedLinkModel model = new HashedLinkModel();
  private final KnowledgeBase kb =
      new KnowledgeBase(
          List.of(
              entry("Q1", "北京大学", List.of("北大"), "大学", "在北京的大学"),
              entry("Q2", "北大", List.of(), "地名", "黑龙江的荒原"),
              entry("Q3", "北京", List.of(), "城市", "首都")),
          "main",
          model,
          LinkParameters.DEFAULT);

  private static KbEntry entry(
      String id, String name, List<String> aliases, String type, String description) {
    return new KbEntry(
        "main", id, name, aliases, List.of(type), description, List.of(), null, null);
  }

  private static EnrichedDocument document(Entity... entities) {
    var document = Samples.entered(EpochTime.DEFAULT, "main", TEXT, 3, 7);
    return document.withExtraction(
        List.of(entities),
        entities.length < 2 ? List.of() : List.of(new Relation(1, "在", 0, 0.5)),
        document.versions());
  }

  private static Entity entity(int start, int end, String origin) {
    return new Entity(start, end, start, end, "ORG", 0.9, origin, null, null);
  }

  private final LinkTask task = kb.task(document(entity(5, 9, "model"), entity(10, 11, "model")));

  /** Log-odds for each pair: of the mention that begins there, and of the candidate. */
  private float[] logits(LinkTask of, BiFunction<Mention, String, Double> odds) {
    var mentions = MentionCandidates.of(of);
    int pairs = mentions.stream().mapToInt(mention -> mention.entries().size()).sum();
    float[] logits = new float[2 * pairs];
    int pair = 0;
    for (var mention : mentions) {
      for (var entry : mention.entries()) {
        double value = odds.apply(mention.mention(), entry.id());
        logits[2 * pair] = (float) value;
        logits[2 * pair++ + 1] = (float) value;
      }
    }
    return logits;
  }

  private float feature(LinkTask of, int start, int end, String id, LinkFeature feature) {
    var pairs = new DocumentLinker(model, WEIGHED).pairs(of);
    int pair = 0;
    for (var mention : MentionCandidates.of(of)) {
      for (var entry : mention.entries()) {
        if (mention.mention().start() == start
            && mention.mention().end() == end
            && entry.id().equals(id)) {
          return pairs.features()[pair * LinkFeature.COUNT + feature.ordinal()];
        }
        pair++;
      }
    }
    throw new AssertionError("no such pair");
  }

  @Test
  void featuresSayWhatThePairIs() {
    assertThat(feature(task, 0, 2, "Q1", LinkFeature.IS_ALIAS)).isEqualTo(1);
    assertThat(feature(task, 0, 2, "Q1", LinkFeature.SURER_OTHER)).isEqualTo(1);
    assertThat(feature(task, 0, 2, "Q2", LinkFeature.IS_NAME)).isEqualTo(1);
    assertThat(feature(task, 0, 2, "Q1", LinkFeature.FULL_NAME)).isEqualTo(1);
    assertThat(feature(task, 0, 2, "Q1", LinkFeature.SURER_ELSEWHERE)).isEqualTo(1);
    assertThat(feature(task, 0, 2, "Q1", LinkFeature.AT_START)).isEqualTo(1);
    assertThat(feature(task, 5, 9, "Q1", LinkFeature.ENTITY)).isEqualTo(1);
    assertThat(feature(task, 5, 9, "Q1", LinkFeature.TYPE_IN_TEXT)).isEqualTo(1);
    assertThat(feature(task, 5, 7, "Q3", LinkFeature.INSIDE_LONGER)).isEqualTo(1);
    assertThat(feature(task, 5, 7, "Q3", LinkFeature.INSIDE_ENTITY)).isEqualTo(1);
    assertThat(feature(task, 5, 9, "Q1", LinkFeature.DESCRIPTION_SHARE))
        .isGreaterThan(feature(task, 0, 2, "Q2", LinkFeature.DESCRIPTION_SHARE));
    assertThat(LinkFeature.NAMES).hasSize(LinkFeature.COUNT).doesNotHaveDuplicates();
  }

  @Test
  void anObjectThatIsTheMentionItselfSaysNothing() {
    var university =
        new KbEntry(
            "main",
            "Q1",
            "北京大学",
            List.of("北大"),
            List.of("大学"),
            "",
            List.of(new KbFact("简称", "北大"), new KbFact("所在地", "北京"), new KbFact("别名", "燕园")),
            null,
            null);
    var base = new KnowledgeBase(List.of(university), "main", model, LinkParameters.DEFAULT);
    var of = base.task(document());

    // 北大 says nothing of the mention 北大, but something of 北京大学 behind it.
    assertThat(feature(of, 0, 2, "Q1", LinkFeature.FACT_OBJECTS)).isEqualTo(logOfOneMore(1));
    assertThat(feature(of, 5, 9, "Q1", LinkFeature.FACT_OBJECTS)).isEqualTo(logOfOneMore(2));
    assertThat(feature(of, 0, 2, "Q1", LinkFeature.FACTS)).isEqualTo(logOfOneMore(3));
  }

  private static float logOfOneMore(int count) {
    return (float) StrictMath.log1p(count);
  }

  @Test
  void allNumbersAreFinite() {
    for (float value : new DocumentLinker(model, WEIGHED).pairs(task).features()) {
      assertThat(value).isFinite();
    }
  }

  @Test
  void ofLinksThatOverlapTheMoreProbableStays() {
    float[] logits =
        logits(task, (mention, id) -> mention.start() != 5 ? -9.0 : id.equals("Q1") ? 3.0 : 2.0);

    var linked = new DocumentLinker(model, WEIGHED).linked(task, logits);

    assertThat(linked.entities()).extracting(Entity::start).containsExactly(5, 10);
    assertThat(linked.entities().get(0).link().id()).isEqualTo("Q1");
    assertThat(linked.entities().get(1).link().nil()).isTrue();
  }

  @Test
  void ofTwoThatMeanTheSameTheLongerStays() {
    var cut = kb.task(document(entity(5, 7, "model"), entity(10, 11, "model")));
    float[] logits = logits(cut, (mention, id) -> mention.end() == 9 ? 1.0 : -9.0);
    int pair = 0;
    for (var mention : MentionCandidates.of(cut)) {
      for (var entry : mention.entries()) {
        if (mention.mention().end() == 7 && entry.id().equals("Q1")) {
          logits[2 * pair] = 5;
          logits[2 * pair + 1] = 5;
        }
        pair++;
      }
    }

    var linked = new DocumentLinker(model, LinkParameters.DEFAULT).linked(cut, logits);

    assertThat(linked.entities().get(0).link().nil()).isTrue();
    assertThat(linked.entities().get(1).end()).isEqualTo(9);
    assertThat(linked.entities().get(1).link().id()).isEqualTo("Q1");
  }

  @Test
  void whatOnlyTheKnowledgeBaseKnowsBecomesAnEntityAndRelationsFollow() {
    float[] logits = logits(task, (mention, id) -> id.equals("Q1") ? 2.0 : -2.0);

    var linked = new DocumentLinker(model, WEIGHED).linked(task, logits);

    assertThat(linked.entities()).extracting(Entity::start).containsExactly(0, 5, 10);
    var first = linked.entities().get(0);
    assertThat(first.origin()).isEqualTo("lexicon");
    assertThat(first.type()).isEqualTo("大学");
    assertThat(first.link().candidates()).hasSize(2);
    assertThat(linked.relations()).containsExactly(new Relation(2, "在", 1, 0.5));
    assertThat(linked.versions().kb()).isZero();
  }

  @Test
  void anExtractedEntityCountsAsAMentionUnlessToldOtherwise() {
    // Even odds against none: enough for what is a mention for sure, the threshold being low.
    float[] logits = logits(task, (mention, id) -> mention.start() == 5 ? -0.5 : -9.0);

    var sure = new DocumentLinker(model, LinkParameters.DEFAULT).linked(task, logits);
    var weighed = new DocumentLinker(model, WEIGHED).linked(task, logits);

    assertThat(sure.entities().get(0).link().id()).isEqualTo("Q1");
    assertThat(weighed.entities().get(0).link().nil()).isTrue();
    assertThat(weighed.entities().get(0).link().candidates()).hasSize(1);
  }

  @Test
  void probabilitiesOfAGivenMentionAndOfNoneAreOne() {
    var given = kb.taskOfEntities(document(entity(0, 2, Entity.GIVEN)));
    float[] logits = logits(given, (mention, id) -> id.equals("Q1") ? 500.0 : 499.0);

    var link = new DocumentLinker(model, WEIGHED).linked(given, logits).entities().get(0).link();

    assertThat(link.id()).isEqualTo("Q1");
    double sum = link.candidates().stream().mapToDouble(one -> one.score()).sum();
    assertThat(sum).isBetween(0.999, 1.001);
    assertThat(Arrays.asList(link.score())).allMatch(Double::isFinite);
  }

  @Test
  void withoutACandidateAnEntityIsNil() {
    var none =
        new KnowledgeBase(List.of(), "main", model, LinkParameters.DEFAULT)
            .task(document(entity(5, 9, "model"), entity(10, 11, "model")));
    var linker = new DocumentLinker(model, LinkParameters.DEFAULT);

    assertThat(linker.pairs(none)).isNull();
    var linked = linker.linked(none, null);
    assertThat(linked.entities()).allMatch(entity -> entity.link().nil());
    assertThat(linked.relations()).containsExactly(new Relation(1, "在", 0, 0.5));
  }

  @Test
  void aGivenMentionIsLookedUpByItsLongestPartAndAPronounByWhatWasNamed() {
    var text = "Robert Nardelli left. He said President Nardelli was tired.";
    var base =
        new KnowledgeBase(
            List.of(entry("Q9", "Robert Nardelli", List.of(), "person", "")),
            "main",
            model,
            LinkParameters.DEFAULT);
    var document = Samples.entered(EpochTime.DEFAULT, "main", text, 3, 7);
    var marked =
        document.withExtraction(
            List.of(
                entity(0, 15, Entity.GIVEN),
                entity(22, 24, Entity.GIVEN),
                entity(30, 48, Entity.GIVEN)),
            null,
            document.versions());

    assertThat(base.taskOfEntities(marked).mentions())
        .extracting(Mention::alias)
        .containsExactly("robert nardelli", "robert nardelli", "nardelli");
  }

  @Test
  void aGivenMentionIsLookedUpByTheSingularAndByWhatStandsBeforeAComma() {
    var text = "Composers met in Auburn, New York.";
    var base =
        new KnowledgeBase(
            List.of(
                entry("Q5", "composer", List.of(), "profession", ""),
                entry("Q6", "Auburn", List.of(), "city", ""),
                entry("Q7", "New York", List.of(), "state", "")),
            "main",
            model,
            LinkParameters.DEFAULT);
    var document = Samples.entered(EpochTime.DEFAULT, "main", text, 3, 7);
    var marked =
        document.withExtraction(
            List.of(entity(0, 9, Entity.GIVEN), entity(17, 33, Entity.GIVEN)),
            null,
            document.versions());

    assertThat(base.taskOfEntities(marked).mentions())
        .extracting(Mention::alias)
        .containsExactly("composer", "auburn");
  }
}
