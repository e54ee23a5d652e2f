package io.github.wenliu.pipeline.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.wenliu.models.extract.Extraction;
import io.github.wenliu.models.extract.Extractor;
import io.github.wenliu.models.inference.ModelException;
import io.github.wenliu.models.link.LinkModel;
import io.github.wenliu.operators.document.EnrichedDocument;
import io.github.wenliu.operators.document.SourceRecord;
import io.github.wenliu.operators.document.Versions;
import io.github.wenliu.operators.extract.DocumentExtraction;
import io.github.wenliu.operators.link.KnowledgeBase;
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

/** Links the mentions of files to a knowledge base, without Kafka and Flink. */
@Command(
    name = "link",
    description = {
      "Says which entries of a knowledge base documents mean. Prints them as enriched documents, one"
          + " JSON object a line, in the order of the input; a line that is no document gives"
          + " {\"id\", \"error\"}.",
      "Reads what publish reads: plain text (a document a line) or JSONL, by the first non-blank"
          + " byte; gzip is recognised. With --mentions gold each document brings its mentions,"
          + " [{\"start\", \"end\"}] in code points: each is an entity of the output, linked or not."
    },
    mixinStandardHelpOptions = true)
final class LinkCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Mixin private KbOptions kb;

  @Mixin private ExtractionOptions extraction;

  @Mixin private LinkModelOptions linkModel;

  @Mixin private LinkMentions mentions;

  @Parameters(arity = "1..*", paramLabel = "FILE", description = "Files, or - for standard input.")
  private List<String> files;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "File for the result, written when it is complete; by default standard output.")
  private Path out;

  private final ObjectMapper mapper = new ObjectMapper();
  private final DocumentDecoder decoder = new DocumentDecoder(DecoderParameters.DEFAULT);
  private final DocumentResults results = new DocumentResults();

  private long records;

  /**
   * A line of the input.
   *
   * @param id of the document, or what stands for it
   * @param document as it enters, {@code null} if it is none
   * @param problem why it is none, or {@code null}
   * @param failure why the extractor failed on it, or {@code null}
   */
  private record Line(
      String id, EnrichedDocument document, String problem, ModelException failure) {}

  @Override
  public Integer call() throws IOException {
    InputFiles.require(files);
    var err = spec.commandLine().getErr();
    var entries = kb.entries(err);
    long begin;
    try (var result = ResultFile.open(out);
        var model = linkModel.open(extraction, err)) {
      var base = kb.of(entries, model, err);
      begin = System.nanoTime();
      if (mentions.areGold() || mentions.scheme() == null) {
        linkGiven(base, model, result.stream());
      } else {
        linkFound(base, model, result.stream());
      }
      result.complete();
    }
    results.report(err, records, System.nanoTime() - begin);
    return results.exitCode();
  }

  private void linkGiven(KnowledgeBase base, LinkModel model, OutputStream to) throws IOException {
    var linking = linking(model, to);
    read(line -> link(line, base, linking));
    linking.finish();
  }

  private void linkFound(KnowledgeBase base, LinkModel model, OutputStream to) throws IOException {
    var linking = linking(model, to);
    try (var extractor = extraction.open(List.of(mentions.scheme()), spec.commandLine().getErr())) {
      var extracting =
          new OrderedExtraction<Line>(
              extractor,
              (line, found, failure) ->
                  link(extracted(line, extractor, found, failure), base, linking));
      read(
          line -> {
            if (line.document() == null) {
              extracting.addWithoutText(line);
            } else {
              extracting.add(line, line.document().document().text());
            }
          });
      extracting.finish();
    }
    linking.finish();
  }

  private static Line extracted(
      Line line, Extractor extractor, Extraction found, ModelException failure) {
    if (found == null) {
      return failure == null ? line : new Line(line.id(), null, null, failure);
    }
    var selection = extractor.selection();
    var versions = Versions.NONE.withModel(selection.model(), selection.schemes());
    var stamped = line.document().withExtraction(null, null, versions);
    return new Line(line.id(), DocumentExtraction.filled(stamped, selection, found), null, null);
  }

  private OrderedLinking<Line> linking(LinkModel model, OutputStream to) {
    return new OrderedLinking<>(
        model,
        kb.parameters(),
        (line, linked, failure) ->
            write(to, line, linked, failure == null ? line.failure() : failure));
  }

  private void link(Line line, KnowledgeBase base, OrderedLinking<Line> linking)
      throws IOException {
    if (line.document() == null) {
      linking.addWithoutDocument(line);
    } else {
      linking.add(line, mentions.task(base, line.document()));
    }
  }

  /** Takes lines. */
  private interface LineReceiver {
    void accept(Line line) throws IOException;
  }

  private void read(LineReceiver to) throws IOException {
    var progress = new Progress(spec.commandLine().getErr(), "records read");
    for (String file : files) {
      try (var lines = DocumentFile.open(file)) {
        while (lines.hasNext()) {
          to.accept(line(lines.next()));
          progress.accept(++records);
        }
      } catch (UncheckedIOException e) {
        throw e.getCause();
      }
    }
  }

  private Line line(FileRecord line) {
    var raw = DocumentResults.raw(line);
    var id = new String(line.key(), StandardCharsets.UTF_8);
    SourceRecord record = decoder.decode(raw);
    if (record.document() == null) {
      return new Line(id, null, record.rejection().message(), null);
    }
    var entering = DocumentResults.entering(raw, record.document());
    if (!mentions.areGold()) {
      return new Line(id, entering, null, null);
    }
    try {
      JsonNode row = mapper.readTree(line.value());
      var gold = GoldLinkRows.of(line.file(), row);
      return new Line(id, LinkableDocuments.marked(entering, gold.places()), null, null);
    } catch (IOException e) {
      return new Line(id, null, "expected mentions with start and end within the text", null);
    }
  }

  private void write(OutputStream to, Line line, EnrichedDocument linked, ModelException failure)
      throws IOException {
    if (linked != null) {
      results.write(to, linked);
    } else if (failure != null) {
      results.writeFailed(to, line.id(), failure.getMessage());
    } else {
      results.writeRejected(to, line.id(), line.problem());
    }
  }
}
