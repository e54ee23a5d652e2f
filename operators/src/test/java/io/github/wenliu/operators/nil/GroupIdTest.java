package io.github.wenliu.operators.nil;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GroupIdTest {

  @Test
  void aShortNameIsItsOwnStem() {
    assertThat(GroupId.of(GroupId.stem("c#"), 12)).isEqualTo("c##12");
    assertThat(GroupId.stemOf("c##12")).isEqualTo("c#");
    assertThat(GroupId.numberOf("c##12")).isEqualTo(12);
    assertThat(GroupId.stem("墨".repeat(48))).isEqualTo("墨".repeat(48));
  }

  @Test
  void aLongOneIsCutAndToldApartByItsHash() {
    var a = GroupId.stem("墨".repeat(60) + "甲");
    var b = GroupId.stem("墨".repeat(60) + "乙");

    assertThat(a).hasSize(48).startsWith("墨".repeat(31) + "~").isNotEqualTo(b);
    assertThat(GroupId.stem("a" + "𠮷".repeat(30))).startsWith("a" + "𠮷".repeat(15) + "~");
    assertThat(GroupId.of(a, 999_999_999)).hasSizeLessThanOrEqualTo(64);
  }

  @Test
  void aMentionAndAPromotionOfOneNameMeet() {
    var mention = Mentions.mention(1, 1, "EVENT", Mentions.STORM);

    assertThat(new GroupPromotion("main", "墨鲷#7", "Q1").key()).isEqualTo(mention.key());
    assertThat(mention.key()).isEqualTo("main/墨鲷");
  }
}
