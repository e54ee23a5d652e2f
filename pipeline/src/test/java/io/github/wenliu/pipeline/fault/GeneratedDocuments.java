package io.github.wenliu.pipeline.fault;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.github.wenliu.operators.document.Header;
import io.github.wenliu.operators.document.RawRecord;
import io.github.wenliu.pipeline.codec.DecoderParameters;
import io.github.wenliu.pipeline.codec.DocumentDecoder;
import io.github.wenliu.pipeline.files.FileRecord;
import io.github.wenliu.pipeline.local.Sample;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * Any number of documents, the same every time: the sample's texts in turn under new ids, ten a
 * second of event time with some out of order, and now and then a record that is none.
 */
final class GeneratedDocuments implements Iterator<FileRecord> {

  private static final long START_MILLIS = Instant.parse("2026-01-01T00:00:00Z").toEpochMilli();
  private static final long STEP_MILLIS = 100;
  private static final int BAD_EVERY = 997;
  private static final int LATE_EVERY = 13;
  private static final long LATE_MILLIS = 3_000;

  private final List<String> texts;
  private final long count;

  private long next;

  GeneratedDocuments(long count) throws IOException {
    this.count = count;
    var decoder = new DocumentDecoder(DecoderParameters.DEFAULT);
    this.texts =
        Sample.records().stream()
            .map(
                record ->
                    decoder.decode(
                        new RawRecord("sample", 0, 0, 0, null, record.value(), List.of())))
            .filter(record -> record.document() != null)
            .map(
                record ->
                    new String(
                        JsonStringEncoder.getInstance().quoteAsString(record.document().text())))
            .toList();
  }

  @Override
  public boolean hasNext() {
    return next < count;
  }

  @Override
  public FileRecord next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    long number = next++;
    var value = value(number).getBytes(StandardCharsets.UTF_8);
    return new FileRecord("generated", number + 1, null, value, List.<Header>of());
  }

  /** Writes them to a file, a record a line. */
  static void write(long count, OutputStream out) throws IOException {
    var documents = new GeneratedDocuments(count);
    while (documents.hasNext()) {
      out.write(documents.next().value());
      out.write('\n');
    }
  }

  private String value(long number) {
    if (number % BAD_EVERY == BAD_EVERY - 1) {
      return "{\"id\":\"g-" + number + "\",\"text\":" + number + "}";
    }
    long time = START_MILLIS + number * STEP_MILLIS;
    if (number % LATE_EVERY == 0) {
      time -= LATE_MILLIS;
    }
    return "{\"id\":\"g-"
        + number
        + "\",\"time\":"
        + time
        + ",\"text\":\""
        + texts.get((int) (number % texts.size()))
        + "\"}";
  }
}
