package io.github.wenliu.operators.link;

import io.github.wenliu.models.link.LinkModel;
import io.github.wenliu.models.link.LinkStatistics;
import io.github.wenliu.operators.document.EnrichedDocument;
import io.github.wenliu.operators.document.Setting;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A knowledge base in memory, of one version, for files: the same index and the same candidates
 * that the job keeps in its state. Redirects are followed to their end; those that go in a circle,
 * or to nowhere, are left out. Not thread-safe.
 */
public final class KnowledgeBase {

  private final AliasIndex index = new AliasIndex();
  private final Map<String, List<KbCandidate>> candidates = new HashMap<>();
  private final MentionFinder finder;
  private final int maxCandidates;
  private final String channel;
  private final Set<String> ids = new HashSet<>();

  /** By alias: its candidates before some were left out. */
  private final Map<String, List<KbCandidate>> leftOut = new HashMap<>();

  /**
   * @param entries all of one channel
   * @param channel the channel that they are looked up in
   * @param model encodes descriptions, and knows what annotated texts call entries
   */
  public KnowledgeBase(
      Iterable<KbEntry> entries, String channel, LinkModel model, LinkParameters parameters) {
    this.channel = channel;
    this.maxCandidates = parameters.maxCandidates();
    this.finder = new MentionFinder(index, parameters.maxMentions());
    var byId = new HashMap<String, KbEntry>();
    entries.forEach(entry -> byId.put(entry.id(), entry));
    var redirected = new HashMap<String, List<String>>();
    for (var entry : byId.values()) {
      if (entry.redirect() != null) {
        var end = end(byId, entry);
        if (end != null) {
          redirected.computeIfAbsent(end, id -> new ArrayList<>()).add(entry.name());
          redirected.get(end).addAll(entry.aliases());
        }
      }
    }
    var aliases = new EntryAliases(model);
    var own = byId.values().stream().filter(entry -> entry.redirect() == null).toList();
    for (int from = 0; from < own.size(); from += EntryAliases.TOGETHER) {
      int to = Math.min(from + EntryAliases.TOGETHER, own.size());
      for (var known : aliases.known(own.subList(from, to))) {
        var id = known.entry().id();
        ids.add(id);
        add(aliases.candidates(known, redirected.getOrDefault(id, List.of())));
      }
    }
    candidates.values().forEach(of -> of.sort(CandidateOrder.ORDER));
  }

  /** The id of the entry that a redirect ends at; {@code null} if it ends nowhere. */
  private static String end(Map<String, KbEntry> byId, KbEntry from) {
    var at = from;
    for (int steps = 0; at != null && at.redirect() != null; steps++) {
      if (steps > byId.size()) {
        return null;
      }
      at = byId.get(at.redirect());
    }
    return at == null ? null : at.id();
  }

  private void add(Map<String, KbCandidate> byAlias) {
    byAlias.forEach(
        (alias, candidate) -> {
          candidates.computeIfAbsent(alias, unused -> new ArrayList<>(1)).add(candidate);
          index.apply(AliasMark.of(channel, alias, 1, Setting.ALWAYS));
        });
  }

  /**
   * Leaves out the names that nothing but one document taught, as if that had not been read; what
   * was left out before comes back.
   *
   * @param statistics that its learned names are from
   * @param own what the document contributed to them
   */
  public void leaveOut(LinkStatistics statistics, LinkStatistics own) {
    leftOut.forEach(this::put);
    leftOut.clear();
    for (String id : own.named()) {
      for (String alias : own.namesOf(id)) {
        var name = LinkStatistics.pair(alias, id);
        if (statistics.without(own, LinkStatistics.NAME, name).linked() == 0) {
          leaveOut(alias, id);
        }
      }
    }
  }

  private void leaveOut(String alias, String id) {
    var all = candidates.getOrDefault(alias, List.of());
    var kept =
        all.stream().filter(one -> one.kind() != NameKind.LEARNED || !one.id().equals(id)).toList();
    if (kept.size() < all.size()) {
      leftOut.putIfAbsent(alias, all);
      put(alias, kept);
    }
  }

  private void put(String alias, List<KbCandidate> of) {
    int more = of.size() - candidates.put(alias, of).size();
    index.apply(AliasMark.of(channel, alias, more, Setting.ALWAYS));
  }

  /** Entries that are no redirects. */
  public int size() {
    return ids.size();
  }

  /** Whether there is an entry of its own with this id. */
  public boolean contains(String id) {
    return ids.contains(id);
  }

  /** Different aliases. */
  public int aliases() {
    return candidates.size();
  }

  /** What may mean something in a document, with all candidates. */
  public LinkTask task(EnrichedDocument document) {
    return task(document, finder.find(document, Setting.ALWAYS));
  }

  /** What its entities may mean, and nothing else in it, with all candidates. */
  public LinkTask taskOfEntities(EnrichedDocument document) {
    var entities = finder.find(document, Setting.ALWAYS).stream();
    return task(
        document, entities.filter(mention -> mention.entity() != Mention.NO_ENTITY).toList());
  }

  private LinkTask task(EnrichedDocument document, List<Mention> mentions) {
    var answers =
        mentions.stream()
            .map(Mention::alias)
            .distinct()
            .map(alias -> answer(document, alias))
            .toList();
    var versions = document.versions().withKb(0);
    return new LinkTask(
        document.withExtraction(document.entities(), document.relations(), versions),
        mentions,
        answers);
  }

  private AliasAnswer answer(EnrichedDocument document, String alias) {
    var all = candidates.getOrDefault(alias, List.of());
    int weighed = Math.min(maxCandidates, all.size());
    return new AliasAnswer(
        document.raw().origin(), alias, all.subList(0, weighed), all.size() - weighed);
  }
}
