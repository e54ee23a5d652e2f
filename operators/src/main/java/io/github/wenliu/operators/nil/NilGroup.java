package io.github.wenliu.operators.nil;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * Unlinked mentions of one name that seem to mean one thing.
 *
 * @param number tells it from others of its name
 * @param mentions how many
 * @param documents in how many documents
 * @param firstSeenMillis earliest effective time of a mention
 * @param lastSeenMillis latest effective time of a mention
 * @param lastEpoch last epoch in which one counted
 * @param surfaces as written; at most {@link #SURFACES}
 * @param types labels of the extractor; at most {@link #TYPES}
 * @param window mentions whose context is counted
 * @param context words around them; at most {@link #CONTEXT}
 * @param evidence newest last, of each document one place; at most {@link #EVIDENCE}
 * @param entity id of the entry that it was promoted to, or {@code null}
 * @param published whether the topic has it
 * @param changed whether it is not as the topic has it
 */
public record NilGroup(
    long number,
    long mentions,
    long documents,
    long firstSeenMillis,
    long lastSeenMillis,
    long lastEpoch,
    List<Tally> surfaces,
    List<Tally> types,
    int window,
    List<Tally> context,
    List<NilEvidence> evidence,
    String entity,
    boolean published,
    boolean changed) {

  static final int SURFACES = 8;
  static final int TYPES = 8;
  static final int CONTEXT = 64;
  static final int EVIDENCE = 5;

  /** When the context has been counted of so many mentions, the counts are halved. */
  static final int FULL_WINDOW = 64;

  private static final Comparator<NilGroup> NEWER =
      Comparator.comparingLong(NilGroup::lastEpoch)
          .thenComparingLong(NilGroup::lastSeenMillis)
          .thenComparingLong(NilGroup::number);

  public NilGroup {
    surfaces = List.copyOf(surfaces);
    types = List.copyOf(types);
    context = List.copyOf(context);
    evidence = List.copyOf(evidence);
  }

  /** A group that is begun by a mention. */
  static NilGroup begun(long number, UnlinkedMention mention) {
    return new NilGroup(
            number,
            0,
            0,
            mention.effectiveMillis(),
            mention.effectiveMillis(),
            mention.epoch(),
            List.of(),
            List.of(),
            0,
            List.of(),
            List.of(),
            null,
            false,
            true)
        .with(mention);
  }

  /** The group with one mention more. */
  NilGroup with(UnlinkedMention mention) {
    var origin = mention.origin();
    // A document's mentions come one after the other, so it is among the last if it is known.
    boolean isNewDocument = evidence.stream().noneMatch(place -> place.origin().equals(origin));
    boolean isFull = window == FULL_WINDOW;
    var words = isFull ? Tally.halved(context) : context;
    for (int i = mention.context().size() - 1; i >= 0; i--) {
      words = Tally.with(words, mention.context().get(i), CONTEXT);
    }
    return new NilGroup(
        number,
        mentions + 1,
        isNewDocument ? documents + 1 : documents,
        Math.min(firstSeenMillis, mention.effectiveMillis()),
        Math.max(lastSeenMillis, mention.effectiveMillis()),
        Math.max(lastEpoch, mention.epoch()),
        Tally.with(surfaces, mention.surface(), SURFACES),
        Tally.with(types, mention.type(), TYPES),
        (isFull ? window / 2 : window) + 1,
        words,
        isNewDocument ? evidenceWith(mention, origin) : evidence,
        entity,
        published,
        true);
  }

  private List<NilEvidence> evidenceWith(UnlinkedMention mention, String origin) {
    var places = new ArrayList<>(evidence);
    if (places.size() == EVIDENCE) {
      places.remove(0);
    }
    places.add(new NilEvidence(origin, mention.start(), mention.end(), mention.excerpt()));
    return places;
  }

  /** The group with all mentions of another one. */
  NilGroup with(NilGroup other) {
    boolean isNewer = NEWER.compare(this, other) >= 0;
    var newer = isNewer ? this : other;
    var older = isNewer ? other : this;
    int both = window + other.window;
    var words = Tally.merged(newer.context, older.context, 2 * CONTEXT);
    var places = new LinkedHashMap<String, NilEvidence>();
    older.evidence.forEach(place -> places.put(place.origin(), place));
    newer.evidence.forEach(
        place -> {
          places.remove(place.origin());
          places.put(place.origin(), place);
        });
    int shared = evidence.size() + other.evidence.size() - places.size();
    return new NilGroup(
        number,
        mentions + other.mentions,
        documents + other.documents - shared,
        Math.min(firstSeenMillis, other.firstSeenMillis),
        Math.max(lastSeenMillis, other.lastSeenMillis),
        newer.lastEpoch,
        Tally.merged(newer.surfaces, older.surfaces, SURFACES),
        Tally.merged(newer.types, older.types, TYPES),
        both > FULL_WINDOW ? both / 2 : both,
        Tally.merged(both > FULL_WINDOW ? Tally.halved(words) : words, List.of(), CONTEXT),
        List.copyOf(places.values()).subList(Math.max(0, places.size() - EVIDENCE), places.size()),
        entity,
        published,
        true);
  }

  /** The type that it has most often. */
  String type() {
    return Tally.foremost(types, 1).get(0).text();
  }

  /**
   * The group as an entry of the knowledge base.
   *
   * @param entity id of the entry, {@code null} for none
   */
  NilGroup promoted(String entity) {
    return with(entity, published, true);
  }

  /** The group as the topic has it now. */
  NilGroup asPublished() {
    return with(entity, true, false);
  }

  private NilGroup with(String entity, boolean published, boolean changed) {
    return new NilGroup(
        number,
        mentions,
        documents,
        firstSeenMillis,
        lastSeenMillis,
        lastEpoch,
        surfaces,
        types,
        window,
        context,
        evidence,
        entity,
        published,
        changed);
  }
}
