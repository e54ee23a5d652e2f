package io.github.wenliu.pipeline.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.wenliu.pipeline.codec.KbLine;
import java.io.Closeable;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Takes the lines of a file that hold no entry: counts them, says the first few on stderr, and
 * writes each as a JSON object to a file where one is wanted.
 */
final class RejectedLines implements Closeable {

  private static final int SHOWN = 10;

  private final PrintWriter err;

  /** Or {@code null} if they are only counted. */
  private final FileChannel file;

  private final Path path;
  private final ObjectMapper mapper = new ObjectMapper();

  private long count;
  private long shown;

  private RejectedLines(PrintWriter err, Path path, FileChannel file, long count) {
    this.path = path;
    this.err = err;
    this.file = file;
    this.count = count;
  }

  /**
   * Opens the file.
   *
   * @param path {@code null} for none
   * @param bytes that an earlier run has written and that stay
   * @param count how many lines it had rejected
   */
  static RejectedLines open(Path path, long bytes, long count, PrintWriter err) throws IOException {
    if (path == null) {
      return new RejectedLines(err, null, null, count);
    }
    try {
      var file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      file.truncate(bytes);
      file.position(file.size());
      return new RejectedLines(err, path, file, count);
    } catch (IOException e) {
      throw new UsageException("--rejected is " + path + ", which cannot be written");
    }
  }

  void add(KbLine line) throws IOException {
    count++;
    if (++shown <= SHOWN) {
      err.println(
          RecordText.shown(line.place())
              + " is no entry: "
              + line.rejection().message()
              + " ("
              + line.rejection().errorClass()
              + ")"
              + (shown == SHOWN ? "; more are not shown" : ""));
      err.flush();
    }
    if (file != null) {
      var object =
          mapper
              .createObjectNode()
              .put("place", line.place())
              .put("errorClass", line.rejection().errorClass().name())
              .put("message", line.rejection().message());
      RecordText.utf8(line.bytes())
          .ifPresentOrElse(
              text -> object.put("line", text), () -> object.put("lineBase64", line.bytes()));
      write(mapper.writeValueAsBytes(object));
      write(new byte[] {'\n'});
    }
  }

  private void write(byte[] bytes) throws IOException {
    var left = ByteBuffer.wrap(bytes);
    while (left.hasRemaining()) {
      file.write(left);
    }
  }

  long count() {
    return count;
  }

  /** How many there were and where they are, to stand behind something else; empty for none. */
  String summary() {
    return count == 0
        ? ""
        : "; " + count + " lines rejected" + (path == null ? "" : ", see " + path);
  }

  /** How long the file is. */
  long bytes() throws IOException {
    return file == null ? 0 : file.position();
  }

  @Override
  public void close() throws IOException {
    if (file != null) {
      file.close();
    }
  }
}
