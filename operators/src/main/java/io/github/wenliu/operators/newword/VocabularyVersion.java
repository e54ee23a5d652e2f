package io.github.wenliu.operators.newword;

import io.github.wenliu.models.text.Lexicon;
import io.github.wenliu.models.text.NormalizedText;
import io.github.wenliu.operators.document.CodePointOrder;
import io.github.wenliu.operators.document.ControlChange;
import io.github.wenliu.operators.newword.WordReport.Level;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Makes the next version of a channel's vocabulary: takes what the scorer reports and what people
 * say of words, decides where each word stands, and tells the difference.
 *
 * <ul>
 *   <li>A pin makes a word and a ban unmakes it, whatever the score says.
 *   <li>A word that is held almost whole by a longer one is absorbed while that one is a word.
 *   <li>A known word is counted and scored like any other, but it is no news: it causes no event
 *       and does not tag, and is written only on request.
 *   <li>Tags come from words that are announced, pinned, or held and not inside a longer word. Of
 *       these, the words that the base lexicon has need no place in the vocabulary unless they are
 *       pinned.
 * </ul>
 *
 * <p>O(reports), with a few look-ups in the store each. Used for one version.
 */
final class VocabularyVersion {

  private static final String INSIDE = "occurs almost only in the longer word";

  private final String channel;
  private final long epoch;
  private final long shownEpoch;
  private final long timeMillis;
  private final Set<String> known;
  private final boolean emitKnown;
  private final VocabularyStore store;

  /** The entries that the version may change, in the order of code points. */
  private final TreeMap<String, VocabularyEntry> touched = new TreeMap<>(CodePointOrder::compare);

  private final Set<String> reported = new HashSet<>();

  /** Words that become or cease to be what may absorb others. */
  private final Set<String> comingOrGoing = new HashSet<>();

  private final Map<String, String> saidOf = new HashMap<>();

  /** Of the words of which something is said, those that were banned until now. */
  private final Set<String> bannedBefore = new HashSet<>();

  private final List<WordState> states = new ArrayList<>();
  private final List<WordEvent> events = new ArrayList<>();
  private final Map<String, Long> added = new HashMap<>();
  private final List<String> removed = new ArrayList<>();

  /**
   * @param epoch of the version, {@link VocabularyDelta#ALWAYS} for one that is valid for all time
   * @param timeMillis event time of its end
   * @param known words that are no news, in their normalised form
   * @param emitKnown whether known words are written all the same
   */
  VocabularyVersion(
      String channel,
      long epoch,
      long timeMillis,
      Set<String> known,
      boolean emitKnown,
      VocabularyStore store) {
    this.channel = channel;
    this.epoch = epoch;
    this.shownEpoch = epoch == VocabularyDelta.ALWAYS ? VocabularyVersions.EMPTY_VERSION : epoch;
    this.timeMillis = timeMillis;
    this.known = known;
    this.emitKnown = emitKnown;
    this.store = store;
  }

  /** Takes all that is new, once. */
  void update(List<WordReport> reports, List<ControlChange> controls) throws Exception {
    for (var report : reports) {
      change(report.score().word(), entry(report.score().word()).with(report));
      reported.add(report.score().word());
    }
    for (var control : controls) {
      boolean pinned = ControlChange.PIN.equals(control.action());
      boolean banned = ControlChange.BAN.equals(control.action());
      var before = entry(control.target());
      if (before.banned() && !saidOf.containsKey(control.target())) {
        bannedBefore.add(control.target());
      }
      change(control.target(), before.withControl(pinned, banned));
      saidOf.put(control.target(), control.action() == null ? "released" : control.action());
    }
    for (String word : comingOrGoing) {
      touchShorter(word);
    }
    for (String word : touched.keySet()) {
      decide(word, touched.get(word));
    }
    for (var entry : touched.entrySet()) {
      if (entry.getValue().isForgettable()) {
        store.remove(entry.getKey());
      } else {
        store.put(entry.getKey(), entry.getValue());
      }
    }
  }

  private void change(String word, VocabularyEntry changed) throws Exception {
    if (isWord(entry(word)) != isWord(changed)) {
      comingOrGoing.add(word);
    }
    touched.put(word, changed);
  }

  /** The states to write, ranked. */
  List<WordState> states() {
    return states;
  }

  /** What happened, ranked. */
  List<WordEvent> events() {
    return events;
  }

  /** What changes for the tagging of documents. */
  VocabularyDelta delta() {
    return new VocabularyDelta(channel, epoch, added, removed);
  }

  private VocabularyEntry entry(String word) throws Exception {
    var entry = touched.get(word);
    if (entry == null) {
      entry = store.get(word);
    }
    return entry == null ? VocabularyEntry.NONE : entry;
  }

  /** A word that comes or goes decides over those it holds: they are one symbol shorter. */
  private void touchShorter(String word) throws Exception {
    var text = NormalizedText.of(word);
    int symbols = text.symbols();
    if (symbols <= Ngrams.MIN_WORD) {
      return;
    }
    for (var shorter : List.of(text.slice(1, symbols), text.slice(0, symbols - 1))) {
      if (!touched.containsKey(shorter)) {
        var entry = store.get(shorter);
        if (entry != null && word.equals(entry.longer())) {
          touched.put(shorter, entry);
        }
      }
    }
  }

  private void decide(String word, VocabularyEntry entry) throws Exception {
    boolean isKnown =
        !known.isEmpty() && !entry.pinned() && known.contains(NormalizedText.normalize(word));
    var status = status(entry);
    var shown = isKnown && !emitKnown ? null : status;
    boolean tags = status == WordStatus.ANNOUNCED || status == WordStatus.HELD;
    tags &= !isKnown && !isAbsorbed(entry) && !Lexicon.base().contains(word);
    tags |= status == WordStatus.PINNED;
    long tagged = tags ? entry.score() == null ? 1 : entry.score().count() : 0;
    boolean isChanged = shown != entry.shown();
    boolean isSaid = saidOf.containsKey(word);
    if (shown != null ? isChanged || isSaid || reported.contains(word) : isChanged) {
      states.add(state(word, entry, shown, isKnown));
    }
    if (!isKnown && (isChanged || isSaid)) {
      tell(word, entry, shown);
    }
    if (tagged != entry.tagged()) {
      if (tagged == 0) {
        removed.add(word);
      } else {
        added.put(word, tagged);
      }
    }
    touched.put(word, entry.with(shown, tagged));
  }

  private WordStatus status(VocabularyEntry entry) throws Exception {
    if (entry.banned()) {
      return null;
    }
    if (entry.pinned()) {
      return WordStatus.PINNED;
    }
    if (entry.level() == Level.GONE) {
      return null;
    }
    if (entry.level() == Level.HELD) {
      return WordStatus.HELD;
    }
    return isAbsorbed(entry) ? WordStatus.ABSORBED : WordStatus.ANNOUNCED;
  }

  private boolean isAbsorbed(VocabularyEntry entry) throws Exception {
    return entry.longer() != null && isWord(entry(entry.longer()));
  }

  private static boolean isWord(VocabularyEntry entry) {
    return !entry.banned() && (entry.pinned() || entry.level() == Level.LIVE);
  }

  private WordState state(String word, VocabularyEntry entry, WordStatus shown, boolean isKnown) {
    return new WordState(
        channel,
        shownEpoch,
        states.size(),
        word,
        shown,
        entry.score(),
        entry.firstSeenMillis(),
        entry.lastSeenMillis(),
        isKnown,
        shown == WordStatus.ABSORBED ? entry.longer() : null);
  }

  private void tell(String word, VocabularyEntry entry, WordStatus shown) {
    var said = saidOf.get(word);
    if (ControlChange.BAN.equals(said)) {
      event(word, entry, WordEvent.Type.BANNED, "banned by control", null);
    } else if (ControlChange.PIN.equals(said)) {
      event(word, entry, WordEvent.Type.PINNED, "pinned by control", null);
    } else if (shown == entry.shown()) {
      if (bannedBefore.contains(word)) {
        event(word, entry, WordEvent.Type.RELEASED, "the ban is off, its score is no word's", null);
      }
    } else if (shown == null) {
      var reason =
          said == null ? "score fell too far below 0" : "released, and its score is no word's";
      event(word, entry, WordEvent.Type.RETRACTED, reason, null);
    } else if (shown == WordStatus.HELD) {
      var reason = said == null ? "score fell below 0" : "released, and its score is near 0";
      event(word, entry, WordEvent.Type.HELD, reason, null);
    } else if (shown == WordStatus.ANNOUNCED) {
      event(word, entry, WordEvent.Type.ANNOUNCED, announcedBecause(entry.shown(), said), null);
    } else if (entry.shown() != null) {
      event(word, entry, WordEvent.Type.UPGRADED, INSIDE, entry.longer());
    } else if (said != null) {
      event(word, entry, WordEvent.Type.RELEASED, "the ban is off; it " + INSIDE, entry.longer());
    }
  }

  private static String announcedBecause(WordStatus before, String said) {
    if (said != null) {
      return "released, and its score is at least 0";
    }
    return before == WordStatus.ABSORBED
        ? "stands alone again"
        : before == WordStatus.HELD ? "score is at least 0 again" : "score is at least 0";
  }

  private void event(
      String word, VocabularyEntry entry, WordEvent.Type type, String reason, String by) {
    events.add(
        new WordEvent(
            channel, shownEpoch, events.size(), word, type, reason, timeMillis, entry.score(), by));
  }
}
