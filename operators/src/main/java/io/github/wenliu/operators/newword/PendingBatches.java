package io.github.wenliu.operators.newword;

import java.util.ArrayList;
import java.util.List;

/**
 * Batches of windows that wait for a version: in memory, as they will soon be needed, with what is
 * to be known to save them at a checkpoint. Not thread-safe.
 */
final class PendingBatches {

  private final List<byte[]> batches = new ArrayList<>();

  /** So many of the first batches are in state. */
  private int saved;

  /** Whether state holds batches that do not wait any more. */
  private boolean outdated;

  /** What {@link #unsaved} and {@link #isOutdated} said has been done. */
  void setSaved() {
    saved = batches.size();
    outdated = false;
  }

  void add(byte[] batch) {
    batches.add(batch);
  }

  /**
   * Takes out the windows of some versions.
   *
   * @param lastEpochs of the versions, ascending
   * @return a batch for each version; empty ones for versions that have no windows
   */
  byte[][] take(long[] lastEpochs) {
    byte[][] parts = WindowBuffers.split(batches, lastEpochs);
    byte[] later = parts[lastEpochs.length];
    outdated |= saved > 0;
    saved = 0;
    batches.clear();
    if (later.length > 0) {
      batches.add(later);
    }
    return parts;
  }

  /** Whether state must be replaced by what is {@link #unsaved}, and not only added to. */
  boolean isOutdated() {
    return outdated;
  }

  /** The batches that are not in state. */
  List<byte[]> unsaved() {
    return batches.subList(saved, batches.size());
  }
}
