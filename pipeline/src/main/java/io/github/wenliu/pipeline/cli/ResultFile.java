package io.github.wenliu.pipeline.cli;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Where a command writes its result: standard output, or a file that takes its name when it is
 * complete.
 */
final class ResultFile implements Closeable {

  private static final int BUFFER = 1 << 16;

  private final OutputStream stream;

  /** Or {@code null} for standard output. */
  private final Path target;

  private final Path unfinished;

  private ResultFile(OutputStream stream, Path target, Path unfinished) {
    this.stream = new BufferedOutputStream(stream, BUFFER);
    this.target = target;
    this.unfinished = unfinished;
  }

  /**
   * Opens a result.
   *
   * @param out the file, or {@code null} for standard output
   */
  static ResultFile open(Path out) throws IOException {
    if (out == null) {
      return new ResultFile(System.out, null, null);
    }
    var target = out.toAbsolutePath();
    var directory = target.getParent();
    if (directory == null || !Files.isDirectory(directory) || Files.isDirectory(target)) {
      throw new UsageException("--out is " + out + ", expected a file in a directory that exists");
    }
    var unfinished = target.resolveSibling("." + target.getFileName() + ".part");
    return new ResultFile(Files.newOutputStream(unfinished), target, unfinished);
  }

  OutputStream stream() {
    return stream;
  }

  /** Says that all is written. */
  void complete() throws IOException {
    stream.flush();
    if (target != null) {
      stream.close();
      Files.move(unfinished, target, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** A file that is not complete is taken away; of standard output what was written stays. */
  @Override
  public void close() throws IOException {
    if (target == null) {
      stream.flush();
    } else {
      stream.close();
      Files.deleteIfExists(unfinished);
    }
  }
}
