package io.github.wenliu.operators.newword;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/**
 * A shard counts the windows up to the epoch of a version, whatever came in which order, was saved,
 * packed, dropped or restored meanwhile.
 */
class NgramShardPropertyTest {

  /** What stands in state. */
  private byte[] base;

  private final List<byte[]> log = new ArrayList<>();

  @Property(tries = 500)
  void aShardCountsTheWindowsUpToAVersion(
      @ForAll("windows") List<Window> windows,
      @ForAll @IntRange(min = 2, max = 6) int minCount,
      @ForAll Random random) {
    base = null;
    log.clear();
    var shuffled = new ArrayList<>(windows);
    Collections.shuffle(shuffled, random);
    var arrived = new ArrayList<Window>();
    var shard = new NgramShard(3, minCount, false);
    long version = -1;
    while (version < NgramTable.LAST_EPOCH) {
      int from = arrived.size();
      int end = from + random.nextInt(shuffled.size() - from + 1);
      if (from < end) {
        arrived.addAll(shuffled.subList(from, end));
        shard.add(Window.packed(shuffled.subList(from, end)));
      }
      if (random.nextBoolean()) {
        save(shard);
        if (random.nextBoolean()) {
          shard = new NgramShard(3, minCount, true);
        }
      }
      long[] epochs = versions(version, random);
      if (!shard.isInMemory()) {
        shard.read(base, List.copyOf(log));
      }
      byte[][] parts = shard.count(epochs);
      for (int i = 0; i < epochs.length; i++) {
        if (i > 0) {
          shard.trie().add(parts[i]);
        }
        long last = epochs[i];
        var counted = arrived.stream().filter(window -> window.epoch() <= last).toList();
        assertThat(NgramTable.of(shard.trie(), minCount))
            .isEqualTo(NgramTable.of(counted, minCount));
        assertThat(NgramTable.pairs(shard.trie(), minCount)).isEqualTo(NgramTable.pairs(counted));
        version = last;
      }
      leave(shard, random);
    }
  }

  /** One or more versions behind one. */
  private static long[] versions(long before, Random random) {
    var epochs = new TreeSet<Long>();
    for (int i = 0; i <= random.nextInt(3); i++) {
      epochs.add(before + 1 + random.nextInt((int) (NgramTable.LAST_EPOCH - before)));
    }
    return epochs.stream().mapToLong(epoch -> epoch).toArray();
  }

  private void leave(NgramShard shard, Random random) {
    if (random.nextBoolean()) {
      base = shard.pack();
      log.clear();
      log.addAll(shard.waiting());
    } else if (random.nextBoolean()) {
      save(shard);
    } else {
      return;
    }
    if (random.nextBoolean()) {
      shard.drop();
    }
  }

  private void save(NgramShard shard) {
    log.addAll(shard.unsaved());
    shard.setSaved();
  }

  @Provide
  Arbitrary<List<Window>> windows() {
    return NgramTable.windows();
  }
}
