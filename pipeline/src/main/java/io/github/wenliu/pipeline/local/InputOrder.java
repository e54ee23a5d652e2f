package io.github.wenliu.pipeline.local;

import it.unimi.dsi.fastutil.ints.IntArrayList;
import it.unimi.dsi.fastutil.longs.LongArrayList;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Brings result lines, which come in any order, back into the order in which their documents were
 * published. Lines are kept in a file; memory holds twelve bytes a document.
 */
final class InputOrder implements AutoCloseable {

  private static final Pattern ORIGIN = Pattern.compile(".*-(\\d+)-(\\d+)");
  private static final long NONE = -1;

  /** What to do with one line. */
  interface LineConsumer {
    void accept(byte[] line) throws IOException;
  }

  private final RandomAccessFile lines;

  /**
   * Partition of each published document, in order. Offsets follow, as each partition is new and
   * dense.
   */
  private final IntArrayList partitionOf;

  /** By partition and offset: where the line starts in the file, or {@code NONE}. */
  private final List<LongArrayList> positionAt = new ArrayList<>();

  private final List<IntArrayList> lengthAt = new ArrayList<>();
  private long end;

  InputOrder(Path file, IntArrayList partitionOf) throws IOException {
    this.lines = new RandomAccessFile(file.toFile(), "rw");
    this.partitionOf = partitionOf;
  }

  /**
   * Takes the line of a document.
   *
   * @param origin {@code topic-partition-offset} of the document
   * @throws IOException if there is one already: it was written twice
   */
  void add(String origin, byte[] line) throws IOException {
    Matcher parts = ORIGIN.matcher(origin);
    if (!parts.matches()) {
      throw new IOException("a result names no origin");
    }
    int partition = Integer.parseInt(parts.group(1));
    int offset = Integer.parseInt(parts.group(2));
    while (positionAt.size() <= partition) {
      positionAt.add(new LongArrayList());
      lengthAt.add(new IntArrayList());
    }
    var positions = positionAt.get(partition);
    var lengths = lengthAt.get(partition);
    while (positions.size() <= offset) {
      positions.add(NONE);
      lengths.add(0);
    }
    if (positions.getLong(offset) != NONE) {
      throw new IOException("document " + origin + " has two results");
    }
    positions.set(offset, end);
    lengths.set(offset, line.length);
    lines.seek(end);
    lines.write(line);
    end += line.length;
  }

  /** Hands out the lines in the order of their documents; documents without one are passed over. */
  void forEach(LineConsumer consumer) throws IOException {
    int[] nextOffset = new int[positionAt.size()];
    for (int i = 0; i < partitionOf.size(); i++) {
      int partition = partitionOf.getInt(i);
      if (partition >= nextOffset.length) {
        continue;
      }
      int offset = nextOffset[partition]++;
      var positions = positionAt.get(partition);
      if (offset < positions.size() && positions.getLong(offset) != NONE) {
        var line = new byte[lengthAt.get(partition).getInt(offset)];
        lines.seek(positions.getLong(offset));
        lines.readFully(line);
        consumer.accept(line);
      }
    }
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
