package io.github.wenliu.operators.newword;

import java.util.List;

/**
 * The windows of a shard: a large base run and a recent run of at most a quarter of it. Immutable;
 * {@link #settled} makes the next one. With each settling the recent run is rewritten, and the base
 * once for each quarter by which it grows.
 *
 * @param base a {@link WindowRun}
 * @param recent a {@link WindowRun}
 */
record NgramShard(byte[] base, byte[] recent) {

  static final NgramShard EMPTY = new NgramShard(WindowRun.EMPTY, WindowRun.EMPTY);

  private static final int BASE_TO_RECENT = 4;

  /**
   * Takes in windows.
   *
   * @param batches as {@link WindowBuffers} packs them, whatever their epochs
   */
  NgramShard settled(List<byte[]> batches) {
    var runs = new RunNames();
    var pending = PendingWindows.of(batches, runs);
    byte[] merged = merge(new WindowRun(recent, runs), pending, runs);
    if ((long) merged.length * BASE_TO_RECENT <= base.length) {
      return new NgramShard(base, merged);
    }
    byte[] whole =
        base.length == 0
            ? merged
            : merge(new WindowRun(base, runs), new WindowRun(merged, runs), runs);
    return new NgramShard(whole, WindowRun.EMPTY);
  }

  private static byte[] merge(WindowCursor left, WindowCursor right, RunNames runs) {
    var writer = new WindowRun.Writer(runs);
    WindowRun.merge(left, right, runs, writer);
    return writer.toByteArray();
  }

  /** Goes through all windows that count. */
  void scan(RunNames runs, WindowRun.Sink sink) {
    WindowRun.merge(new WindowRun(base, runs), new WindowRun(recent, runs), runs, sink);
  }
}
