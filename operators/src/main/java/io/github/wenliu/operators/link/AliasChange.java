package io.github.wenliu.operators.link;

/**
 * An entry stands under an alias as it says from an epoch on, or does no more.
 *
 * @param channel tenant
 * @param alias in its normalised form
 * @param id of the entry
 * @param candidate the entry under this alias; {@code null} if it stands there no more
 * @param epoch valid for documents entitled to this epoch or a later one
 */
public record AliasChange(
    String channel, String alias, String id, KbCandidate candidate, long epoch) {

  /** Names whose state it belongs to: {@code channel/alias}. */
  public String key() {
    return channel + "/" + alias;
  }
}
