package io.github.wenliu.operators.link;

/**
 * Asks what may be meant by an alias.
 *
 * @param document whose question it is: {@code topic-partition-offset}
 * @param channel tenant
 * @param alias in its normalised form
 * @param entitled newest epoch of the knowledge base that the document may know of
 */
public record AliasQuery(String document, String channel, String alias, long entitled) {

  /** Names whose state it asks: {@code channel/alias}. */
  public String key() {
    return channel + "/" + alias;
  }
}
