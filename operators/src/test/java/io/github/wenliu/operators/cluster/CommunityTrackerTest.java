package io.github.wenliu.operators.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class CommunityTrackerTest {

  /** Each change is published at once. */
  @Nested
  class Hastily {

    private final TrackedStream stream = new TrackedStream(1, 3);

    @Test
    void numbersCommunitiesInTheOrderOfTheirFirstMembers() {
      stream.next("xyz", "abc");
      assertThat(stream.told()).containsExactly("born c1", "born c2");
      assertThat(stream.groups()).containsExactly(entry("c1", "abc"), entry("c2", "xyz"));
    }

    @Test
    void tellsWhoTheMembersAre() {
      stream.next("dcba");
      var state = stream.last.states().get(0);
      assertThat(state.label()).isEqualTo("a、b、c");
      assertThat(state.size()).isEqualTo(4);
      assertThat(state.members())
          .extracting(CommunityMember::name)
          .containsExactly("a", "b", "c", "d");
      assertThat(state.flow())
          .isEqualTo(state.members().stream().mapToDouble(CommunityMember::flow).sum());
      assertThat(state.bornMillis()).isEqualTo(TrackedStream.EPOCH_MILLIS);
    }

    @Test
    void leavesOutWhatIsTooSmall() {
      stream.next("ab", "cde");
      assertThat(stream.groups()).containsExactly(entry("c1", "cde"));
    }

    @Test
    void keepsTheIdWhileMembersComeAndGo() {
      stream.next("abcd", "wxyz").next("bcde", "wxyz").next("cdef", "wxyz").next("efgc", "wxyz");
      assertThat(stream.told()).isEmpty();
      assertThat(stream.groups()).containsExactly(entry("c1", "cefg"), entry("c2", "wxyz"));
    }

    @Test
    void writesOnlyWhatChanged() {
      stream.next("abcd", "wxyz").next("abcde", "wxyz");
      assertThat(stream.last.states()).extracting(CommunityState::community).containsExactly("c1");
      assertThat(stream.last.memberships().joined()).containsExactly(entry("e", "c1"));
    }

    @Test
    void theLargerHalfKeepsTheIdOfWhatSplits() {
      stream.next("abcdefgh").next("abc", "defgh");
      assertThat(stream.told()).containsExactly("shrank c1", "split c2 of c1");
      assertThat(stream.groups()).containsExactly(entry("c1", "defgh"), entry("c2", "abc"));
    }

    @Test
    void aFragmentStaysWithItsCommunity() {
      stream.next("abcdefghijklmnopqrst").next("abcdefghijklmnopq", "rst");
      assertThat(stream.told()).isEmpty();
      assertThat(stream.groups()).containsExactly(entry("c1", "abcdefghijklmnopqrst"));
    }

    @Test
    void whatMergesGoesIntoTheHeavier() {
      stream.next("abc", "defgh").next("abcdefgh");
      assertThat(stream.told()).containsExactly("died c1 into c2", "merged c2 of c1");
      var died = stream.last.events().get(0);
      assertThat(died.label()).isEqualTo("a、b、c");
      assertThat(died.size()).isZero();
      assertThat(died.sizeBefore()).isEqualTo(3);
      assertThat(stream.groups()).containsExactly(entry("c2", "abcdefgh"));
    }

    /** Two triangles, and how often pairs between them were met. */
    private TrackedStream.Edge[] triangles(double within, double between, double late) {
      return Stream.concat(
              Stream.of("ab", "ac", "bc", "xy", "xz", "yz")
                  .map(pair -> new TrackedStream.Edge(pair, within, within - 1)),
              Stream.of("ax", "bx", "cz").map(pair -> edge(pair, between, late)))
          .toArray(TrackedStream.Edge[]::new);
    }

    private TrackedStream.Edge edge(String pair, double weight, double late) {
      return new TrackedStream.Edge(pair, weight, pair.equals("cz") ? late / 2 : late);
    }

    @Test
    void tellsThePairsThatMadeAMerger() {
      stream.next("abc", "xyz").linked(triangles(1, 6, 5)).next("abcxyz");
      assertThat(stream.told()).containsExactly("merged c1 of c2", "died c2 into c1");
      var because = stream.last.events().get(0).because();
      assertThat(because)
          .extracting(edge -> edge.one() + edge.other())
          .startsWith("ax")
          .containsExactlyInAnyOrder("ax", "bx", "cz");
      assertThat(because)
          .extracting(ExplainingEdge::bits)
          .allMatch(bits -> bits > 0)
          .isSortedAccordingTo(Comparator.reverseOrder());
      assertThat(stream.last.events().get(1).because()).isEqualTo(because);
    }

    @Test
    void tellsThePairsThatMadeASplit() {
      stream.next("abcxyz").linked(triangles(6, 1, 1)).next("abc", "xyz");
      assertThat(stream.told()).contains("split c2 of c1");
      var split =
          stream.last.events().stream()
              .filter(event -> event.type() == CommunityEvent.Type.SPLIT)
              .findFirst()
              .orElseThrow();
      assertThat(split.because())
          .hasSize(5)
          .extracting(edge -> edge.one() + edge.other())
          .isSubsetOf("ab", "ac", "bc", "xy", "xz", "yz");
    }

    @Test
    void whatWasNotMetOfLateIsNoReason() {
      stream.next("abc", "xyz").linked(triangles(1, 6, 0)).next("abcxyz");
      assertThat(stream.told()).containsExactly("merged c1 of c2", "died c2 into c1");
      assertThat(stream.last.events()).allMatch(event -> event.because().isEmpty());
      stream.linked(triangles(1, 6, 5)).next("abcxyzuvw");
      assertThat(stream.told()).containsExactly("grew c1");
      assertThat(stream.last.events()).allMatch(event -> event.because().isEmpty());
    }

    @Test
    void ofTwoAlikeTheOlderLivesOn() {
      var names = new String[] {"a", "b", "c", "d", "e", "f"};
      var flow = new double[] {1, 1, 1, 1, 1, 1};
      stream.next(names, flow, new int[] {1, 1, 1, 0, 0, 0}, false);
      stream.next(names, flow, new int[] {0, 0, 0, 0, 0, 0}, false);
      assertThat(stream.told()).containsExactly("merged c1 of c2", "died c2 into c1");
    }

    @Test
    void ofTwoEqualHalvesTheFirstKeepsTheId() {
      var names = new String[] {"a", "b", "c", "d", "e", "f"};
      var flow = new double[] {1, 1, 1, 1, 1, 1};
      stream.next(names, flow, new int[] {0, 0, 0, 0, 0, 0}, false);
      stream.next(names, flow, new int[] {1, 1, 1, 0, 0, 0}, false);
      assertThat(stream.groups()).containsExactly(entry("c1", "abc"), entry("c2", "def"));
    }

    @Test
    void aSmallOneThatGoesIntoALargeOneIsNoMerger() {
      stream.next("abcdefghijklmnopqrst", "xyz").next("abcdefghijklmnopqrstxyz");
      assertThat(stream.told()).containsExactly("died c2 into c1");
    }

    @Test
    void whatIsBelowTheLeastSizeDies() {
      stream.next("abc", "xyz").next("abc", "xy");
      assertThat(stream.told()).containsExactly("died c2");
      assertThat(stream.last.memberships().left()).containsExactly("x", "y", "z");
    }

    @Test
    void growsByHalfAndShrinksByAThirdSinceItsLastEvent() {
      stream.next("abcdef").next("abcdefgh");
      assertThat(stream.told()).isEmpty();
      stream.next("abcdefghi");
      assertThat(stream.told()).containsExactly("grew c1");
      assertThat(stream.last.events().get(0).sizeBefore()).isEqualTo(6);
      stream.next("abcdefg");
      assertThat(stream.told()).isEmpty();
      stream.next("abcdef");
      assertThat(stream.told()).containsExactly("shrank c1");
      assertThat(stream.last.events().get(0).sizeBefore()).isEqualTo(9);
    }

    @Test
    void fewMembersMoreOrLessAreNoEventHoweverSmallTheCommunity() {
      stream.next("abcd", "uvwxyz").next("abcdef", "uvwx");
      assertThat(stream.told()).isEmpty();
      stream.next("abcdefg", "uvw");
      assertThat(stream.told()).containsExactly("grew c1", "shrank c2");
    }

    @Test
    void idsDoNotComeBack() {
      stream.next("abc", "xyz").next("abc").next("abc", "xyz");
      assertThat(stream.told()).containsExactly("born c3");
      assertThat(stream.groups()).containsExactly(entry("c1", "abc"), entry("c3", "xyz"));
    }

    @Test
    void everythingMayVanish() {
      stream.next("abc", "xyz").next(new String[0], new double[0], new int[0], false);
      assertThat(stream.told()).containsExactly("died c1", "died c2");
      assertThat(stream.memberships).isEmpty();
      assertThat(stream.states).isEmpty();
      stream.next("abc");
      assertThat(stream.told()).containsExactly("born c3");
    }

    @Test
    void aPartMayGoOverToAnother() {
      stream.next("abcdef", "uvwxyz").next("abc", "defuvwxyz");
      assertThat(stream.told()).containsExactly("shrank c1", "grew c2");
      assertThat(stream.groups()).containsExactly(entry("c1", "abc"), entry("c2", "defuvwxyz"));
    }

    @Test
    void whoseLargestPartWentElsewhereLivesOnInTheNext() {
      stream.next("abcdef", "uvwxyz").next("abcduvwxyz", "efgh");
      assertThat(stream.told()).containsExactly("grew c2");
      assertThat(stream.groups()).containsExactly(entry("c1", "efgh"), entry("c2", "abcduvwxyz"));
    }

    @Test
    void whatComesOffTwoHasTwoParents() {
      stream.next("abcdefgh", "stuvwxyz").next("abcde", "fghstu", "vwxyz");
      assertThat(stream.told()).containsExactly("shrank c1", "shrank c2", "split c3 of c1,c2");
    }

    @Test
    void theLastVersionWritesAllThatLive() {
      stream.next("abc", "xyz");
      var tracked = stream.last.tracked();
      stream.next(names(tracked), new double[] {6, 5, 4, 3, 2, 1}, tracked.nodes().module(), true);
      assertThat(stream.last.states())
          .extracting(CommunityState::community)
          .containsExactly("c1", "c2");
      assertThat(stream.told()).isEmpty();
    }

    @Test
    void aChangedLabelIsWrittenButIsNoEvent() {
      var names = new String[] {"a", "b", "c", "d"};
      stream.next(names, new double[] {4, 3, 2, 1}, new int[4], false);
      stream.next(names, new double[] {1, 2, 3, 4}, new int[4], false);
      assertThat(stream.told()).isEmpty();
      assertThat(stream.states.get("c1").label()).isEqualTo("d、c、b");
    }

    @Test
    void aLittleMoreFlowIsNotWritten() {
      var names = new String[] {"a", "b", "c", "d"};
      stream.next(names, new double[] {4, 3, 2, 1}, new int[4], false);
      stream.next(names, new double[] {4.5, 3.5, 2.5, 1.5}, new int[4], false);
      assertThat(stream.last.states()).isEmpty();
      stream.next(names, new double[] {4.9, 3.9, 2.9, 1.9}, new int[4], false);
      assertThat(stream.last.states()).as("a third more than was written").hasSize(1);
    }
  }

  /** A change must be seen twice. */
  @Nested
  class Patiently {

    private final TrackedStream stream = new TrackedStream(2, 3);

    @Test
    void theFirstVersionHasNoneToAgreeWith() {
      stream.next("abc", "xyz");
      assertThat(stream.told()).containsExactly("born c1", "born c2");
    }

    @Test
    void birthsWaitAndAreForgottenWhenTheyDoNotLast() {
      stream.next("abc").next("abc", "xyz");
      assertThat(stream.told()).isEmpty();
      stream.next("abc").next("abc", "xyz");
      assertThat(stream.told()).isEmpty();
      stream.next("abc", "wxyz");
      assertThat(stream.told()).containsExactly("born c2");
      assertThat(stream.groups()).containsEntry("c2", "wxyz");
    }

    @Test
    void thePiecesOfASplitKeepTheIdUntilItHasLasted() {
      stream.next("abcdefgh").next("abc", "defgh");
      assertThat(stream.told()).isEmpty();
      assertThat(stream.groups()).containsExactly(entry("c1", "abcdefgh"));
      stream.next("abc", "defgh");
      assertThat(stream.told()).containsExactly("shrank c1", "split c2 of c1");
    }

    @Test
    void aSplitLastsThoughItsHeirChanges() {
      stream.next("abcdefgh").next("abcd", "efgh").next("abc", "defgh");
      assertThat(stream.told()).containsExactly("shrank c1", "split c2 of c1");
      assertThat(stream.groups()).containsExactly(entry("c1", "defgh"), entry("c2", "abc"));
    }

    @Test
    void aSplitThatDoesNotLastIsNotTold() {
      stream.next("abcdefgh").next("abc", "defgh").next("abcdefgh").next("abc", "defgh");
      assertThat(stream.told()).isEmpty();
      assertThat(stream.groups()).containsExactly(entry("c1", "abcdefgh"));
    }

    @Test
    void thoseThatMergeKeepTheirIdsUntilItHasLasted() {
      stream.next("abc", "defgh").next("abcdefgh");
      assertThat(stream.told()).isEmpty();
      assertThat(stream.groups()).containsExactly(entry("c1", "abc"), entry("c2", "defgh"));
      stream.next("abcdefgh");
      assertThat(stream.told()).containsExactly("died c1 into c2", "merged c2 of c1");
    }

    @Test
    void aMergerThatDoesNotLastChangesNothing() {
      stream.next("abc", "defgh").next("abcdefgh").next("abc", "defgh");
      assertThat(stream.told()).isEmpty();
      stream.next("abcdefgh");
      assertThat(stream.told()).isEmpty();
      assertThat(stream.groups()).containsExactly(entry("c1", "abc"), entry("c2", "defgh"));
    }

    @Test
    void aNodeMovesWhenItHasBeenElsewhereTwice() {
      stream.next("abcd", "wxyz").next("abc", "dwxyz");
      assertThat(stream.groups()).containsEntry("c1", "abcd");
      stream.next("abcd", "wxyz").next("abc", "dwxyz");
      assertThat(stream.groups()).containsEntry("c1", "abcd");
      stream.next("abc", "dwxyz");
      assertThat(stream.groups()).containsExactly(entry("c1", "abc"), entry("c2", "dwxyz"));
      assertThat(stream.told()).isEmpty();
    }

    @Test
    void aNewNodeJoinsAtOnce() {
      stream.next("abcd").next("abcde");
      assertThat(stream.groups()).containsEntry("c1", "abcde");
    }

    @Test
    void whatIsBelowTheLeastSizeHasAVersionToRecover() {
      stream.next("abc", "xyz").next("abc", "xy");
      assertThat(stream.told()).doesNotContain("died c2");
      stream.next("abc", "wxyz");
      assertThat(stream.groups()).containsEntry("c2", "wxyz");
      stream.next("abc", "xy").next("abc", "xy");
      assertThat(stream.told()).containsExactly("died c2");
    }

    @Test
    void whereNothingIsLeftThereIsNothingToWaitFor() {
      stream.next("abc", "xyz").next("abc");
      assertThat(stream.told()).containsExactly("died c2");
    }

    @Test
    void whatIsScatteredDies() {
      stream.next("abcdef", "uvwxyz", "ghijkl", "mnopqr");
      stream.next("uvabcdef", "wxghijkl", "yzmnopqr").next("uvabcdef", "wxghijkl", "yzmnopqr");
      assertThat(stream.told()).containsExactly("died c4");
      assertThat(stream.groups()).containsEntry("c1", "abcdefuv");
    }
  }

  /** Members wait longer than changes of the set of communities. */
  @Nested
  class Slowly {

    private final TrackedStream stream =
        new TrackedStream(ParametersBut.published(3, 2, 4, TrackedStream.SHOWN_MEMBERS));

    @Test
    void aNodeMovesWhenItHasBeenElsewhereForTheMembersHysteresis() {
      stream.next("abcd", "wxyz");
      for (int version = 0; version < 3; version++) {
        stream.next("abc", "dwxyz");
        assertThat(stream.groups()).containsEntry("c1", "abcd");
      }
      stream.next("abc", "dwxyz");
      assertThat(stream.groups()).containsExactly(entry("c1", "abc"), entry("c2", "dwxyz"));
    }

    @Test
    void whoWaitsCountsWhereItWasFound() {
      var few = new TrackedStream(ParametersBut.published(2, 2, 4, TrackedStream.SHOWN_MEMBERS));
      few.next("abcdef", "xyz").next("abcde", "fxyz").next("abcd", "efxyz").next("abc", "defxyz");
      assertThat(few.groups()).containsExactly(entry("c1", "abcdef"), entry("c2", "xyz"));
      few.next("ab", "cdefxyz").next("ab", "cdefxyz");
      assertThat(few.told())
          .as("c1 has not become the larger one")
          .doesNotContain("died c2 into c1");
      assertThat(few.groups()).containsExactly(entry("c1", "abcd"), entry("c2", "efxyz"));
    }

    @Test
    void aNewCommunityTakesItsNodesWhenItIsTold() {
      stream.next("abcdefgh").next("abc", "defgh").next("abc", "defgh");
      assertThat(stream.groups()).containsExactly(entry("c1", "defgh"), entry("c2", "abc"));
    }
  }

  /** Of late, little or nothing was counted within a module. */
  @Nested
  class Silently {

    private final TrackedStream stream = new TrackedStream(2, 3);

    @Test
    void whoFallsSilentDiesThoughItsModuleIsStillThere() {
      steady(5).met(0, 10).next("abc", "xyz");
      assertThat(stream.told()).isEmpty();
      stream.met(0, 10).next("abc", "xyz");
      assertThat(stream.told()).containsExactly("died c1");
      assertThat(stream.groups()).containsExactly(entry("c2", "xyz"));
      for (int version = 0; version < 10; version++) {
        stream.met(0, 10).next("abc", "xyz");
        assertThat(stream.told()).as("what is silent is not born").isEmpty();
      }
      stream.next("abc", "xyz").next("abc", "xyz");
      assertThat(stream.groups()).as("but what is met again").containsEntry("c3", "abc");
    }

    @Test
    void theLessIsMissedTheLongerItTakes() {
      for (int version = 0; version < 20; version++) {
        stream.met(1, 10).next("abc", "xyz");
      }
      int versions = 0;
      do {
        assertThat(stream.told()).isEmpty();
        stream.met(0, 10).next("abc", "xyz");
        versions++;
      } while (stream.groups().size() == 2);
      assertThat(stream.told()).containsExactly("died c1");
      assertThat(versions).isBetween(3, 15);
    }

    @Test
    void whoSpeaksAgainLivesOn() {
      steady(5);
      for (int round = 0; round < 5; round++) {
        stream.met(0, 10).next("abc", "xyz").next("abc", "xyz");
        assertThat(stream.told()).isEmpty();
      }
      assertThat(stream.groups()).containsExactly(entry("c1", "abc"), entry("c2", "xyz"));
    }

    @Test
    void whenOneTopicTakesTheFloorTheOthersLiveOn() {
      String[] groups = {"abc", "def", "ghi", "uvwxyz"};
      for (int version = 0; version < 10; version++) {
        stream.met(10, 10, 10, 10).next(groups);
      }
      for (int version = 0; version < 10; version++) {
        stream.met(0.5, 1, 1.5, 40).next(groups);
        assertThat(stream.told()).isEmpty();
      }
      for (int version = 0; version < 10; version++) {
        stream.met(0, 1, 1.5, 40).next(groups);
      }
      assertThat(stream.groups()).as("but who falls silent dies").doesNotContainValue("abc");
    }

    @Test
    void aScrapOfATextIsNoCommunity() {
      stream.met(0.4, 10).next("abc", "xyz");
      assertThat(stream.told()).containsExactly("born c1");
      stream.met(0.05, 10).next("abc", "xyz").met(0.05, 10).next("abc", "xyz");
      assertThat(stream.groups()).containsExactly(entry("c1", "xyz"));
      stream.met(1, 10).next("abc", "xyz");
      assertThat(stream.told()).as("seen often enough already").isEmpty();
      stream.met(1, 10).next("abc", "xyz");
      assertThat(stream.told()).containsExactly("born c2");
    }

    @Test
    void aMergerThatOnlyTheLongMemorySaysWaitsForTheMembers() {
      var slow = new TrackedStream(ParametersBut.published(3, 2, 4, TrackedStream.SHOWN_MEMBERS));
      slow.next("abc", "wxyz").next("abc", "wxyz").next("abc", "wxyz");
      for (int version = 0; version < 3; version++) {
        slow.counting("abc", "wxyz").next("abcwxyz");
        assertThat(slow.told()).isEmpty();
      }
      slow.counting("abc", "wxyz").next("abcwxyz");
      assertThat(slow.told()).containsExactly("died c1 into c2", "merged c2 of c1");
    }

    @Test
    void aMergerThatIsMetOfLateIsToldSooner() {
      var slow = new TrackedStream(ParametersBut.published(3, 2, 4, TrackedStream.SHOWN_MEMBERS));
      slow.next("abc", "wxyz").next("abc", "wxyz").next("abc", "wxyz");
      slow.next("abcwxyz");
      assertThat(slow.told()).isEmpty();
      slow.next("abcwxyz");
      assertThat(slow.told()).containsExactly("died c1 into c2", "merged c2 of c1");
    }

    @Test
    void aBranchThatWasNotMetIsNotTold() {
      stream.next("abcdefgh", "xyz").met(0, 10, 10).next("abc", "defgh", "xyz");
      for (int version = 0; version < 3; version++) {
        stream.met(0, 10, 10).next("abc", "defgh", "xyz");
        assertThat(stream.told()).isEmpty();
      }
      stream.next("abc", "defgh", "xyz").next("abc", "defgh", "xyz");
      assertThat(stream.groups()).containsEntry("c3", "abc");
    }

    @Test
    void aNodeThatIsNotMetDoesNotMove() {
      stream.next("abcd", "wxyz");
      for (int version = 0; version < 5; version++) {
        stream.next("abc", "d", "wxyz");
      }
      for (int version = 0; version < 5; version++) {
        stream.counting("abc", "wxyz").next("abc", "dwxyz");
        assertThat(stream.groups()).containsEntry("c1", "abcd");
      }
      stream.next("abc", "dwxyz").next("abc", "dwxyz");
      assertThat(stream.groups()).containsEntry("c2", "dwxyz");
    }

    private TrackedStream steady(int versions) {
      for (int version = 0; version < versions; version++) {
        stream.next("abc", "xyz");
      }
      return stream;
    }
  }

  private static String[] names(TrackedCommunities tracked) {
    var names = new String[tracked.size()];
    Arrays.setAll(names, tracked::name);
    return names;
  }
}
