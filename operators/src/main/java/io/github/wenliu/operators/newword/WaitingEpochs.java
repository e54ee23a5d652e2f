package io.github.wenliu.operators.newword;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** What waits for its epoch to close, packed, by epoch. Not thread-safe. */
final class WaitingEpochs {

  private final TreeMap<Long, List<byte[]>> byEpoch = new TreeMap<>();
  private final Consumer<PackedReader> skipEpoch;

  /**
   * @param skipEpoch moves a reader from behind an epoch to the next one, or to the end
   */
  WaitingEpochs(Consumer<PackedReader> skipEpoch) {
    this.skipEpoch = skipEpoch;
  }

  /** Takes in a batch of any epochs. */
  void add(byte[] batch) {
    var reader = new PackedReader(batch, new RunNames());
    while (!reader.isAtEnd()) {
      int start = reader.position();
      long epoch = WindowBuffers.readEpoch(reader);
      skipEpoch.accept(reader);
      var part = new PackedWriter();
      part.writeBytes(batch, start, reader.position());
      byEpoch.computeIfAbsent(epoch, unused -> new ArrayList<>(1)).add(part.toByteArray());
    }
  }

  /** The first epoch; {@code Long.MAX_VALUE} if none waits. */
  long first() {
    return byEpoch.isEmpty() ? Long.MAX_VALUE : byEpoch.firstKey();
  }

  /** Takes out what waits for the first epoch, in parts that each begin with it. */
  Map.Entry<Long, List<byte[]>> pollFirst() {
    return byEpoch.pollFirstEntry();
  }

  /** All that waits, as one batch. */
  byte[] toByteArray() {
    var joined = new PackedWriter();
    byEpoch.values().forEach(parts -> parts.forEach(joined::writeAll));
    return joined.toByteArray();
  }
}
