package io.github.wenliu.pipeline.files;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.StringTokenizer;
import java.util.zip.ZipException;

/**
 * Lines of columns between blanks or TABs. Blank lines, and those that begin with {@code #}, are
 * left out; gzip is known by its magic bytes. What is wrong is told with file and line.
 */
final class ColumnReader implements Closeable {

  private static final String COMMENT = "#";

  private final Path path;
  private final LineReader lines;

  private ColumnReader(Path path) throws IOException {
    this.path = path;
    lines = new LineReader(Decompression.of(Files.newInputStream(path)));
  }

  static ColumnReader open(Path path) throws IOException {
    DocumentFile.requireReadable(path);
    try {
      return new ColumnReader(path);
    } catch (ZipException | EOFException e) {
      throw damaged(path);
    }
  }

  /** The columns of the next line, or {@code null} after the last. */
  List<String> next() throws IOException {
    try {
      for (var line = lines.next(); line != null; line = lines.next()) {
        var columns = columns(new String(line, StandardCharsets.UTF_8));
        if (!columns.isEmpty() && !columns.get(0).startsWith(COMMENT)) {
          return columns;
        }
      }
      return null;
    } catch (ZipException | EOFException e) {
      throw damaged(path);
    }
  }

  private static List<String> columns(String line) {
    var columns = new ArrayList<String>(3);
    var tokens = new StringTokenizer(line);
    while (tokens.hasMoreTokens()) {
      columns.add(tokens.nextToken());
    }
    return columns;
  }

  /** Reads a node's id, a whole number that is not negative. */
  int node(String column) throws IOException {
    int id = integer(column, "a node id");
    if (id < 0) {
      throw wrong("expected a node id from 0 on, found " + column);
    }
    return id;
  }

  int integer(String column, String what) throws IOException {
    try {
      return Integer.parseInt(column);
    } catch (NumberFormatException e) {
      throw wrong("expected " + what + ", found " + column);
    }
  }

  /** What to throw if the line that {@link #next} gave is wrong. */
  IOException wrong(String why) {
    return new IOException(path + " line " + lines.lineNumber() + ": " + why);
  }

  private static IOException damaged(Path path) {
    return new IOException(path + " is damaged gzip or cut short");
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
