package io.github.wenliu.operators.newword;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/**
 * What a shard counts is a function of the windows: how they were batched, in which order the
 * batches came and at which versions they were settled makes no difference.
 */
class NgramShardPropertyTest {

  private static final int LAST_EPOCH = 6;

  @Property(tries = 300)
  void anySplitAndOrderOfBatchesAndVersionsCountsTheSame(
      @ForAll("windows") List<Window> windows, @ForAll Random random) {
    var shuffled = new ArrayList<>(windows);
    Collections.shuffle(shuffled, random);
    var shard = NgramShard.EMPTY;
    byte[] later = {};
    var arrived = new ArrayList<Window>();
    int from = 0;
    for (long version = 0; version <= LAST_EPOCH; version++) {
      var batches = new ArrayList<byte[]>();
      batches.add(later);
      int until =
          version == LAST_EPOCH
              ? shuffled.size()
              : from + random.nextInt(shuffled.size() - from + 1);
      while (from < until) {
        int end = from + 1 + random.nextInt(until - from);
        batches.add(Window.packed(shuffled.subList(from, end)));
        arrived.addAll(shuffled.subList(from, end));
        from = end;
      }
      Collections.shuffle(batches, random);
      byte[][] parts = WindowBuffers.split(batches, new long[] {version});
      shard = shard.settled(List.of(parts[0]));
      later = parts[1];
      assertThat(scan(shard)).isEqualTo(counted(arrived, version));
      assertThat(4 * shard.recent().length).isLessThanOrEqualTo(shard.base().length);
    }
    assertThat(later).isEmpty();
    assertThat(scan(shard))
        .isEqualTo(scan(NgramShard.EMPTY.settled(List.of(Window.packed(windows)))));
  }

  @Property(tries = 300)
  void batchesAreCutByEpoch(@ForAll("windows") List<Window> windows, @ForAll Random random) {
    int cut = random.nextInt(windows.size() + 1);
    long version = random.nextInt(LAST_EPOCH + 2) - 1;
    var batches =
        List.of(
            Window.packed(windows.subList(0, cut)),
            Window.packed(windows.subList(cut, windows.size())));
    byte[][] parts = WindowBuffers.split(batches, new long[] {version, version + 2});
    assertThat(Window.unpacked(parts[0]))
        .isEqualTo(windows.stream().filter(window -> window.epoch() <= version).toList());
    assertThat(Window.unpacked(parts[1]))
        .isEqualTo(
            windows.stream()
                .filter(window -> window.epoch() > version && window.epoch() <= version + 2)
                .toList());
    assertThat(Window.unpacked(parts[2]))
        .isEqualTo(windows.stream().filter(window -> window.epoch() > version + 2).toList());
  }

  @Property(tries = 300)
  void aRunGivesBackWhatItWasGiven(
      @ForAll("windows") List<Window> windows, @ForAll("counts") List<Long> counts) {
    var expected = new ArrayList<String>();
    var runs = new RunNames();
    var writer = new WindowRun.Writer(runs);
    int at = 0;
    for (List<String> window : byWindow(windows, Long.MAX_VALUE).keySet()) {
      long count = counts.get(at++ % counts.size());
      writer.accept(codes(window, runs), window.size(), count);
      expected.add(String.join(" ", window) + ": " + count);
    }
    var again = new ArrayList<String>();
    var names = new RunNames();
    WindowRun.merge(
        new WindowRun(writer.toByteArray(), names),
        new WindowRun(WindowRun.EMPTY, names),
        names,
        (symbols, length, count) -> again.add(shown(symbols, length, count, names)));
    assertThat(again).isEqualTo(expected);
  }

  @Test
  void aLargeBaseIsNotRewrittenForAFewWindows() {
    var windows = new ArrayList<Window>();
    for (int i = 0; i < 100; i++) {
      windows.add(new Window(0, List.of("一", Character.toString('丁' + i))));
    }
    var first = NgramShard.EMPTY.settled(List.of(Window.packed(windows)));
    var few =
        Window.packed(List.of(new Window(1, List.of("一", "丁")), new Window(1, List.of("一", "龥"))));
    var second = first.settled(List.of(few));
    assertThat(second.base()).isSameAs(first.base());
    assertThat(second.recent()).isNotEmpty();
    assertThat(scan(second)).hasSize(101).contains("一 丁: 2", "一 龥: 1");
    var third = second.settled(List.of(Window.packed(windows)));
    assertThat(third.recent()).isEmpty();
    assertThat(scan(third)).hasSize(101).contains("一 丁: 3", "一 龥: 1");
  }

  @Provide
  Arbitrary<List<Window>> windows() {
    var symbol = Arbitraries.of("甲", "乙", "丙", "𠮷", "𪚥", "の", "BA", "5G", "Ba", "BAs", "7");
    var symbols = symbol.list().ofMinSize(2).ofMaxSize(Ngrams.MAX_ORDER);
    return Combinators.combine(Arbitraries.longs().between(0, LAST_EPOCH), symbols)
        .as(Window::new)
        .list()
        .ofMaxSize(60);
  }

  @Provide
  Arbitrary<List<Long>> counts() {
    return Arbitraries.longs().between(1, Long.MAX_VALUE).list().ofMinSize(1).ofMaxSize(20);
  }

  private static List<String> scan(NgramShard shard) {
    var found = new ArrayList<String>();
    var runs = new RunNames();
    shard.scan(runs, (symbols, length, count) -> found.add(shown(symbols, length, count, runs)));
    return found;
  }

  /** What a scan should find: the windows up to an epoch, each once, in order. */
  private static List<String> counted(List<Window> windows, long lastEpoch) {
    var lines = new ArrayList<String>();
    byWindow(windows, lastEpoch)
        .forEach((window, count) -> lines.add(String.join(" ", window) + ": " + count));
    return lines;
  }

  private static TreeMap<List<String>, Long> byWindow(List<Window> windows, long lastEpoch) {
    var counts = new TreeMap<List<String>, Long>(NgramShardPropertyTest::compare);
    for (Window window : windows) {
      if (window.epoch() <= lastEpoch) {
        counts.merge(window.symbols(), 1L, Long::sum);
      }
    }
    return counts;
  }

  /** Code points by value, runs behind them by their characters; shorter windows first. */
  private static int compare(List<String> a, List<String> b) {
    var symbols =
        Comparator.<String, Boolean>comparing(Window::isRun)
            .thenComparing(symbol -> Window.isRun(symbol) ? 0 : symbol.codePointAt(0))
            .thenComparing(symbol -> symbol);
    for (int k = 0; k < Math.min(a.size(), b.size()); k++) {
      int order = symbols.compare(a.get(k), b.get(k));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(a.size(), b.size());
  }

  private static int[] codes(List<String> symbols, RunNames runs) {
    return symbols.stream()
        .mapToInt(symbol -> Window.isRun(symbol) ? runs.code(symbol) : symbol.codePointAt(0))
        .toArray();
  }

  private static String shown(int[] symbols, int length, long count, RunNames runs) {
    var shown = new ArrayList<String>();
    for (int k = 0; k < length; k++) {
      shown.add(Window.shown(symbols[k], runs));
    }
    return String.join(" ", shown) + ": " + count;
  }
}
