package io.github.wenliu.pipeline.cli;

import io.github.wenliu.models.extract.Extraction;
import io.github.wenliu.models.extract.ModelSelection;
import io.github.wenliu.models.inference.ModelException;
import io.github.wenliu.operators.document.EnrichedDocument;
import io.github.wenliu.operators.document.SourceRecord;
import io.github.wenliu.operators.document.Versions;
import io.github.wenliu.operators.extract.DocumentExtraction;
import io.github.wenliu.pipeline.codec.DecoderParameters;
import io.github.wenliu.pipeline.codec.DocumentDecoder;
import io.github.wenliu.pipeline.files.DocumentFile;
import io.github.wenliu.pipeline.files.FileRecord;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Finds entities and relations in files, without Kafka and Flink. */
@Command(
    name = "extract",
    description = {
      "Finds the entities and relations of documents. Prints them as enriched documents, one JSON"
          + " object a line, in the order of the input; a line that is no document gives"
          + " {\"id\", \"error\"}.",
      "Reads what publish reads: plain text (a document a line) or JSONL, by the first non-blank"
          + " byte; gzip is recognised.",
      "A scheme is a label set that the model knows. One of entities finds entities; one of"
          + " relations finds relations and the entities that they are between."
    },
    mixinStandardHelpOptions = true)
final class ExtractCommand implements Callable<Integer> {

  private static final String NONE = "none";

  @Spec private CommandSpec spec;

  @Mixin private ExtractionOptions extraction;

  @Parameters(arity = "1..*", paramLabel = "FILE", description = "Files, or - for standard input.")
  private List<String> files;

  @Option(
      names = "--scheme",
      paramLabel = "NAME",
      defaultValue = "news",
      description = "Label scheme (${DEFAULT-VALUE}).")
  private String scheme;

  @Option(
      names = "--relations",
      paramLabel = "NAME|none",
      defaultValue = NONE,
      description = "Scheme of relations to be found beside the entities (${DEFAULT-VALUE}).")
  private String relations;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "File for the result, written when it is complete; by default standard output.")
  private Path out;

  private final DocumentDecoder decoder = new DocumentDecoder(DecoderParameters.DEFAULT);
  private final DocumentResults results = new DocumentResults();

  private long records;

  @Override
  public Integer call() throws IOException {
    InputFiles.require(files);
    var schemes = relations.equals(NONE) ? List.of(scheme) : List.of(scheme, relations);
    var err = spec.commandLine().getErr();
    long begin = System.nanoTime();
    try (var result = ResultFile.open(out);
        var extractor = extraction.open(schemes, err)) {
      var selection = extractor.selection();
      begin = System.nanoTime();
      var ordered =
          new OrderedExtraction<Line>(
              extractor,
              (line, found, failure) -> write(result.stream(), line, selection, found, failure));
      read(ordered);
      ordered.finish();
      result.complete();
    }
    results.report(err, records, System.nanoTime() - begin);
    return results.exitCode();
  }

  /**
   * A line of the input.
   *
   * @param id of the document, or what stands for it
   * @param record the document, or why it is none
   */
  private record Line(String id, SourceRecord record) {}

  private void read(OrderedExtraction<Line> ordered) throws IOException {
    var progress = new Progress(spec.commandLine().getErr(), "records read");
    for (String file : files) {
      try (var lines = DocumentFile.open(file)) {
        while (lines.hasNext()) {
          var line = line(lines.next());
          if (line.record().document() == null) {
            ordered.addWithoutText(line);
          } else {
            ordered.add(line, line.record().document().text());
          }
          progress.accept(++records);
        }
      } catch (UncheckedIOException e) {
        throw e.getCause();
      }
    }
  }

  private Line line(FileRecord line) {
    var raw = DocumentResults.raw(line);
    return new Line(new String(line.key(), StandardCharsets.UTF_8), decoder.decode(raw));
  }

  private void write(
      OutputStream to,
      Line line,
      ModelSelection selection,
      Extraction found,
      ModelException failure)
      throws IOException {
    if (found != null) {
      results.write(to, enriched(line.record(), selection, found));
    } else if (failure != null) {
      results.writeFailed(to, line.id(), failure.getMessage());
    } else {
      results.writeRejected(to, line.id(), line.record().rejection().message());
    }
  }

  private static EnrichedDocument enriched(
      SourceRecord record, ModelSelection selection, Extraction found) {
    var versions = Versions.NONE.withModel(selection.model(), selection.schemes());
    var entering = DocumentResults.entering(record.raw(), record.document());
    var stamped = entering.withExtraction(null, null, versions);
    return DocumentExtraction.filled(stamped, selection, found);
  }
}
