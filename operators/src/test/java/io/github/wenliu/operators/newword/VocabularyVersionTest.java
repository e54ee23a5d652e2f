package io.github.wenliu.operators.newword;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.tuple;

import io.github.wenliu.models.text.Lexicon;
import io.github.wenliu.operators.document.ControlChange;
import io.github.wenliu.operators.newword.WordEvent.Type;
import io.github.wenliu.operators.newword.WordReport.Level;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class VocabularyVersionTest {

  private static final String CHANNEL = "main";

  /** Words that the base lexicon does not have, the second and third inside the first. */
  private static final String LONG = "瀚鲸客";

  private static final String HEAD = "瀚鲸";
  private static final String TAIL = "鲸客";

  /** A word of the base lexicon. */
  private static final String COMMON = "我们";

  private final Map<String, VocabularyEntry> entries = new HashMap<>();
  private Set<String> known = Set.of();
  private boolean emitKnown;
  private long epoch;

  private static WordReport live(String word, long count) {
    return report(word, Level.LIVE, count, null);
  }

  private static WordReport report(String word, Level level, long count, String longer) {
    double score = level == Level.LIVE ? 1 : level == Level.HELD ? -0.5 : -2;
    return new WordReport(
        CHANNEL, 0, new WordScore(word, score, count, 3, 2, 1), level, longer, 100, 200);
  }

  private static ControlChange control(String word, String action) {
    return new ControlChange("word", CHANNEL, word, action, null, null, "control-0-0");
  }

  private static ControlChange pin(String word) {
    return control(word, "pin");
  }

  private static ControlChange ban(String word) {
    return control(word, "ban");
  }

  private static ControlChange release(String word) {
    return control(word, null);
  }

  /** The next version, in which only reports are new. */
  private VocabularyVersion reported(WordReport... reports) throws Exception {
    return version(List.of(reports), List.of());
  }

  /** The next version, in which only control changes are new. */
  private VocabularyVersion said(ControlChange... changes) throws Exception {
    return version(List.of(), List.of(changes));
  }

  private VocabularyVersion version(List<WordReport> reports, List<ControlChange> changes)
      throws Exception {
    epoch++;
    return version(epoch, reports, changes);
  }

  private VocabularyVersion version(
      long atEpoch, List<WordReport> reports, List<ControlChange> changes) throws Exception {
    var version =
        new VocabularyVersion(
            CHANNEL, atEpoch, atEpoch * 10 + 9, known, emitKnown, new MapStore(entries));
    version.update(reports, changes);
    return version;
  }

  /** Entries in a map. */
  private record MapStore(Map<String, VocabularyEntry> entries) implements VocabularyStore {

    @Override
    public VocabularyEntry get(String word) {
      return entries.get(word);
    }

    @Override
    public void put(String word, VocabularyEntry entry) {
      entries.put(word, entry);
    }

    @Override
    public void remove(String word) {
      entries.remove(word);
    }
  }

  private static Map<String, WordStatus> statuses(VocabularyVersion version) {
    var statuses = new HashMap<String, WordStatus>();
    for (WordState state : version.states()) {
      assertThat(statuses).doesNotContainKey(state.word());
      statuses.put(state.word(), state.status());
    }
    return statuses;
  }

  private static Map<String, Type> types(VocabularyVersion version) {
    var types = new HashMap<String, Type>();
    for (WordEvent event : version.events()) {
      assertThat(types.put(event.word(), event.type())).isNull();
    }
    return types;
  }

  private static void assertNothingHappens(VocabularyVersion version) {
    assertThat(version.states()).isEmpty();
    assertThat(version.events()).isEmpty();
    assertNothingToTag(version);
  }

  private static void assertNothingToTag(VocabularyVersion version) {
    assertThat(version.delta().added()).isEmpty();
    assertThat(version.delta().removed()).isEmpty();
  }

  @Test
  void aLiveWordIsAnnounced() throws Exception {
    var report = live(LONG, 7);
    var version = reported(report);
    assertThat(version.states())
        .containsExactly(
            new WordState(
                CHANNEL,
                1,
                0,
                LONG,
                WordStatus.ANNOUNCED,
                report.score(),
                100L,
                200L,
                false,
                null));
    assertThat(version.events())
        .containsExactly(
            new WordEvent(
                CHANNEL,
                1,
                0,
                LONG,
                Type.ANNOUNCED,
                "score is at least 0",
                19,
                report.score(),
                null));
    assertThat(version.delta())
        .isEqualTo(new VocabularyDelta(CHANNEL, 1, Map.of(LONG, 7L), List.of()));
  }

  @Test
  void aReportOfMoreOccurrencesIsWrittenButIsNoEvent() throws Exception {
    reported(live(LONG, 7));
    var version = reported(live(LONG, 14));
    assertThat(version.states())
        .extracting(WordState::score)
        .containsExactly(live(LONG, 14).score());
    assertThat(version.events()).isEmpty();
    assertThat(version.delta().added()).containsExactly(entry(LONG, 14L));
  }

  @Test
  void aReportThatSaysTheSameIsWrittenAndChangesNoTag() throws Exception {
    reported(live(LONG, 7));
    var version = reported(live(LONG, 7));
    assertThat(version.states()).hasSize(1);
    assertThat(version.events()).isEmpty();
    assertNothingToTag(version);
  }

  @Test
  void aWordThatIsGoneLeavesATombstoneAndNoEntry() throws Exception {
    reported(live(LONG, 7));
    var version = reported(report(LONG, Level.GONE, 8, null));
    assertThat(statuses(version)).hasSize(1).containsEntry(LONG, null);
    assertThat(types(version)).containsExactly(entry(LONG, Type.RETRACTED));
    assertThat(version.events().get(0).reason()).isEqualTo("score fell too far below 0");
    assertThat(version.delta().removed()).containsExactly(LONG);
    assertThat(version.delta().added()).isEmpty();
    assertThat(entries).isEmpty();
    assertThat(types(reported(live(LONG, 9)))).containsExactly(entry(LONG, Type.ANNOUNCED));
  }

  @Test
  void aWordThatIsHeldTagsAndMayComeBack() throws Exception {
    reported(live(LONG, 7));
    var held = reported(report(LONG, Level.HELD, 7, null));
    assertThat(statuses(held)).containsExactly(entry(LONG, WordStatus.HELD));
    assertThat(types(held)).containsExactly(entry(LONG, Type.HELD));
    assertNothingToTag(held);
    var back = reported(live(LONG, 7));
    assertThat(statuses(back)).containsExactly(entry(LONG, WordStatus.ANNOUNCED));
    assertThat(back.events())
        .extracting(WordEvent::type, WordEvent::reason)
        .containsExactly(tuple(Type.ANNOUNCED, "score is at least 0 again"));
  }

  @Test
  void aWordIsAbsorbedByALongerOneOfTheSameVersion() throws Exception {
    var version = reported(report(HEAD, Level.LIVE, 7, LONG), live(LONG, 7));
    assertThat(statuses(version))
        .containsOnly(entry(HEAD, WordStatus.ABSORBED), entry(LONG, WordStatus.ANNOUNCED));
    assertThat(version.states().get(0).absorbedBy()).isEqualTo(LONG);
    assertThat(version.states().get(1).absorbedBy()).isNull();
    assertThat(types(version)).as("it was never told").containsOnlyKeys(LONG);
    assertThat(version.delta().added()).containsOnlyKeys(LONG);
    assertThat(version.delta().removed()).isEmpty();
  }

  @Test
  void aWordIsAbsorbedWhenALongerOneComesLaterAtEitherEnd() throws Exception {
    var before = reported(report(HEAD, Level.LIVE, 7, LONG), report(TAIL, Level.LIVE, 8, LONG));
    assertThat(types(before)).containsOnlyKeys(HEAD, TAIL).containsValue(Type.ANNOUNCED);
    var version = reported(live(LONG, 7));
    assertThat(statuses(version))
        .containsOnly(
            entry(HEAD, WordStatus.ABSORBED),
            entry(TAIL, WordStatus.ABSORBED),
            entry(LONG, WordStatus.ANNOUNCED));
    assertThat(version.events())
        .extracting(WordEvent::word, WordEvent::type, WordEvent::by)
        .containsExactlyInAnyOrder(
            tuple(HEAD, Type.UPGRADED, LONG),
            tuple(TAIL, Type.UPGRADED, LONG),
            tuple(LONG, Type.ANNOUNCED, null));
    assertThat(version.delta().added()).containsOnlyKeys(LONG);
    assertThat(version.delta().removed()).containsExactlyInAnyOrder(HEAD, TAIL);
  }

  @Test
  void aWordOfRareHanAndARunIsAbsorbedToo() throws Exception {
    reported(report("𠮷村", Level.LIVE, 7, "𠮷村BA"), report("村BA", Level.LIVE, 7, "𠮷村BA"));
    assertThat(statuses(reported(live("𠮷村BA", 7))))
        .containsEntry("𠮷村", WordStatus.ABSORBED)
        .containsEntry("村BA", WordStatus.ABSORBED);
  }

  @Test
  void itStandsAloneAgainWhenTheLongerOneIsNoLongerLive() throws Exception {
    reported(report(HEAD, Level.LIVE, 7, LONG), live(LONG, 7));
    var held = reported(report(LONG, Level.HELD, 7, null));
    assertThat(statuses(held))
        .containsOnly(entry(HEAD, WordStatus.ANNOUNCED), entry(LONG, WordStatus.HELD));
    assertThat(held.events())
        .extracting(WordEvent::word, WordEvent::type, WordEvent::reason)
        .containsExactly(
            tuple(HEAD, Type.ANNOUNCED, "stands alone again"),
            tuple(LONG, Type.HELD, "score fell below 0"));
    assertThat(held.delta().added()).containsExactly(entry(HEAD, 7L));
  }

  @Test
  void itStandsAloneAgainWhenTheLongerOneGoesOrIsBanned() throws Exception {
    reported(report(HEAD, Level.LIVE, 7, LONG), live(LONG, 7));
    assertThat(statuses(reported(report(LONG, Level.GONE, 7, null))))
        .hasSize(2)
        .containsEntry(HEAD, WordStatus.ANNOUNCED)
        .containsEntry(LONG, null);
    assertThat(statuses(reported(live(LONG, 7)))).containsEntry(HEAD, WordStatus.ABSORBED);
    var banned = said(ban(LONG));
    assertThat(statuses(banned))
        .hasSize(2)
        .containsEntry(HEAD, WordStatus.ANNOUNCED)
        .containsEntry(LONG, null);
    assertThat(types(banned)).containsOnly(entry(HEAD, Type.ANNOUNCED), entry(LONG, Type.BANNED));
  }

  /** A worse score is no reason to tag with a word that did not tag before. */
  @Test
  void anAbsorbedWordWhoseOwnScoreFallsIsHeldAndDoesNotTag() throws Exception {
    reported(report(HEAD, Level.LIVE, 7, LONG), live(LONG, 7));
    var fallen = reported(report(HEAD, Level.HELD, 7, LONG));
    assertThat(statuses(fallen)).containsExactly(entry(HEAD, WordStatus.HELD));
    assertThat(types(fallen)).containsExactly(entry(HEAD, Type.HELD));
    assertNothingToTag(fallen);
    var alone = reported(report(LONG, Level.GONE, 7, null));
    assertThat(statuses(alone)).containsExactly(entry(LONG, null));
    assertThat(alone.delta().added()).containsOnlyKeys(HEAD);
  }

  @Test
  void aWordThatIsHeldTagsNoMoreWhenALongerOneHoldsIt() throws Exception {
    reported(report(HEAD, Level.LIVE, 7, LONG));
    reported(report(HEAD, Level.HELD, 7, LONG));
    var version = reported(live(LONG, 7));
    assertThat(statuses(version)).containsExactly(entry(LONG, WordStatus.ANNOUNCED));
    assertThat(version.delta().removed()).containsExactly(HEAD);
  }

  @Test
  void itStandsAloneAgainWhenTheLongerOneHoldsLessOfIt() throws Exception {
    reported(report(HEAD, Level.LIVE, 7, LONG), live(LONG, 7));
    var version = reported(live(HEAD, 20));
    assertThat(statuses(version)).containsExactly(entry(HEAD, WordStatus.ANNOUNCED));
    assertThat(version.states().get(0).absorbedBy()).isNull();
  }

  @Test
  void aPinnedLongerWordAbsorbsWithoutAScore() throws Exception {
    reported(report(HEAD, Level.LIVE, 7, LONG));
    assertThat(statuses(said(pin(LONG))))
        .containsOnly(entry(HEAD, WordStatus.ABSORBED), entry(LONG, WordStatus.PINNED));
    assertThat(statuses(said(release(LONG))))
        .hasSize(2)
        .containsEntry(HEAD, WordStatus.ANNOUNCED)
        .containsEntry(LONG, null);
  }

  @Test
  void aKnownWordIsNoNews() throws Exception {
    known = Set.of(LONG);
    assertNothingHappens(reported(live(LONG, 7)));
    assertNothingHappens(reported(report(LONG, Level.HELD, 7, null)));
    assertNothingHappens(reported(report(LONG, Level.GONE, 7, null)));
    assertThat(entries).isEmpty();
  }

  @Test
  void aKnownWordIsWrittenOnRequest() throws Exception {
    known = Set.of(LONG);
    emitKnown = true;
    var version = reported(live(LONG, 7));
    assertThat(version.states())
        .extracting(WordState::status, WordState::known)
        .containsExactly(tuple(WordStatus.ANNOUNCED, true));
    assertThat(version.events()).isEmpty();
    assertNothingToTag(version);
    var gone = reported(report(LONG, Level.GONE, 7, null));
    assertThat(statuses(gone)).hasSize(1).containsEntry(LONG, null);
    assertThat(gone.events()).isEmpty();
  }

  @Test
  void aWordIsKnownInAnyWriting() throws Exception {
    known = Set.of("村ba");
    assertNothingHappens(reported(live("村BA", 7)));
  }

  @Test
  void aKnownWordAbsorbsWhatItHolds() throws Exception {
    known = Set.of(LONG);
    assertThat(statuses(reported(report(HEAD, Level.LIVE, 7, LONG), live(LONG, 7))))
        .containsExactly(entry(HEAD, WordStatus.ABSORBED));
  }

  @Test
  void aPinOverridesThatAWordIsKnownAndItsReleaseLeavesATombstone() throws Exception {
    known = Set.of(LONG);
    reported(live(LONG, 7));
    var pinned = said(pin(LONG));
    assertThat(pinned.states())
        .extracting(WordState::status, WordState::known)
        .containsExactly(tuple(WordStatus.PINNED, false));
    assertThat(types(pinned)).containsExactly(entry(LONG, Type.PINNED));
    assertThat(pinned.delta().added()).containsExactly(entry(LONG, 7L));
    var released = said(release(LONG));
    assertThat(statuses(released)).hasSize(1).containsEntry(LONG, null);
    assertThat(released.delta().removed()).containsExactly(LONG);
    assertThat(entries).as("its score is still that of a word").containsOnlyKeys(LONG);
  }

  @Test
  void aWordThatWasNeverSeenCanBePinned() throws Exception {
    var pinned = said(pin(LONG));
    assertThat(pinned.states())
        .containsExactly(
            new WordState(CHANNEL, 1, 0, LONG, WordStatus.PINNED, null, null, null, false, null));
    assertThat(pinned.events())
        .extracting(WordEvent::type, WordEvent::reason, WordEvent::score)
        .containsExactly(tuple(Type.PINNED, "pinned by control", null));
    assertThat(pinned.delta().added()).containsExactly(entry(LONG, 1L));

    var seen = reported(live(LONG, 7));
    assertThat(statuses(seen)).containsExactly(entry(LONG, WordStatus.PINNED));
    assertThat(seen.events()).isEmpty();
    assertThat(seen.delta().added()).containsExactly(entry(LONG, 7L));

    var gone = reported(report(LONG, Level.GONE, 8, null));
    assertThat(statuses(gone)).containsExactly(entry(LONG, WordStatus.PINNED));

    var released = said(release(LONG));
    assertThat(statuses(released)).hasSize(1).containsEntry(LONG, null);
    assertThat(released.events())
        .extracting(WordEvent::type, WordEvent::reason)
        .containsExactly(tuple(Type.RETRACTED, "released, and its score is no word's"));
    assertThat(entries).isEmpty();
  }

  @Test
  void aLiveWordThatIsReleasedIsAWordByItsScore() throws Exception {
    reported(live(LONG, 7));
    assertNothingToTag(said(pin(LONG)));
    var released = said(release(LONG));
    assertThat(statuses(released)).containsExactly(entry(LONG, WordStatus.ANNOUNCED));
    assertThat(released.events())
        .extracting(WordEvent::type, WordEvent::reason)
        .containsExactly(tuple(Type.ANNOUNCED, "released, and its score is at least 0"));
    assertNothingToTag(released);
  }

  @Test
  void aBanUnmakesALiveWordUntilItIsReleased() throws Exception {
    reported(live(LONG, 7));
    var banned = said(ban(LONG));
    assertThat(statuses(banned)).hasSize(1).containsEntry(LONG, null);
    assertThat(banned.events())
        .extracting(WordEvent::type, WordEvent::reason)
        .containsExactly(tuple(Type.BANNED, "banned by control"));
    assertThat(banned.delta().removed()).containsExactly(LONG);
    assertNothingHappens(reported(live(LONG, 14)));
    var released = said(release(LONG));
    assertThat(statuses(released)).containsExactly(entry(LONG, WordStatus.ANNOUNCED));
    assertThat(released.delta().added()).containsExactly(entry(LONG, 14L));
  }

  @Test
  void aBanOfAWordThatWasNeverSeenIsRememberedAndToldOnce() throws Exception {
    var banned = said(ban(LONG));
    assertThat(banned.states()).isEmpty();
    assertThat(types(banned)).containsExactly(entry(LONG, Type.BANNED));
    assertNothingToTag(banned);
    assertNothingHappens(reported(live(LONG, 7)));
    reported(report(LONG, Level.GONE, 8, null));
    assertThat(entries).containsOnlyKeys(LONG);
    var released = said(release(LONG));
    assertThat(released.states()).isEmpty();
    assertThat(released.events())
        .extracting(WordEvent::type, WordEvent::reason)
        .containsExactly(tuple(Type.RELEASED, "the ban is off, its score is no word's"));
    assertNothingToTag(released);
    assertThat(entries).isEmpty();
    assertNothingHappens(said(release(LONG)));
  }

  @Test
  void theEndOfABanIsToldWhateverTheWordIsThen() throws Exception {
    reported(live(LONG, 7), report(HEAD, Level.LIVE, 7, LONG), live(TAIL, 9));
    said(ban(HEAD), ban(TAIL));
    reported(report(TAIL, Level.HELD, 10, null));
    var released = said(release(HEAD), release(TAIL));
    assertThat(statuses(released))
        .containsOnly(entry(HEAD, WordStatus.ABSORBED), entry(TAIL, WordStatus.HELD));
    assertThat(released.events())
        .extracting(WordEvent::word, WordEvent::type, WordEvent::reason, WordEvent::by)
        .containsExactlyInAnyOrder(
            tuple(
                HEAD,
                Type.RELEASED,
                "the ban is off; it occurs almost only in the longer word",
                LONG),
            tuple(TAIL, Type.HELD, "released, and its score is near 0", null));
  }

  @Test
  void aBanThatIsSaidAndTakenBackInOneVersionIsNothing() throws Exception {
    assertNothingHappens(said(ban(LONG), release(LONG)));
    assertThat(entries).isEmpty();
  }

  @Test
  void theLastThingThatIsSaidCounts() throws Exception {
    var version = said(pin(LONG), ban(LONG), pin(TAIL), release(TAIL), ban(HEAD), pin(HEAD));
    assertThat(statuses(version)).containsExactly(entry(HEAD, WordStatus.PINNED));
    assertThat(types(version)).containsOnly(entry(LONG, Type.BANNED), entry(HEAD, Type.PINNED));
    assertThat(entries).containsOnlyKeys(LONG, HEAD);
  }

  @Test
  void aReleaseOfWhatWasNeverPinnedIsNothing() throws Exception {
    assertNothingHappens(said(release(LONG)));
    assertThat(entries).isEmpty();
  }

  @Test
  void wordsOfTheBaseLexiconNeedNoPlaceUnlessTheyArePinned() throws Exception {
    assertThat(Lexicon.base().contains(COMMON)).isTrue();
    var announced = reported(live(COMMON, 7));
    assertThat(statuses(announced)).containsExactly(entry(COMMON, WordStatus.ANNOUNCED));
    assertThat(types(announced)).containsExactly(entry(COMMON, Type.ANNOUNCED));
    assertNothingToTag(announced);
    assertThat(said(pin(COMMON)).delta().added()).containsExactly(entry(COMMON, 7L));
    assertThat(said(release(COMMON)).delta().removed()).containsExactly(COMMON);
  }

  @Test
  void ranksAreInTheOrderOfCodePoints() throws Exception {
    var version = said(pin("𠮷村"), pin("Ａ村"), pin("村BA"), ban("𪚥村"), ban("𠮷"));
    assertThat(version.states())
        .extracting(WordState::word, WordState::seq)
        .containsExactly(tuple("村BA", 0L), tuple("Ａ村", 1L), tuple("𠮷村", 2L));
    assertThat(version.events())
        .extracting(WordEvent::word, WordEvent::seq)
        .containsExactly(
            tuple("村BA", 0L), tuple("Ａ村", 1L), tuple("𠮷", 2L), tuple("𠮷村", 3L), tuple("𪚥村", 4L));
  }

  @Test
  void whatIsValidForAllTimeIsShownAsTheVersionOfAnEmptyVocabulary() throws Exception {
    var version = version(VocabularyDelta.ALWAYS, List.of(), List.of(pin(LONG)));
    assertThat(version.delta().epoch()).isEqualTo(VocabularyDelta.ALWAYS);
    assertThat(version.states()).extracting(WordState::epoch).containsExactly(0L);
    assertThat(version.events()).extracting(WordEvent::epoch).containsExactly(0L);
  }

  @Test
  void reportsAndControlsOfAVersionAreTakenTogether() throws Exception {
    var version = version(List.of(live(LONG, 7), live(HEAD, 8)), List.of(ban(LONG), pin(TAIL)));
    assertThat(statuses(version))
        .containsOnly(entry(HEAD, WordStatus.ANNOUNCED), entry(TAIL, WordStatus.PINNED));
    assertThat(types(version))
        .containsOnly(
            entry(HEAD, Type.ANNOUNCED), entry(TAIL, Type.PINNED), entry(LONG, Type.BANNED));
  }
}
