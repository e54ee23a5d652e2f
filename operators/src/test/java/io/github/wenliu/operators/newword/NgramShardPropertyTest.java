package io.github.wenliu.operators.newword;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wenliu.models.text.SymbolCodes;
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
 * batches came and at which versions they were settled makes no difference. Symbols are strings
 * here; those that begin with a Latin letter or digit are runs.
 */
class NgramShardPropertyTest {

  private static final int LAST_EPOCH = 6;

  /** A window and the epoch that it counts for. */
  record Window(long epoch, List<String> symbols) {}

  @Property(tries = 300)
  void anySplitAndOrderOfBatchesAndVersionsCountsTheSame(
      @ForAll("windows") List<Window> windows, @ForAll Random random) {
    var shuffled = new ArrayList<>(windows);
    Collections.shuffle(shuffled, random);
    var shard = NgramShard.EMPTY;
    var arrived = new ArrayList<Window>();
    int from = 0;
    for (long version = 0; version <= LAST_EPOCH; version++) {
      var batches = new ArrayList<byte[]>();
      batches.add(shard.later());
      int until =
          version == LAST_EPOCH
              ? shuffled.size()
              : from + random.nextInt(shuffled.size() - from + 1);
      while (from < until) {
        int end = from + 1 + random.nextInt(until - from);
        batches.add(batch(shuffled.subList(from, end)));
        arrived.addAll(shuffled.subList(from, end));
        from = end;
      }
      Collections.shuffle(batches, random);
      shard = shard.settled(batches, version);
      assertThat(scan(shard)).isEqualTo(counted(arrived, version));
      assertThat(4 * shard.recent().length).isLessThanOrEqualTo(shard.base().length);
    }
    assertThat(shard.later()).isEmpty();
    assertThat(scan(shard))
        .isEqualTo(scan(NgramShard.EMPTY.settled(List.of(batch(windows)), LAST_EPOCH)));
  }

  @Property(tries = 300)
  void whatIsLaterComesBackAsItWas(@ForAll("windows") List<Window> windows, @ForAll Random random) {
    int cut = random.nextInt(windows.size() + 1);
    long version = random.nextInt(LAST_EPOCH + 2) - 1;
    var batches =
        List.of(batch(windows.subList(0, cut)), batch(windows.subList(cut, windows.size())));
    var shard = NgramShard.EMPTY.settled(batches, version);
    assertThat(unpacked(shard.later()))
        .isEqualTo(windows.stream().filter(window -> window.epoch() > version).toList());
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
    var first = NgramShard.EMPTY.settled(List.of(batch(windows)), 0);
    var few = batch(List.of(new Window(1, List.of("一", "丁")), new Window(1, List.of("一", "龥"))));
    var second = first.settled(List.of(few), 1);
    assertThat(second.base()).isSameAs(first.base());
    assertThat(second.recent()).isNotEmpty();
    assertThat(scan(second)).hasSize(101).contains("一 丁: 2", "一 龥: 1");
    var third = second.settled(List.of(batch(windows)), 1);
    assertThat(third.recent()).isEmpty();
    assertThat(scan(third)).hasSize(101).contains("一 丁: 3", "一 龥: 1");
  }

  @Test
  void whereNothingCountsYetTheRunsStayAsTheyAre() {
    var shard =
        NgramShard.EMPTY.settled(List.of(batch(List.of(new Window(1, List.of("甲", "乙"))))), 1);
    var same = shard.settled(List.of(batch(List.of(new Window(3, List.of("甲", "丙"))))), 2);
    assertThat(same.base()).isSameAs(shard.base());
    assertThat(same.recent()).isSameAs(shard.recent());
    assertThat(scan(same)).containsExactly("甲 乙: 1");
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

  /** Packs windows as they come. */
  private static byte[] batch(List<Window> windows) {
    var out = new PackedWriter();
    Long epoch = null;
    for (Window window : windows) {
      if (epoch == null || epoch != window.epoch()) {
        epoch = window.epoch();
        WindowBuffers.writeEpoch(out, epoch);
      }
      out.writeByte(window.symbols().size());
      for (String symbol : window.symbols()) {
        out.writeSymbol(
            isRun(symbol) ? SymbolCodes.FIRST_RUN : symbol.codePointAt(0),
            isRun(symbol) ? symbol : null);
      }
    }
    return out.toByteArray();
  }

  private static List<Window> unpacked(byte[] batch) {
    var windows = new ArrayList<Window>();
    var runs = new RunNames();
    var in = new PackedReader(batch, runs);
    long epoch = Long.MIN_VALUE;
    while (!in.isAtEnd()) {
      if (in.peekByte() == WindowBuffers.EPOCH) {
        epoch = WindowBuffers.readEpoch(in);
      } else {
        var symbols = new ArrayList<String>();
        for (int left = in.readByte(); left > 0; left--) {
          symbols.add(shown(in.readSymbol(), runs));
        }
        windows.add(new Window(epoch, symbols));
      }
    }
    return windows;
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
        Comparator.<String, Boolean>comparing(NgramShardPropertyTest::isRun)
            .thenComparing(symbol -> isRun(symbol) ? 0 : symbol.codePointAt(0))
            .thenComparing(symbol -> symbol);
    for (int k = 0; k < Math.min(a.size(), b.size()); k++) {
      int order = symbols.compare(a.get(k), b.get(k));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(a.size(), b.size());
  }

  private static boolean isRun(String symbol) {
    return symbol.charAt(0) < 0x80;
  }

  private static int[] codes(List<String> symbols, RunNames runs) {
    return symbols.stream()
        .mapToInt(symbol -> isRun(symbol) ? runs.code(symbol) : symbol.codePointAt(0))
        .toArray();
  }

  private static String shown(int[] symbols, int length, long count, RunNames runs) {
    var shown = new ArrayList<String>();
    for (int k = 0; k < length; k++) {
      shown.add(shown(symbols[k], runs));
    }
    return String.join(" ", shown) + ": " + count;
  }

  private static String shown(int symbol, RunNames runs) {
    return symbol < SymbolCodes.FIRST_RUN ? Character.toString(symbol) : runs.name(symbol);
  }
}
