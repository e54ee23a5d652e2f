package io.github.wenliu.operators.nil;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class NilGroupsPropertyTest {

  private static final List<String> WORDS =
      List.of("台风", "登陆", "乐队", "专辑", "渔民", "清蒸", "我们", "今天", "货轮", "屿安", "贝斯手");

  @Property(tries = 200)
  void anyOrderWithinAnEpochGivesTheSameGroups(
      @ForAll("epochs") List<List<UnlinkedMention>> epochs, @ForAll long seed) {
    assertThat(run(shuffled(epochs, new Random(seed)))).isEqualTo(run(epochs));
  }

  @Property(tries = 200)
  void everyMentionIsInOneGroupAndOfAGroupNothingGrowsWithoutBound(
      @ForAll("epochs") List<List<UnlinkedMention>> epochs) {
    var groups = NameGroups.NONE;
    for (var mentions : epochs) {
      groups = after(groups, mentions).state(null);
    }

    long all = epochs.stream().mapToLong(List::size).sum();
    assertThat(groups.groups().stream().mapToLong(NilGroup::mentions).sum()).isEqualTo(all);
    assertThat(groups.groups()).hasSizeLessThanOrEqualTo(Mentions.PARAMETERS.groupsPerName());
    assertThat(groups.groups()).extracting(NilGroup::number).doesNotHaveDuplicates().isSorted();
    for (NilGroup group : groups.groups()) {
      assertThat(group.documents()).isBetween(1L, group.mentions());
      assertThat(group.window()).isBetween(1, NilGroup.FULL_WINDOW);
      assertThat(group.context())
          .hasSizeLessThanOrEqualTo(NilGroup.CONTEXT)
          .allSatisfy(word -> assertThat(word.times()).isLessThanOrEqualTo(group.window()));
    }
  }

  private static NilGroups after(NameGroups before, List<UnlinkedMention> mentions) {
    var groups = new NilGroups(Mentions.PARAMETERS, Mentions.likeness(), before);
    groups.add(mentions);
    return groups;
  }

  /** What is published epoch by epoch, and how the groups stand in the end. */
  private static List<Object> run(List<List<UnlinkedMention>> epochs) {
    var seen = new ArrayList<Object>();
    var state = NameGroups.NONE;
    for (int epoch = 0; epoch < epochs.size(); epoch++) {
      var groups = after(state, epochs.get(epoch));
      groups.forget(epoch, 2);
      seen.add(groups.publish("main", epoch));
      state = groups.state(null);
    }
    seen.add(state);
    return seen;
  }

  private static List<List<UnlinkedMention>> shuffled(
      List<List<UnlinkedMention>> epochs, Random random) {
    return epochs.stream()
        .map(
            mentions -> {
              var shuffled = new ArrayList<>(mentions);
              Collections.shuffle(shuffled, random);
              return List.copyOf(shuffled);
            })
        .toList();
  }

  @Provide
  Arbitrary<List<List<UnlinkedMention>>> epochs() {
    var mention =
        Combinators.combine(
                Arbitraries.integers().between(0, 9),
                Arbitraries.integers().between(0, 3),
                Arbitraries.of("PER", "ORG"),
                Arbitraries.of("墨鲷", "墨 鲷"),
                Arbitraries.of(WORDS).list().uniqueElements().ofMaxSize(5))
            .as(
                (offset, start, type, surface, context) ->
                    Mentions.mention(0, offset, start, type, surface, context));
    return mention
        .list()
        .uniqueElements(m -> m.offset() + "/" + m.start() + "/" + m.type())
        .ofMaxSize(12)
        .list()
        .ofMinSize(1)
        .ofMaxSize(5)
        .map(NilGroupsPropertyTest::numbered);
  }

  /** The mentions of each list in an epoch of their own, in documents of their own. */
  private static List<List<UnlinkedMention>> numbered(List<List<UnlinkedMention>> epochs) {
    var numbered = new ArrayList<List<UnlinkedMention>>();
    for (int epoch = 0; epoch < epochs.size(); epoch++) {
      long at = epoch;
      numbered.add(
          epochs.get(epoch).stream()
              .map(
                  m ->
                      Mentions.mention(
                          at, 100 * at + m.offset(), m.start(), m.type(), m.surface(), m.context()))
              .toList());
    }
    return numbered;
  }
}
