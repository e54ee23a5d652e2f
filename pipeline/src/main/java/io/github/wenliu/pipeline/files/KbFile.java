package io.github.wenliu.pipeline.files;

import io.github.wenliu.pipeline.codec.KbLine;
import io.github.wenliu.pipeline.codec.KbLineDecoder;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * A file of entries of a knowledge base, one a line, in any of the forms that {@link KbLineDecoder}
 * knows; gzip is known by its magic bytes. Blank lines are left out but counted, a line that holds
 * no entry says why.
 *
 * <p>Streams: memory for one line.
 */
public final class KbFile implements Iterator<KbLine>, Closeable {

  private final String name;
  private final LineReader lines;
  private final KbLineDecoder decoder;

  private KbLine next;
  private boolean ended;

  private KbFile(String name, InputStream in, KbLineDecoder decoder) throws IOException {
    this.name = name;
    this.lines = new LineReader(Decompression.of(in));
    this.decoder = decoder;
  }

  /**
   * Opens a file.
   *
   * @param path its path, or {@code -} for standard input
   * @param channel of entries that name none
   * @param zone of times that name none
   * @throws IOException with one line for people if it cannot be opened
   */
  public static KbFile open(String path, String channel, ZoneId zone) throws IOException {
    var decoder = new KbLineDecoder(channel, zone);
    if (path.equals(DocumentFile.STANDARD_INPUT)) {
      return open(System.in, "stdin", decoder);
    }
    var file = Path.of(path);
    DocumentFile.requireReadable(file);
    return open(Files.newInputStream(file), file.getFileName().toString(), decoder);
  }

  /**
   * Reads entries from a stream, which it closes.
   *
   * @param name what messages call it
   * @param channel of entries that name none
   * @param zone of times that name none
   */
  public static KbFile open(InputStream in, String name, String channel, ZoneId zone)
      throws IOException {
    return open(in, name, new KbLineDecoder(channel, zone));
  }

  private static KbFile open(InputStream in, String name, KbLineDecoder decoder)
      throws IOException {
    try {
      return new KbFile(name, in, decoder);
    } catch (IOException e) {
      in.close();
      throw DocumentFile.described(e, name, 0);
    }
  }

  /** Number of the line that was read last, from 1; blank ones count. */
  public long lineNumber() {
    return lines.lineNumber();
  }

  /** Passes over lines, before anything else is done. */
  public void skip(long count) throws IOException {
    while (lines.lineNumber() < count && lines.next() != null) {
      // Only counted.
    }
  }

  @Override
  public boolean hasNext() {
    if (next == null && !ended) {
      next = read();
      ended = next == null;
    }
    return next != null;
  }

  /**
   * The next line.
   *
   * @throws UncheckedIOException with one line for people if the file cannot be read further
   */
  @Override
  public KbLine next() {
    if (!hasNext()) {
      throw new NoSuchElementException(name + " has no more entries");
    }
    var line = next;
    next = null;
    return line;
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }

  private KbLine read() {
    try {
      byte[] line = lines.next();
      while (line != null && DocumentFile.isBlank(line)) {
        line = lines.next();
      }
      return line == null ? null : decoder.decode(name, lines.lineNumber(), line);
    } catch (IOException e) {
      throw new UncheckedIOException(DocumentFile.described(e, name, lines.lineNumber()));
    }
  }
}
