package io.github.wenliu.operators.link;

import io.github.wenliu.models.link.LinkModel;
import io.github.wenliu.models.link.LinkTokens;
import io.github.wenliu.models.text.NormalizedText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Tells how an entry stands under its aliases, and what changes there when it changes itself. An
 * entry's description is encoded when the entry comes, those of many in one run of the model.
 * O(aliases) a change beside that. Not thread-safe.
 */
final class EntryAliases {

  /**
   * An alias under which an entry stands otherwise than before.
   *
   * @param candidate how it stands there now; {@code null} if it does no more
   * @param delta entries more under the alias: 1, 0 or -1
   */
  record Difference(String alias, KbCandidate candidate, int delta) {}

  /** Entries that are worth being encoded in one run. */
  static final int TOGETHER = 64;

  private static final byte[] NO_VECTOR = {};
  private static final int[] NO_TOKENS = {};

  private final LinkModel model;
  private final EntryNames names = new EntryNames();

  EntryAliases(LinkModel model) {
    this.model = model;
  }

  /**
   * How entries are known from now on, as if nothing redirected to them.
   *
   * @param entries {@code null} for one that is deleted
   */
  List<KnownEntry> known(List<KbEntry> entries) {
    var cut = entries.stream().map(entry -> entry == null ? null : cut(entry)).toList();
    var vectors = model.describe(cut.stream().map(this::tokens).toList());
    return IntStream.range(0, cut.size())
        .mapToObj(i -> new KnownEntry(cut.get(i), vectors.get(i), 0))
        .toList();
  }

  private int[] tokens(KbEntry entry) {
    return entry == null
        ? NO_TOKENS
        : LinkTokens.of(NormalizedText.of(entry.description()), model.tokens());
  }

  private static KbEntry cut(KbEntry entry) {
    var shown = KbCandidate.of(entry, NameKind.NAME, NO_VECTOR);
    return new KbEntry(
        entry.channel(),
        entry.id(),
        entry.name(),
        entry.aliases(),
        entry.types(),
        shown.description(),
        shown.facts(),
        entry.prior(),
        null);
  }

  /**
   * How an entry stands under each of its aliases.
   *
   * @param redirected names of entries that redirect to it
   */
  Map<String, KbCandidate> candidates(KnownEntry known, Collection<String> redirected) {
    var entry = known.entry();
    if (entry == null) {
      return Map.of();
    }
    var candidates = new LinkedHashMap<String, KbCandidate>();
    names
        .of(entry, redirected, model.statistics().namesOf(entry.id()))
        .forEach(
            (alias, kind) -> candidates.put(alias, KbCandidate.of(entry, kind, known.vector())));
    return candidates;
  }

  /** What is different under which alias, those that are left alone not among them. */
  static List<Difference> differences(
      Map<String, KbCandidate> before, Map<String, KbCandidate> after) {
    var differences = new ArrayList<Difference>();
    after.forEach(
        (alias, candidate) -> {
          var former = before.get(alias);
          if (former == null || !isSame(former, candidate)) {
            differences.add(new Difference(alias, candidate, former == null ? 1 : 0));
          }
        });
    before.keySet().stream()
        .filter(alias -> !after.containsKey(alias))
        .forEach(alias -> differences.add(new Difference(alias, null, -1)));
    return differences;
  }

  private static boolean isSame(KbCandidate a, KbCandidate b) {
    return a.id().equals(b.id())
        && a.name().equals(b.name())
        && a.kind() == b.kind()
        && a.types().equals(b.types())
        && a.description().equals(b.description())
        && a.facts().equals(b.facts())
        && Double.compare(a.prior(), b.prior()) == 0
        && Arrays.equals(a.vector(), b.vector());
  }
}
