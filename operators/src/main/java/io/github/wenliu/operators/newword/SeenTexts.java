package io.github.wenliu.operators.newword;

/**
 * Which texts have counted, by fingerprint, and in which epoch each did last: a table with open
 * addressing, 16 bytes a place, at most two thirds of them taken. O(1) a text. Not thread-safe.
 */
final class SeenTexts {

  private static final int MIN_PLACES = 16;

  /** Spreads the fingerprints of one part of a channel, which have bits in common. */
  private static final long MIX = 0x9E3779B97F4A7C15L;

  private final long remembered;

  private long[] fingerprints = new long[MIN_PLACES];
  private long[] epochs = new long[MIN_PLACES];
  private int size;
  private long newest = Long.MIN_VALUE;

  /**
   * @param remembered for how many epochs after one in which it counted a text does not again
   */
  SeenTexts(long remembered) {
    this.remembered = remembered;
  }

  /**
   * Whether a text of an epoch counts; if so it is remembered. Time does not go back: what comes
   * for an epoch before the newest is measured against the newest, so that it does not matter when
   * the table made room.
   *
   * @param fingerprint of the text; {@link PackedText#NONE} always counts
   */
  boolean counts(long fingerprint, long epoch) {
    if (fingerprint == PackedText.NONE) {
      return true;
    }
    newest = Math.max(newest, epoch);
    int at = place(fingerprint);
    if (isLive(fingerprints[at], epochs[at])) {
      return false;
    }
    put(fingerprint, epoch);
    return true;
  }

  /** Remembers that a text counted in an epoch. */
  void put(long fingerprint, long epoch) {
    newest = Math.max(newest, epoch);
    int at = place(fingerprint);
    if (fingerprints[at] == PackedText.NONE) {
      size++;
      if (3 * size > 2 * fingerprints.length) {
        makeRoom();
        at = place(fingerprint);
      }
    }
    fingerprints[at] = fingerprint;
    epochs[at] = epoch;
  }

  /** Where a text stands, or would. */
  private int place(long fingerprint) {
    int mask = fingerprints.length - 1;
    int at = (int) (fingerprint * MIX >>> Integer.SIZE) & mask;
    while (fingerprints[at] != fingerprint && fingerprints[at] != PackedText.NONE) {
      at = at + 1 & mask;
    }
    return at;
  }

  /** Forgets texts that would count again; what is left fills half the places at most. */
  private void makeRoom() {
    long[] oldFingerprints = fingerprints;
    long[] oldEpochs = epochs;
    int kept = 0;
    for (int i = 0; i < oldFingerprints.length; i++) {
      kept += isLive(oldFingerprints[i], oldEpochs[i]) ? 1 : 0;
    }
    int places = MIN_PLACES;
    while (2 * (kept + 1) > places) {
      places *= 2;
    }
    fingerprints = new long[places];
    epochs = new long[places];
    size = kept + 1;
    for (int i = 0; i < oldFingerprints.length; i++) {
      if (isLive(oldFingerprints[i], oldEpochs[i])) {
        int at = place(oldFingerprints[i]);
        fingerprints[at] = oldFingerprints[i];
        epochs[at] = oldEpochs[i];
      }
    }
  }

  private boolean isLive(long fingerprint, long epoch) {
    return fingerprint != PackedText.NONE && newest - epoch <= remembered;
  }

  /** Texts that are remembered, and some that are not any more. */
  int size() {
    return size;
  }

  /** Writes what {@link #read} reads. */
  void write(PackedWriter out) {
    for (int i = 0; i < fingerprints.length; i++) {
      if (isLive(fingerprints[i], epochs[i])) {
        write(out, fingerprints[i], epochs[i]);
      }
    }
  }

  /** Writes one text. */
  static void write(PackedWriter out, long fingerprint, long epoch) {
    WindowBuffers.writeEpoch(out, epoch);
    out.writeLong(fingerprint);
  }

  /** Remembers what was written, later texts behind earlier ones. */
  void read(byte[] written) {
    var reader = new PackedReader(written, new RunNames());
    while (!reader.isAtEnd()) {
      long epoch = WindowBuffers.readEpoch(reader);
      put(reader.readLong(), epoch);
    }
  }
}
