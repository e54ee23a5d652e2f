package io.github.wenliu.operators.link;

import java.util.List;

/**
 * A change that was decided: from which epoch on an entry is as it says, or which names of another
 * entry mean it.
 *
 * @param channel tenant
 * @param id of the entry that it is about
 * @param source the same id, or that of an entry that redirects to it
 * @param entry how it is from now on; {@code null} if it is deleted, and where the source is
 *     another
 * @param names of the source, where that is another: all of them, none if it redirects here no
 *     more; else {@code null}
 * @param epoch valid for documents entitled to this epoch or a later one; {@link
 *     io.github.wenliu.operators.document.Setting#ALWAYS} for all
 */
public record KbUpdate(
    String channel, String id, String source, KbEntry entry, List<String> names, long epoch) {

  public KbUpdate {
    if (channel == null || id == null || source == null) {
      throw new IllegalArgumentException("an update has a channel, an id and a source");
    }
    if (id.equals(source) != (names == null)) {
      throw new IllegalArgumentException("names come from other entries, and from them alone");
    }
  }

  /** Names whose state it belongs to: {@code channel/id}. */
  public String key() {
    return channel + "/" + id;
  }

  /** What an entry itself says; {@code null} if it is deleted. */
  public static KbUpdate of(String channel, String id, KbEntry entry, long epoch) {
    return new KbUpdate(channel, id, id, entry, null, epoch);
  }

  /** The names of another entry that redirects here. */
  public static KbUpdate names(
      String channel, String id, String source, List<String> names, long epoch) {
    return new KbUpdate(channel, id, source, null, List.copyOf(names), epoch);
  }
}
