package io.github.wenliu.operators.nil;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wenliu.models.text.Segmenter;
import io.github.wenliu.operators.Samples;
import io.github.wenliu.operators.document.EnrichedDocument;
import io.github.wenliu.operators.document.Entity;
import io.github.wenliu.operators.document.Link;
import io.github.wenliu.operators.document.Versions;
import io.github.wenliu.operators.document.Word;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UnlinkedMentionsTest {

  private static final Link NIL = new Link(null, null, 0.9, List.of(), true);
  private static final Link LINKED = new Link("Q1", "屿安市", 0.9, List.of(), false);

  /** A document with its words, and entities at the first places of some texts. */
  private static EnrichedDocument document(String text, Entity... entities) {
    var words = new ArrayList<Word>();
    for (var token : Segmenter.base().segment(text)) {
      words.add(
          new Word(token.start(), token.end(), token.startUtf16(), token.endUtf16(), false, null));
    }
    var sorted = new ArrayList<>(List.of(entities));
    sorted.sort(Comparator.comparingInt(Entity::start).thenComparingInt(Entity::end));
    return Samples.entered(Mentions.TIME, "main", text, 7, 3)
        .withWords(words, Versions.NONE)
        .withExtraction(sorted, List.of(), Versions.NONE);
  }

  private static Entity entity(String text, String surface, String origin, Link link) {
    return entity(text, surface, "EVENT", origin, link);
  }

  private static Entity entity(String text, String surface, String type, String origin, Link link) {
    int start = text.indexOf(surface);
    int from = text.codePointCount(0, start);
    return new Entity(
        from,
        from + surface.codePointCount(0, surface.length()),
        start,
        start + surface.length(),
        type,
        1,
        origin,
        link,
        null);
  }

  private static Entity nil(String text, String surface) {
    return entity(text, surface, "model", NIL);
  }

  private static List<UnlinkedMention> mentions(EnrichedDocument document) {
    return UnlinkedMentions.of(document, Set.of("TITLE"));
  }

  private static List<String> context(String text, String surface) {
    return mentions(document(text, nil(text, surface))).get(0).context();
  }

  @Test
  void aMentionSaysWhereItStandsAndWhatStandsAroundIt() {
    var text = "😀台风「墨鲷」登陆屿安市，学校停课。";
    var found = mentions(document(text, nil(text, "墨鲷"), entity(text, "屿安市", "model", LINKED)));

    assertThat(found)
        .containsExactly(
            new UnlinkedMention(
                "main",
                "墨鲷",
                "EVENT",
                "墨鲷",
                List.of("台风", "登陆", "屿安市", "学校", "停课"),
                text,
                Samples.TOPIC,
                0,
                7,
                4,
                6,
                3,
                3_000));
  }

  @Test
  void theNameIsNormalised() {
    var text = "听了Ｍo Diao的歌";
    var mention = mentions(document(text, nil(text, "Ｍo Diao"))).get(0);

    assertThat(mention.name()).isEqualTo("mo diao");
    assertThat(mention.surface()).isEqualTo("Ｍo Diao");
  }

  @ParameterizedTest
  @ValueSource(strings = {"relation", "gold"})
  void whatNeitherTheModelFoundNorPeoplePinnedIsNotTaken(String origin) {
    var text = "台风墨鲷登陆";
    assertThat(mentions(document(text, entity(text, "墨鲷", origin, NIL)))).isEmpty();
    assertThat(mentions(document(text, entity(text, "墨鲷", "lexicon", NIL)))).hasSize(1);
  }

  @Test
  void aLabelThatNamesNoThingIsNotTakenUnlessPeoplePinnedIt() {
    var text = "记者到了屿安市";
    assertThat(mentions(document(text, entity(text, "记者", "TITLE", "model", NIL)))).isEmpty();
    assertThat(mentions(document(text, entity(text, "记者", "PER", "model", NIL)))).hasSize(1);
    assertThat(mentions(document(text, entity(text, "记者", "TITLE", "lexicon", NIL)))).hasSize(1);
  }

  @Test
  void whatIsLinkedOrWasNotDecidedIsNotTaken() {
    var text = "台风墨鲷登陆";
    assertThat(mentions(document(text, entity(text, "墨鲷", "model", LINKED)))).isEmpty();
    assertThat(mentions(document(text, entity(text, "墨鲷", "model", null)))).isEmpty();
    assertThat(mentions(Samples.entered(Mentions.TIME, "main", text, 7, 3))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"墨", "42", "墨\n鲷", "—— "})
  void whatIsNoNameIsNotTaken(String surface) {
    var text = "台风" + surface + "登陆";
    assertThat(mentions(document(text, nil(text, surface)))).isEmpty();
  }

  @Test
  void aNameHasABound() {
    var longest = "墨".repeat(64);
    var text = longest + "墨";
    assertThat(mentions(document(text, nil(text, longest)))).hasSize(1);
    assertThat(mentions(document(text, nil(text, text)))).isEmpty();
  }

  @Test
  void punctuationNumbersSingleCharactersAndTheNameItselfAreNoContext() {
    assertThat(context("墨鲷，墨鲷！2026 的 ……台风", "墨鲷")).containsExactly("台风");
  }

  @Test
  void theContextIsTheNearestWordsEachOnceAndNotFarAway() {
    var words = "台风 台风 登陆 学校 停课 专辑 巡演 渔民 清蒸 货轮 港口 海浪 乐队 主唱 歌迷 物价 教师 医院 机场 铁路 ";
    var near = context(words + "墨鲷", "墨鲷");
    assertThat(near).hasSize(UnlinkedMentions.MAX_CONTEXT).startsWith("铁路", "机场", "医院");
    assertThat(near).doesNotContain("台风");

    assertThat(context("台风" + "，".repeat(400) + "登陆墨鲷", "墨鲷")).containsExactly("登陆");
  }

  @Test
  void anEntityInsideTheMentionOrAroundItIsNoContext() {
    var text = "屿安市墨鲷路口堵车";
    var found =
        mentions(
            document(
                text,
                nil(text, "墨鲷路口"),
                entity(text, "墨鲷", "model", LINKED),
                entity(text, "屿安市墨鲷路口", "model", LINKED)));

    assertThat(found).hasSize(1);
    assertThat(found.get(0).context()).containsExactly("堵车");
  }

  @Test
  void anExcerptIsShortAndOnOneLineWhereverTheMentionStands() {
    var half = "𠮷".repeat(100);
    for (String text : List.of("墨鲷" + half, half + "墨鲷", half + "墨鲷" + half)) {
      var excerpt = mentions(document(text, nil(text, "墨鲷"))).get(0).excerpt();
      assertThat(excerpt.codePointCount(0, excerpt.length())).isEqualTo(60);
      assertThat(excerpt).contains("墨鲷");
    }
    var lines = "台风\r\n墨鲷\t登陆";
    assertThat(mentions(document(lines, nil(lines, "墨鲷"))).get(0).excerpt()).isEqualTo("台风  墨鲷 登陆");
  }
}
