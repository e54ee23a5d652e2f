package io.github.wenliu.operators.nil;

import static io.github.wenliu.operators.nil.Mentions.BAND;
import static io.github.wenliu.operators.nil.Mentions.FISH;
import static io.github.wenliu.operators.nil.Mentions.PARAMETERS;
import static io.github.wenliu.operators.nil.Mentions.SHIP;
import static io.github.wenliu.operators.nil.Mentions.STORM;
import static io.github.wenliu.operators.nil.Mentions.mention;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NilGroupsTest {

  private final NilGroups groups = after(NameGroups.NONE);

  private static NilGroups after(NameGroups before) {
    return new NilGroups(PARAMETERS, Mentions.likeness(), before);
  }

  private List<Long> mentionsByGroup() {
    return groups.state(null).groups().stream().map(NilGroup::mentions).toList();
  }

  private List<String> published(long epoch) {
    return groups.publish("main", epoch).stream().map(GroupState::group).toList();
  }

  @Test
  void oneNameInTwoContextsIsTwoGroups() {
    groups.add(
        List.of(
            mention(1, 1, "EVENT", STORM),
            mention(1, 2, "EVENT", BAND),
            mention(1, 3, "EVENT", List.of("风眼", "停课", "海浪")),
            mention(1, 4, "EVENT", List.of("专辑", "主唱", "歌迷"))));

    var found = groups.publish("main", 1);
    assertThat(found).extracting(GroupState::group).containsExactly("墨鲷#1", "墨鲷#2");
    assertThat(found.get(0).evidence())
        .extracting(NilEvidence::origin)
        .containsExactly("t-0-1", "t-0-3");
    assertThat(found.get(1).context().get(0)).isEqualTo(new Tally("专辑", 2));
  }

  @Test
  void aRareWordTellsMoreThanOneThatStandsEverywhere() {
    var likeness = Mentions.likeness();
    var mention = mention(1, 3, "EVENT", List.of("今天", "贝斯手"));
    var everyday = NilGroup.begun(1, mention(1, 1, "EVENT", List.of("今天", "屿安", "海浪")));
    var band = NilGroup.begun(2, mention(1, 2, "EVENT", List.of("贝斯手", "专辑", "歌迷")));

    assertThat(likeness.of(mention, band)).isGreaterThan(2 * likeness.of(mention, everyday));
  }

  @Test
  void underAnotherTypeMoreOfTheContextIsNeeded() {
    var oneInCommon = List.of("风眼", "乐队", "专辑", "巡演", "贝斯手", "主唱");
    var mostInCommon = List.of("台风", "登陆", "屿安", "风眼", "海浪");
    groups.add(
        List.of(
            mention(1, 1, "EVENT", STORM),
            mention(1, 2, "LOC", mostInCommon),
            mention(1, 3, "ORG", oneInCommon)));

    assertThat(mentionsByGroup()).containsExactly(2L, 1L);
  }

  @Test
  void groupsThatTurnOutToBeAlikeAreOneAndThePublishedOneStays() {
    groups.add(List.of(mention(1, 1, 0, "EVENT", "墨 鲷", List.of("台风", "登陆", "屿安"))));
    groups.add(
        List.of(
            mention(2, 2, "EVENT", List.of("学校", "停课", "家长")),
            mention(2, 3, "EVENT", List.of("停课", "教师"))));
    assertThat(published(2)).containsExactly("墨鲷#2");
    groups.add(List.of(mention(3, 4, "EVENT", List.of("台风", "停课", "屿安", "家长"))));

    var one = groups.publish("main", 3).get(0);
    assertThat(one.group()).isEqualTo("墨鲷#2");
    assertThat(mentionsByGroup()).containsExactly(4L);
    assertThat(groups.merged()).isEqualTo(1);
    assertThat(one.documents()).isEqualTo(4);
    assertThat(one.firstSeenMillis()).isEqualTo(1_001);
    assertThat(one.lastSeenMillis()).isEqualTo(3_004);
    assertThat(one.surfaces()).containsExactly(new Tally("墨鲷", 3), new Tally("墨 鲷", 1));
    assertThat(one.context().get(0)).isEqualTo(new Tally("停课", 3));
    assertThat(one.evidence())
        .extracting(NilEvidence::origin)
        .containsExactlyInAnyOrder("t-0-1", "t-0-2", "t-0-3", "t-0-4");
    assertThat(one.evidence().get(3).origin()).isEqualTo("t-0-4");
  }

  @Test
  void ofTwoPublishedGroupsThatBecomeOneTheTopicLosesTheYounger() {
    groups.add(
        List.of(
            mention(1, 1, "EVENT", STORM),
            mention(1, 2, "EVENT", STORM),
            mention(1, 3, "EVENT", BAND),
            mention(1, 4, "EVENT", BAND)));
    assertThat(published(1)).containsExactly("墨鲷#1", "墨鲷#2");
    groups.add(List.of(mention(2, 5, "EVENT", List.of("台风", "登陆", "乐队", "专辑"))));

    assertThat(groups.publish("main", 2))
        .extracting(GroupState::group, GroupState::isGone)
        .containsExactly(tuple("墨鲷#1", false), tuple("墨鲷#2", true));
    assertThat(published(3)).isEmpty();
  }

  @Test
  void whatPeopleMadeAnEntryTakesTheOtherAndTwoEntriesStayTwo() {
    for (boolean both : new boolean[] {false, true}) {
      var some = after(NameGroups.NONE);
      some.add(List.of(mention(1, 1, "EVENT", STORM), mention(1, 2, "EVENT", BAND)));
      some.promote(2, "Q2");
      if (both) {
        some.promote(1, "Q1");
      }
      some.add(List.of(mention(2, 5, "EVENT", List.of("台风", "登陆", "乐队", "专辑"))));
      assertThat(some.state(null).groups())
          .extracting(NilGroup::entity)
          .containsExactlyElementsOf(both ? List.of("Q1", "Q2") : List.of("Q2"));
    }
  }

  @Test
  void withoutAnyContextTheTypeAndThenTheSizeDecide() {
    groups.add(
        List.of(
            mention(1, 1, "EVENT", STORM),
            mention(1, 2, "EVENT", STORM),
            mention(1, 3, "ORG", BAND),
            mention(1, 4, "ORG", List.of()),
            mention(1, 5, "LOC", List.of())));

    assertThat(mentionsByGroup()).containsExactly(3L, 2L);
  }

  @Test
  void whenANameHasItsGroupsTheMostAlikeTakesWhatComes() {
    groups.add(
        List.of(
            mention(1, 1, "EVENT", STORM),
            mention(1, 2, "ORG", BAND),
            mention(1, 3, "FOOD", FISH),
            mention(1, 4, "ORG", SHIP)));

    assertThat(mentionsByGroup()).as("the one of its type").containsExactly(1L, 2L, 1L);
  }

  @Test
  void aGroupIsPublishedWithEnoughMentionsInEnoughDocumentsAndWhenItChanges() {
    groups.add(List.of(mention(1, 1, 0, "EVENT", "墨鲷", STORM)));
    groups.add(List.of(mention(1, 1, 9, "EVENT", "墨鲷", STORM)));
    assertThat(published(1)).as("one document").isEmpty();
    assertThat(groups.state(null).known()).isFalse();

    groups.add(List.of(mention(2, 2, 0, "EVENT", "墨 鲷", STORM)));
    var state = groups.publish("main", 2).get(0);
    assertThat(state.mentions()).isEqualTo(3);
    assertThat(state.documents()).isEqualTo(2);
    assertThat(state.status()).isEqualTo(GroupState.Status.CANDIDATE);
    assertThat(state.firstSeenMillis()).isEqualTo(1_001);
    assertThat(state.lastSeenMillis()).isEqualTo(2_002);
    assertThat(state.surfaces()).containsExactly(new Tally("墨鲷", 2), new Tally("墨 鲷", 1));
    assertThat(state.evidence())
        .containsExactly(
            new NilEvidence("t-0-1", 0, 2, "…墨鲷1"), new NilEvidence("t-0-2", 0, 2, "…墨 鲷2"));
    assertThat(published(3)).as("nothing new").isEmpty();

    groups.add(List.of(mention(4, 3, "EVENT", STORM)));
    assertThat(published(4)).containsExactly("墨鲷#1");
  }

  @Test
  void aPromotionIsPublishedAndSoIsItsEnd() {
    groups.add(List.of(mention(1, 1, "EVENT", STORM)));
    assertThat(published(1)).isEmpty();

    assertThat(groups.promote(1, "Q1")).isTrue();
    var promoted = groups.publish("main", 2).get(0);
    assertThat(promoted.status()).isEqualTo(GroupState.Status.PROMOTED);
    assertThat(promoted.entity()).isEqualTo("Q1");

    groups.add(List.of(mention(3, 2, "EVENT", STORM)));
    assertThat(groups.publish("main", 3).get(0).entity()).isEqualTo("Q1");
    groups.promote(1, null);
    assertThat(groups.publish("main", 4).get(0).status()).isEqualTo(GroupState.Status.CANDIDATE);
  }

  @Test
  void aNumberThatPeopleHaveUsedIsNotGivenAgain() {
    assertThat(groups.promote(3, "Q1")).isFalse();
    groups.add(List.of(mention(1, 1, "EVENT", STORM), mention(1, 2, "EVENT", STORM)));

    assertThat(published(1)).containsExactly("墨鲷#4");
  }

  @Test
  void whatIsNotSeenForTheRetentionIsForgottenWithATombstone() {
    groups.add(
        List.of(
            mention(1, 1, "EVENT", STORM),
            mention(1, 2, "EVENT", STORM),
            mention(1, 3, "ORG", BAND)));
    assertThat(published(1)).containsExactly("墨鲷#1");
    groups.add(List.of(mention(5, 4, "FOOD", FISH)));

    groups.forget(10, 10);
    assertThat(published(10)).isEmpty();
    groups.forget(11, 10);
    var gone = groups.publish("main", 11);
    assertThat(gone).as("the other was never published").hasSize(1);
    assertThat(groups.forgotten()).isEqualTo(2);
    assertThat(gone.get(0).isGone()).isTrue();
    assertThat(gone.get(0).group()).isEqualTo("墨鲷#1");
    assertThat(groups.oldestEpoch()).isEqualTo(5);
    assertThat(mentionsByGroup()).containsExactly(1L);
  }

  @Test
  void ofANameThatNobodySawNothingStaysAndOfAnotherItsNumbers() {
    var seen = after(NameGroups.NONE);
    seen.add(List.of(mention(1, 1, "EVENT", STORM), mention(1, 2, "EVENT", STORM)));
    seen.publish("main", 1);
    seen.forget(99, 10);
    seen.publish("main", 99);
    assertThat(seen.state(null).isForgettable()).isFalse();
    var again = after(seen.state(null));
    again.add(List.of(mention(100, 9, "EVENT", STORM)));
    assertThat(again.state(null).groups()).extracting(NilGroup::number).containsExactly(2L);

    var unseen = after(NameGroups.NONE);
    unseen.add(List.of(mention(1, 1, "EVENT", STORM)));
    unseen.publish("main", 1);
    unseen.forget(99, 10);
    assertThat(unseen.state(null).isForgettable()).isTrue();
  }

  @Test
  void statesAreRankedByTheCodePointsOfTheirIds() {
    var many =
        new NilGroups(
            new NilParameters(1, 1, PARAMETERS.retention(), 12, Set.of(), true),
            Mentions.likeness(),
            NameGroups.NONE);
    many.add(
        IntStream.range(0, 12)
            .mapToObj(i -> mention(1, i, "T" + i, List.of("上下文之" + i + "甲", "上下文之" + i)))
            .toList());

    var states = many.publish("main", 1);
    assertThat(states).hasSize(12);
    assertThat(states).extracting(GroupState::group).startsWith("墨鲷#1", "墨鲷#10", "墨鲷#11", "墨鲷#12");
    assertThat(states).extracting(GroupState::seq).startsWith(0L, 1L, 2L).endsWith(11L);
  }

  @Test
  void aGroupThatIsMentionedForEverStaysSmallAndFollowsItsContext() {
    var mentions = new ArrayList<UnlinkedMention>();
    for (int i = 0; i < 2_000; i++) {
      var context = new ArrayList<String>();
      for (int j = 0; j < 15; j++) {
        context.add("词" + (17 * i + j));
      }
      context.add(i < 1_000 ? "台风" : "乐队");
      mentions.add(mention(1, i, 0, "T" + i % 20, "墨鲷" + i % 30, context));
    }
    var one =
        new NilGroups(
            new NilParameters(1, 1, PARAMETERS.retention(), 1, Set.of(), true),
            Mentions.likeness(),
            NameGroups.NONE);
    one.add(mentions);

    var group = one.state(null).groups().get(0);
    assertThat(group.mentions()).isEqualTo(2_000);
    assertThat(group.documents()).isEqualTo(2_000);
    assertThat(group.surfaces()).hasSize(NilGroup.SURFACES);
    assertThat(group.types()).hasSize(NilGroup.TYPES);
    assertThat(group.context()).hasSizeLessThanOrEqualTo(NilGroup.CONTEXT);
    assertThat(group.evidence())
        .extracting(NilEvidence::origin)
        .containsExactly("t-0-1995", "t-0-1996", "t-0-1997", "t-0-1998", "t-0-1999");
    assertThat(Tally.timesOf(group.context(), "台风")).as("long ago").isZero();
    assertThat(Tally.timesOf(group.context(), "乐队")).isBetween(32L, 64L);
    assertThat(one.publish("main", 1).get(0).context())
        .hasSize(GroupState.SHOWN_CONTEXT)
        .startsWith(new Tally("乐队", Tally.timesOf(group.context(), "乐队")));
  }
}
