package io.github.wenliu.pipeline.files;

import io.github.wenliu.operators.document.Header;
import io.github.wenliu.pipeline.codec.Headers;
import java.util.List;

/**
 * One document of a file as the record to send.
 *
 * @param file base name of the file, without directories
 * @param line number of its line, from 1; empty lines count
 * @param key the document's id as UTF-8, or {@code null}
 * @param value the document as JSON, or the line as it stands where it could not be read
 * @param headers record headers
 */
public record FileRecord(String file, long line, byte[] key, byte[] value, List<Header> headers) {

  /** What every line becomes, or should have been. */
  static final List<Header> JSON = List.of(Headers.of(Headers.CONTENT_TYPE, "application/json"));

  public FileRecord {
    headers = List.copyOf(headers);
  }

  /** Where it stands, for people and as an id: {@code file:line}. */
  public String place() {
    return place(file, line);
  }

  static String place(String file, long line) {
    return file + ":" + line;
  }
}
