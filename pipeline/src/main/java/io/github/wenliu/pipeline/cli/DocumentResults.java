package io.github.wenliu.pipeline.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.wenliu.operators.document.Document;
import io.github.wenliu.operators.document.EnrichedDocument;
import io.github.wenliu.operators.document.EpochTime;
import io.github.wenliu.operators.document.RawRecord;
import io.github.wenliu.pipeline.Version;
import io.github.wenliu.pipeline.codec.EnrichedEncoder;
import io.github.wenliu.pipeline.codec.WordsOutput;
import io.github.wenliu.pipeline.files.FileRecord;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * What commands over files make of documents: a line for each, and how many there were of which
 * kind.
 */
final class DocumentResults {

  private final ObjectMapper mapper = new ObjectMapper();
  private final EnrichedEncoder encoder = new EnrichedEncoder(WordsOutput.ALL, Version.PIPELINE);

  private long rejected;
  private long failed;

  /** A line of a file as a record. */
  static RawRecord raw(FileRecord line) {
    return new RawRecord(line.file(), 0, line.line(), 0, line.key(), line.value(), line.headers());
  }

  /** A document as it would enter a job: its time is its own. */
  static EnrichedDocument entering(RawRecord raw, Document document) {
    long effectiveMillis = document.timeMillis() == null ? 0 : document.timeMillis();
    long epoch = Math.floorDiv(effectiveMillis, EpochTime.DEFAULT.epochMillis());
    return EnrichedDocument.entering(raw, document, effectiveMillis, epoch, 0);
  }

  void write(OutputStream to, EnrichedDocument document) throws IOException {
    to.write(encoder.encode(document).value());
    to.write('\n');
  }

  /** Writes for a line that is no document. */
  void writeRejected(OutputStream to, String id, String problem) throws IOException {
    rejected++;
    writeError(to, id, problem);
  }

  /** Writes for a document on which a model failed. */
  void writeFailed(OutputStream to, String id, String problem) throws IOException {
    failed++;
    writeError(to, id, problem);
  }

  private void writeError(OutputStream to, String id, String problem) throws IOException {
    to.write(
        mapper.writeValueAsBytes(mapper.createObjectNode().put("id", id).put("error", problem)));
    to.write('\n');
  }

  /** The exit code of the command. */
  int exitCode() {
    return failed > 0 ? 1 : 0;
  }

  void report(PrintWriter err, long records, long nanos) {
    if (rejected > 0) {
      err.printf(Locale.ROOT, "%,d records are no documents%n", rejected);
    }
    if (failed > 0) {
      err.printf(Locale.ROOT, "the model failed on %,d documents%n", failed);
    }
    double seconds = (double) nanos / TimeUnit.SECONDS.toNanos(1);
    err.printf(
        Locale.ROOT, "%,d records; %.1f s, %,.0f records/s%n", records, seconds, records / seconds);
    err.flush();
  }
}
