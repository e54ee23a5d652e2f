package io.github.wenliu.operators.link;

import io.github.wenliu.models.link.LinkStatistics;
import io.github.wenliu.models.link.LinkStatistics.Count;
import io.github.wenliu.models.text.Segmenter;
import io.github.wenliu.operators.document.Entity;
import java.util.BitSet;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** A document whose mentions are to be judged, and what annotated texts say of names. */
final class LinkScene {

  private final LinkTask task;
  private final List<MentionCandidates> mentions;
  private final TextProfile text;
  private final LinkStatistics statistics;

  /** What is not to be counted, as it is the document's own. */
  private final LinkStatistics own;

  /** By id of an entry: the surest kind of name under which the document has it. */
  private final Map<String, NameKind> surest = new HashMap<>();

  /** By id. */
  private final Map<String, EntryProfile> entries = new HashMap<>();

  /** Aliases of all mentions and names of all entries. */
  private final StringSearch names = new StringSearch();

  /** By mention: its alias as the search knows it. */
  private final int[] aliases;

  private final Map<List<KbCandidate>, Said> said = new IdentityHashMap<>();

  /**
   * Which names the candidates of an alias say of others.
   *
   * @param byAny that one or more say
   * @param bySeveral that more than one says
   */
  private record Said(BitSet byAny, BitSet bySeveral) {}

  LinkScene(
      LinkTask task,
      List<MentionCandidates> mentions,
      LinkStatistics statistics,
      LinkStatistics own,
      Segmenter segmenter) {
    this.task = task;
    this.mentions = mentions;
    this.text = new TextProfile(task.document(), segmenter);
    this.statistics = statistics;
    this.own = own;
    this.aliases = new int[mentions.size()];
    for (int i = 0; i < aliases.length; i++) {
      aliases[i] = names.add(mentions.get(i).mention().alias());
      for (var entry : mentions.get(i).entries()) {
        surest.merge(entry.id(), entry.kind(), (a, b) -> a.compareTo(b) < 0 ? a : b);
        entries.computeIfAbsent(entry.id(), id -> new EntryProfile(entry, text, names));
      }
    }
  }

  TextProfile text() {
    return text;
  }

  List<MentionCandidates> mentions() {
    return mentions;
  }

  EntryProfile profile(KbCandidate candidate) {
    return entries.get(candidate.id());
  }

  /** What the extractor found, or came with the text; {@code null} if nobody looked. */
  List<Entity> entities() {
    return task.document().entities();
  }

  Neighbours around(Mention mention) {
    return new Neighbours(text.text(), mention);
  }

  /** How often annotated texts, but for this one, have something, and linked. */
  Count seen(String kind, String key) {
    return statistics.without(own, kind, key);
  }

  /** Whether some mention has the entry by a surer kind of name. */
  boolean hasSurer(KbCandidate candidate) {
    return surest.get(candidate.id()).compareTo(candidate.kind()) < 0;
  }

  /** Whether an entry says the alias of a mention. */
  boolean says(EntryProfile entry, int mention) {
    return entry.names(names).get(aliases[mention]);
  }

  /** Whether a candidate of a mention says the name of an entry that is another. */
  boolean isSaid(KbCandidate entry, MentionCandidates by) {
    var of = said.computeIfAbsent(by.entries(), this::saidBy);
    var profile = profile(entry);
    int name = profile.nameNumber();
    return of.bySeveral().get(name)
        || of.byAny().get(name)
            && !(profile.names(names).get(name)
                && by.entries().stream().anyMatch(one -> one.id().equals(entry.id())));
  }

  private Said saidBy(List<KbCandidate> candidates) {
    var of = new Said(new BitSet(), new BitSet());
    for (var candidate : candidates) {
      var more = (BitSet) profile(candidate).names(names).clone();
      more.and(of.byAny());
      of.bySeveral().or(more);
      of.byAny().or(profile(candidate).names(names));
    }
    return of;
  }
}
