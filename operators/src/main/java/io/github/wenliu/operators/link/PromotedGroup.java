package io.github.wenliu.operators.link;

/**
 * A group of unlinked mentions that is an entry of the knowledge base.
 *
 * @param channel tenant
 * @param group its id
 * @param id of the entry
 */
public record PromotedGroup(String channel, String group, String id) {

  /** Names the group: {@code channel/group}. */
  String key() {
    return channel + "/" + group;
  }
}
