package io.github.wenliu.operators.nil;

/**
 * What people decided of a group.
 *
 * @param channel tenant
 * @param group its id
 * @param entity id of the entry that it is from now on; {@code null} if that is taken back
 */
public record GroupPromotion(String channel, String group, String entity) {

  public GroupPromotion {
    if (channel == null || group == null) {
      throw new IllegalArgumentException("a promotion has a channel and a group");
    }
  }

  /** Names whose state it belongs to: {@code channel/stem}. */
  public String key() {
    return GroupId.key(channel, GroupId.stemOf(group));
  }
}
