package io.github.wenliu.pipeline.cli;

import java.io.PrintWriter;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;

/** Says on stderr how far something is, every two seconds; what is done sooner says nothing. */
final class Progress implements LongConsumer {

  private static final long EVERY_NANOS = TimeUnit.SECONDS.toNanos(2);

  private final PrintWriter err;
  private final String what;

  private boolean begun;
  private long beginNanos;
  private long nextNanos;

  /**
   * @param what is counted, such as {@code records published}
   */
  Progress(PrintWriter err, String what) {
    this.err = err;
    this.what = what;
  }

  @Override
  public void accept(long count) {
    long now = System.nanoTime();
    if (!begun) {
      begun = true;
      beginNanos = now;
      nextNanos = now + EVERY_NANOS;
    }
    if (now - nextNanos >= 0) {
      nextNanos = now + EVERY_NANOS;
      err.printf(
          "%,d %s after %d s%n", count, what, TimeUnit.NANOSECONDS.toSeconds(now - beginNanos));
      err.flush();
    }
  }
}
