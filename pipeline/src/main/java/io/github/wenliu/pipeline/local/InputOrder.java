package io.github.wenliu.pipeline.local;

import it.unimi.dsi.fastutil.ints.IntArrayList;
import it.unimi.dsi.fastutil.longs.LongArrayList;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Brings result lines, which come in any order, back into the order in which their documents were
 * published: in a new topic of {@code p} partitions the document at offset {@code o} of partition
 * {@code i} was number {@code o·p + i}. Lines are kept in a file; memory holds twelve bytes a
 * document.
 */
final class InputOrder implements AutoCloseable {

  private static final Pattern ORIGIN = Pattern.compile(".*-(\\d+)-(\\d+)");
  private static final long NONE = -1;

  /** What to do with one line. */
  interface LineConsumer {
    void accept(byte[] line) throws IOException;
  }

  private final RandomAccessFile lines;
  private final int partitions;

  /** By number of the document: where its line starts in the file, or {@code NONE}. */
  private final LongArrayList positionOf = new LongArrayList();

  private final IntArrayList lengthOf = new IntArrayList();
  private long end;

  InputOrder(Path file, int partitions) throws IOException {
    this.lines = new RandomAccessFile(file.toFile(), "rw");
    this.partitions = partitions;
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
    int number =
        Math.toIntExact(
            Long.parseLong(parts.group(2)) * partitions + Integer.parseInt(parts.group(1)));
    while (positionOf.size() <= number) {
      positionOf.add(NONE);
      lengthOf.add(0);
    }
    if (positionOf.getLong(number) != NONE) {
      throw new IOException("document " + origin + " has two results");
    }
    positionOf.set(number, end);
    lengthOf.set(number, line.length);
    lines.seek(end);
    lines.write(line);
    end += line.length;
  }

  /** Hands out the lines in the order of their documents; documents without one are passed over. */
  void forEach(LineConsumer consumer) throws IOException {
    for (int number = 0; number < positionOf.size(); number++) {
      if (positionOf.getLong(number) != NONE) {
        var line = new byte[lengthOf.getInt(number)];
        lines.seek(positionOf.getLong(number));
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
