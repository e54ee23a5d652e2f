package io.github.wenliu.operators.newword;

/**
 * The texts of a part of a channel beside their state: those whose epoch is open, and which have
 * counted. What has counted is kept in state as a log, which is written anew when most of it is
 * forgotten. Not thread-safe.
 */
final class DistinctTexts {

  /** A log shorter than this is never written anew. */
  private static final int MIN_LOG_BYTES = 1 << 12;

  /** Bytes that a text takes in the log, about. */
  private static final int LOGGED_BYTES = 14;

  private final WaitingEpochs waiting = new WaitingEpochs(TextBuffers::skipEpoch);
  private final SeenTexts seen;

  /** Of the texts that counted those that are not in the log. */
  private final PackedWriter unsaved = new PackedWriter();

  private long logBytes;

  /**
   * Reads what is in state.
   *
   * @param remembered see {@link SeenTexts}
   * @param log of what has counted
   * @param waiting batches whose epochs are open
   */
  DistinctTexts(long remembered, Iterable<byte[]> log, Iterable<byte[]> waiting) {
    seen = new SeenTexts(remembered);
    for (byte[] counted : log) {
      seen.read(counted);
      logBytes += counted.length;
    }
    waiting.forEach(this.waiting::add);
  }

  /** Takes in texts of any epochs. */
  void add(byte[] batch) {
    waiting.add(batch);
  }

  /** The first epoch that waits; {@code Long.MAX_VALUE} if none does. */
  long firstWaiting() {
    return waiting.first();
  }

  /**
   * Hands out the texts of the first epoch that waits which count; it is closed.
   *
   * @return how many do not
   */
  long close(TextBuffers.Reader counted) {
    var first = waiting.pollFirst();
    long epoch = first.getKey();
    long[] reposts = {0};
    for (byte[] batch : first.getValue()) {
      TextBuffers.read(
          batch,
          (fingerprint, bytes, from, to) -> {
            if (!seen.counts(fingerprint, epoch)) {
              reposts[0]++;
              return;
            }
            if (fingerprint != PackedText.NONE) {
              SeenTexts.write(unsaved, fingerprint, epoch);
            }
            counted.text(fingerprint, bytes, from, to);
          });
    }
    return reposts[0];
  }

  /** Whether the log should be written anew: it holds much that is forgotten. */
  boolean isLogOld() {
    return logBytes + unsaved.length() > MIN_LOG_BYTES + 2L * LOGGED_BYTES * seen.size();
  }

  /** The new log: all that has counted and is remembered. */
  byte[] log() {
    unsaved.clear();
    var log = new PackedWriter();
    seen.write(log);
    logBytes = log.length();
    return log.toByteArray();
  }

  boolean hasUnsaved() {
    return unsaved.length() > 0;
  }

  /** Takes out what has to be added to the log in state. */
  byte[] takeUnsaved() {
    byte[] log = unsaved.toByteArray();
    logBytes += log.length;
    unsaved.clear();
    return log;
  }

  /** All that waits, as one batch. */
  byte[] waiting() {
    return waiting.toByteArray();
  }
}
