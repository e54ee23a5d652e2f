package io.github.wenliu.operators.link;

/**
 * What every subtask that finds mentions learns of a change: that one entry more or one less stands
 * under an alias. The alias itself is not there: {@link AliasIndex} knows it by its hash.
 *
 * @param channel tenant
 * @param hash of the alias, see {@link AliasIndex#hash}
 * @param head hash of its beginning, see {@link AliasIndex#head}
 * @param length of the alias in UTF-16 units; 0 where only the version of the channel changes
 * @param delta entries more, or less if negative
 * @param epoch valid for documents entitled to this epoch or a later one
 */
public record AliasMark(String channel, long hash, int head, int length, int delta, long epoch) {

  /** Of an alias in its normalised form. */
  static AliasMark of(String channel, String alias, int delta, long epoch) {
    return new AliasMark(
        channel, AliasIndex.hash(alias), AliasIndex.head(alias), alias.length(), delta, epoch);
  }

  /** Says only that the knowledge base of a channel changed. */
  static AliasMark version(String channel, long epoch) {
    return new AliasMark(channel, 0, 0, 0, 0, epoch);
  }
}
