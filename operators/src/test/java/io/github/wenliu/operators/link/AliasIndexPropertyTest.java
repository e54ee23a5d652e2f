package io.github.wenliu.operators.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wenliu.operators.document.Setting;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** The index against a map from each alias to its counts by epoch. */
class AliasIndexPropertyTest {

  private static final List<String> CHANNELS = List.of("a", "b");
  private static final int ALIASES = 12;
  private static final int EPOCHS = 12;
  private static final int CHANGES = 60;

  @Property(tries = 200)
  void knowsAtEveryOpenEpochWhatAMapKnows(@ForAll Random random) {
    var index = new AliasIndex();
    var naive = new HashMap<String, TreeMap<Long, Integer>>();
    var versions = new HashMap<String, TreeMap<Long, Boolean>>();
    long oldest = Long.MIN_VALUE;
    long epoch = Setting.ALWAYS;
    for (int step = 0; step < CHANGES; step++) {
      if (step > CHANGES / 3 && random.nextInt(4) == 0) {
        epoch = Math.max(epoch, 0) + random.nextInt(3);
      }
      var channel = CHANNELS.get(random.nextInt(2));
      var alias = alias(random.nextInt(ALIASES));
      var counts = naive.computeIfAbsent(channel + alias, unused -> new TreeMap<>());
      int before = counts.values().stream().mapToInt(Integer::intValue).sum();
      int delta = before > 0 && random.nextBoolean() ? -1 : 1;
      if (random.nextInt(5) == 0) {
        index.apply(AliasMark.version(channel, epoch));
      } else {
        counts.merge(epoch, delta, Integer::sum);
        index.apply(AliasMark.of(channel, alias, delta, epoch));
      }
      if (epoch != Setting.ALWAYS) {
        versions.computeIfAbsent(channel, unused -> new TreeMap<>()).put(epoch, true);
      }
      if (random.nextInt(6) == 0 && epoch != Setting.ALWAYS) {
        oldest = Math.max(oldest, epoch - 1 - random.nextInt(3));
        index.fold(oldest);
      }
      if (random.nextInt(10) == 0) {
        index = restored(index, random);
      }
      check(index, naive, versions, Math.max(oldest, -2));
    }
  }

  private static void check(
      AliasIndex index,
      Map<String, TreeMap<Long, Integer>> naive,
      Map<String, TreeMap<Long, Boolean>> versions,
      long oldest) {
    for (long entitled = oldest; entitled <= EPOCHS; entitled++) {
      for (String channel : CHANNELS) {
        Long version = versions.getOrDefault(channel, new TreeMap<>()).floorKey(entitled);
        assertThat(index.version(channel, entitled)).isEqualTo(version == null ? 0 : version);
        for (int i = 0; i < ALIASES; i++) {
          var alias = alias(i);
          int count =
              naive
                  .getOrDefault(channel + alias, new TreeMap<>())
                  .headMap(entitled, true)
                  .values()
                  .stream()
                  .mapToInt(Integer::intValue)
                  .sum();
          assertThat(index.contains(channel, AliasIndex.hash(alias), entitled))
              .as("%s of %s at %d", alias, channel, entitled)
              .isEqualTo(count > 0);
          if (count > 0) {
            assertThat(index.longest(channel, alias.charAt(0), alias.charAt(1)))
                .isGreaterThanOrEqualTo(alias.length());
          }
        }
      }
    }
  }

  /** Parts come in any order. */
  private static AliasIndex restored(AliasIndex index, Random random) {
    var blocks = new ArrayList<>(index.blocks());
    Collections.shuffle(blocks, random);
    var restored = new AliasIndex();
    blocks.forEach(restored::restore);
    assertThat(restored.size()).isEqualTo(index.size());
    return restored;
  }

  private static String alias(int number) {
    return "别名".repeat(1 + number % 3) + number;
  }
}
