package io.github.wenliu.operators.document;

/**
 * What people chose that documents are treated by, from an epoch on: which model extracts, which
 * strings are entities. A newer setting of a key (kind, channel, target) replaces all of the same
 * key that have not begun when it begins.
 *
 * @param kind as in {@link ControlChange}
 * @param channel tenant
 * @param target what it is about; an entity in its normalised form
 * @param value what is chosen; {@code null} for what holds without a choice
 * @param epoch valid for documents entitled to this epoch or a later one; {@link #ALWAYS} for all
 */
public record Setting(String kind, String channel, String target, String value, long epoch) {

  /** The epoch of what every document is entitled to. */
  public static final long ALWAYS = Long.MIN_VALUE;

  public Setting {
    if (kind == null || channel == null || target == null) {
      throw new IllegalArgumentException("a setting has a kind, channel and target");
    }
  }

  /** Names what it is about: {@code kind/channel/target}. */
  public String key() {
    return kind + "/" + channel + "/" + target;
  }
}
