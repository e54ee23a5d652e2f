package io.github.wenliu.operators.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wenliu.operators.document.Setting;
import it.unimi.dsi.fastutil.longs.LongOpenHashSet;
import org.junit.jupiter.api.Test;

class AliasIndexTest {

  private static final int MANY = 100_000;

  @Test
  void aSnapshotOfManyAliasesIsInPartsAndWhole() {
    var index = new AliasIndex();
    for (int i = 0; i < MANY; i++) {
      index.apply(AliasMark.of("main", "别名" + i, 1, Setting.ALWAYS));
    }
    var blocks = index.blocks();
    assertThat(blocks).hasSizeGreaterThan(3);
    var restored = new AliasIndex();
    blocks.forEach(restored::restore);
    assertThat(restored.size()).isEqualTo(MANY);
    assertThat(restored.contains("main", AliasIndex.hash("别名" + (MANY - 1)), 0)).isTrue();
    assertThat(restored.contains("main", AliasIndex.hash("别名" + MANY), 0)).isFalse();
    assertThat(restored.longest("main", '别', '名')).isEqualTo(7);
  }

  /** The strings that are most alike: all of one to three characters of a small alphabet. */
  @Test
  void stringsThatAreAlikeHaveHashesOfTheirOwn() {
    var hashes = new LongOpenHashSet();
    int strings = 0;
    for (char a = 0; a < 100; a++) {
      for (char b = 0; b < 100; b++) {
        for (char c = 0; c < 100; c++) {
          hashes.add(AliasIndex.hash("" + (char) ('一' + a) + (char) ('一' + b) + (char) ('一' + c)));
          strings++;
        }
        hashes.add(AliasIndex.hash("" + (char) ('一' + a) + (char) ('一' + b)));
        strings++;
      }
    }
    assertThat(hashes).hasSize(strings);
  }

  @Test
  void nothingIsLeftOfAnAliasThatWent() {
    var index = new AliasIndex();
    index.apply(AliasMark.of("main", "鲁迅", 1, Setting.ALWAYS));
    index.apply(AliasMark.of("main", "鲁迅", -1, 5));
    index.apply(AliasMark.of("main", "豫才", 1, 6));
    index.apply(AliasMark.of("main", "豫才", -1, 6));
    index.fold(6);
    assertThat(index.size()).isZero();
    assertThat(index.version("main", 9)).isEqualTo(6);
    assertThat(index.version("other", 9)).isZero();
  }
}
