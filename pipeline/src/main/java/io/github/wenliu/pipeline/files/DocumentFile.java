package io.github.wenliu.pipeline.files;

import java.io.Closeable;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.zip.ZipException;

/**
 * A file of documents, one a line: plain text, or JSONL if the first non-blank byte of the file is
 * <code>{</code>; gzip is known by its magic bytes. Blank lines are left out but counted.
 *
 * <p>A document without an id gets {@code <base name>:<line>}, one without a time
 * 2020-01-01T00:00:00Z and a second more for each line before it. A line of text becomes a JSON
 * document; a JSON line keeps its bytes but for the fields that were missing. A line that is not
 * UTF-8, or not a JSON object, is handed on as it stands, so that the job and not this reader says
 * what is wrong with it.
 *
 * <p>Streams: memory for one line.
 */
public final class DocumentFile implements Iterator<FileRecord>, Closeable {

  /** Stands for standard input in place of a path. */
  public static final String STANDARD_INPUT = "-";

  private final String name;
  private final LineReader lines;
  private final LineFormat format = new LineFormat();

  private Boolean json;
  private FileRecord next;
  private boolean ended;

  private DocumentFile(String name, InputStream in) throws IOException {
    this.name = name;
    this.lines = new LineReader(Decompression.of(in));
  }

  /**
   * Opens a file.
   *
   * @param path its path, or {@code -} for standard input
   * @throws IOException with one line for people if it cannot be opened
   */
  public static DocumentFile open(String path) throws IOException {
    if (path.equals(STANDARD_INPUT)) {
      return open(System.in, "stdin");
    }
    return open(Path.of(path));
  }

  /** Opens a file. */
  public static DocumentFile open(Path path) throws IOException {
    requireReadable(path);
    return open(Files.newInputStream(path), path.getFileName().toString());
  }

  /**
   * Finds out whether a file can be opened, before anything is done with others.
   *
   * @throws IOException with one line for people if not
   */
  public static void requireReadable(Path path) throws IOException {
    if (Files.isDirectory(path)) {
      throw new IOException(path + " is a directory, name a file");
    }
    if (!Files.exists(path)) {
      throw new FileNotFoundException(path + " does not exist");
    }
    if (!Files.isReadable(path)) {
      throw new AccessDeniedException(path + " may not be read");
    }
  }

  /**
   * Reads a stream.
   *
   * @param name stands for the file's base name in ids
   */
  public static DocumentFile open(InputStream in, String name) throws IOException {
    try {
      return new DocumentFile(name, in);
    } catch (IOException e) {
      in.close();
      throw described(e, name, 0);
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
   * The next document.
   *
   * @throws UncheckedIOException with one line for people if the file cannot be read further
   */
  @Override
  public FileRecord next() {
    if (!hasNext()) {
      throw new NoSuchElementException(name + " has no more documents");
    }
    var record = next;
    next = null;
    return record;
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }

  private FileRecord read() {
    try {
      byte[] line = lines.next();
      while (line != null && isBlank(line)) {
        line = lines.next();
      }
      if (line == null) {
        return null;
      }
      if (json == null) {
        json = line[firstNonBlank(line)] == '{';
      }
      return json
          ? format.json(name, lines.lineNumber(), line)
          : format.text(name, lines.lineNumber(), line);
    } catch (IOException e) {
      throw new UncheckedIOException(described(e, name, lines.lineNumber()));
    }
  }

  /** What to tell people about a file that cannot be read behind a line. */
  static IOException described(IOException e, String name, long line) {
    boolean damaged = e instanceof ZipException || e instanceof EOFException;
    return new IOException(
        name
            + (damaged ? " is damaged gzip" : " cannot be read")
            + " after line "
            + line
            + ": "
            + e.getMessage(),
        e);
  }

  static boolean isBlank(byte[] line) {
    return firstNonBlank(line) == line.length;
  }

  private static int firstNonBlank(byte[] line) {
    int first = 0;
    while (first < line.length
        && (line[first] == ' ' || line[first] == '\t' || line[first] == '\r')) {
      first++;
    }
    return first;
  }
}
