package io.github.wenliu.operators.nil;

import java.util.List;
import java.util.Locale;

/**
 * The state of a group after an epoch, as the topic {@code entity-candidates} holds it.
 *
 * @param channel tenant
 * @param epoch in which it was written
 * @param seq rank among the groups of its name that the epoch wrote, in the order of the ids' code
 *     points, from 0
 * @param group its id, unique within the channel
 * @param name in normalised form
 * @param status {@code null} if the group is no more: the topic gets a tombstone
 * @param entity id of the entry that it was promoted to, or {@code null}
 * @param mentions how many
 * @param documents in how many documents
 * @param firstSeenMillis earliest effective time of a mention
 * @param lastSeenMillis latest effective time of a mention
 * @param surfaces as written, most frequent first
 * @param types labels of the extractor, most frequent first
 * @param context words around its recent mentions, most frequent first
 * @param evidence newest last, of each document one place
 */
public record GroupState(
    String channel,
    long epoch,
    long seq,
    String group,
    String name,
    Status status,
    String entity,
    long mentions,
    long documents,
    long firstSeenMillis,
    long lastSeenMillis,
    List<Tally> surfaces,
    List<Tally> types,
    List<Tally> context,
    List<NilEvidence> evidence) {

  /** Words of the context that are written. */
  static final int SHOWN_CONTEXT = 16;

  /** What a group is. */
  public enum Status {
    /** Nobody has said anything of it. */
    CANDIDATE,
    /** People made it an entry of the knowledge base. */
    PROMOTED;

    /** The name in output events. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public GroupState {
    if (channel == null || group == null) {
      throw new IllegalArgumentException("a group's state has a channel and an id");
    }
    surfaces = List.copyOf(surfaces);
    types = List.copyOf(types);
    context = List.copyOf(context);
    evidence = List.copyOf(evidence);
  }

  static GroupState of(String channel, long epoch, String id, String name, NilGroup group) {
    return new GroupState(
        channel,
        epoch,
        0,
        id,
        name,
        group.entity() == null ? Status.CANDIDATE : Status.PROMOTED,
        group.entity(),
        group.mentions(),
        group.documents(),
        group.firstSeenMillis(),
        group.lastSeenMillis(),
        Tally.foremost(group.surfaces(), NilGroup.SURFACES),
        Tally.foremost(group.types(), NilGroup.TYPES),
        Tally.foremost(group.context(), SHOWN_CONTEXT),
        group.evidence());
  }

  static GroupState gone(String channel, long epoch, String id, String name) {
    return new GroupState(
        channel, epoch, 0, id, name, null, null, 0, 0, 0, 0, List.of(), List.of(), List.of(),
        List.of());
  }

  /** Whether the group is no more. */
  public boolean isGone() {
    return status == null;
  }

  /** The same at a rank. */
  GroupState at(long seq) {
    return new GroupState(
        channel,
        epoch,
        seq,
        group,
        name,
        status,
        entity,
        mentions,
        documents,
        firstSeenMillis,
        lastSeenMillis,
        surfaces,
        types,
        context,
        evidence);
  }
}
