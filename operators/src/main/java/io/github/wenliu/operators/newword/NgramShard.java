package io.github.wenliu.operators.newword;

import java.util.List;

/**
 * The windows of a shard: a large base run, a recent run of at most a quarter of it, and batches
 * that do not count yet. Immutable; {@link #settled} makes the next one. Each window is rewritten
 * about four times with the recent runs, and with the base once for each quarter that this grows.
 *
 * @param base a {@link WindowRun}
 * @param recent a {@link WindowRun}
 * @param later a batch of windows of later epochs, as {@link WindowBuffers} packs them
 */
record NgramShard(byte[] base, byte[] recent, byte[] later) {

  static final NgramShard EMPTY = new NgramShard(WindowRun.EMPTY, WindowRun.EMPTY, WindowRun.EMPTY);

  private static final int BASE_TO_RECENT = 4;

  /**
   * Takes in windows.
   *
   * @param batches new ones, and those of {@link #later()}
   * @param lastEpoch the last epoch that counts
   */
  NgramShard settled(List<byte[]> batches, long lastEpoch) {
    var runs = new RunNames();
    var pending = PendingWindows.of(batches, lastEpoch, runs);
    if (pending.isEmpty()) {
      return new NgramShard(base, recent, pending.later());
    }
    byte[] merged = merge(new WindowRun(recent, runs), pending, runs);
    if ((long) merged.length * BASE_TO_RECENT <= base.length) {
      return new NgramShard(base, merged, pending.later());
    }
    byte[] whole =
        base.length == 0
            ? merged
            : merge(new WindowRun(base, runs), new WindowRun(merged, runs), runs);
    return new NgramShard(whole, WindowRun.EMPTY, pending.later());
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
