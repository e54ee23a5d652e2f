package io.github.wenliu.operators.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wenliu.operators.link.EntryAliases.Difference;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class EntryAliasesTest {

  private final HashedLinkModel model = new HashedLinkModel();
  private final EntryAliases aliases = new EntryAliases(model);

  @Test
  void anEntryStandsUnderItsNamesThoseOfRedirectsAndThoseThatWereLearned() {
    var known = known(Kb.entry(HashedLinkModel.LEARNED_ID, "鲁迅", "周树人"));
    var candidates = aliases.candidates(known, List.of("豫才"));
    assertThat(candidates.get("鲁迅").kind()).isEqualTo(NameKind.NAME);
    assertThat(candidates.get("周树人").kind()).isEqualTo(NameKind.ALIAS);
    assertThat(candidates.get("豫才").kind()).isEqualTo(NameKind.REDIRECT);
    assertThat(candidates.get(HashedLinkModel.LEARNED).kind()).isEqualTo(NameKind.LEARNED);
    assertThat(candidates.get("鲁迅").vector()).hasSize(model.vector());
    assertThat(aliases.candidates(KnownEntry.NONE, List.of("豫才"))).isEmpty();
  }

  @Test
  void aChangeShowsWhereTheEntryStandsOtherwiseAndNowhereElse() {
    var before = aliases.candidates(known(Kb.entry("Q1", "鲁迅", "周树人")), List.of());
    assertThat(
            EntryAliases.differences(
                before, aliases.candidates(known(Kb.entry("Q1", "鲁迅", "周树人")), List.of())))
        .as("arrays are compared by what is in them")
        .isEmpty();
    var after = aliases.candidates(known(Kb.entry("Q1", "鲁迅", "豫才")), List.of());
    assertThat(deltas(EntryAliases.differences(before, after)))
        .containsEntry("豫才", 1)
        .containsEntry("周树人", -1)
        .doesNotContainKey("鲁迅");
    var described =
        aliases.candidates(known(Kb.entry("Q1", "鲁迅", "另一个说明", new String[] {"周树人"})), List.of());
    assertThat(deltas(EntryAliases.differences(before, described)))
        .containsEntry("鲁迅", 0)
        .containsEntry("周树人", 0);
  }

  @Test
  void entriesThatAreEncodedTogetherAreKnownAsAreThoseThatComeAlone() {
    var entries =
        Arrays.asList(
            Kb.entry("Q1", "鲁迅"),
            null,
            Kb.entry("Q2", "茅盾", "", new String[0]),
            Kb.entry("Q3", "巴金"));
    var known = aliases.known(entries);
    assertThat(model.described).as("what says nothing is not encoded").hasValue(2);
    assertThat(known).extracting(KnownEntry::entry).containsExactlyElementsOf(entries);
    assertThat(known.get(0).vector()).isEqualTo(known(entries.get(0)).vector()).isNotEmpty();
    assertThat(known.get(1).vector()).isEmpty();
    assertThat(known.get(2).vector()).isEmpty();
    assertThat(known.get(3).vector()).isEqualTo(known(entries.get(3)).vector());
  }

  @Test
  void whatIsKeptIsCutAndNeverThroughACharacter() {
    var long16 = "𠮷".repeat(KbCandidate.MAX_DESCRIPTION);
    var entry =
        new KbEntry(
            Kb.CHANNEL,
            "Q1",
            "名",
            List.of(),
            List.of(),
            "说" + long16,
            Collections.nCopies(KbCandidate.MAX_FACTS + 5, new KbFact("p", "o")),
            null,
            null);
    var known = known(entry);
    assertThat(known.entry().description()).hasSize(KbCandidate.MAX_DESCRIPTION - 1);
    assertThat(known.entry().description()).endsWith("𠮷");
    assertThat(known.entry().facts()).hasSize(KbCandidate.MAX_FACTS);
    assertThat(aliases.candidates(known, List.of()).get("名").prior()).isZero();
  }

  private KnownEntry known(KbEntry entry) {
    return aliases.known(List.of(entry)).get(0);
  }

  private static Map<String, Integer> deltas(List<Difference> differences) {
    return differences.stream().collect(Collectors.toMap(Difference::alias, Difference::delta));
  }
}
