package io.github.wenliu.pipeline.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.wenliu.models.extract.Extraction;
import io.github.wenliu.models.extract.Extractor;
import io.github.wenliu.models.inference.ModelException;
import io.github.wenliu.models.link.LinkModel;
import io.github.wenliu.operators.document.EnrichedDocument;
import io.github.wenliu.operators.document.EpochTime;
import io.github.wenliu.operators.document.RawRecord;
import io.github.wenliu.operators.document.SourceRecord;
import io.github.wenliu.operators.document.Versions;
import io.github.wenliu.operators.extract.DocumentExtraction;
import io.github.wenliu.operators.link.KnowledgeBase;
import io.github.wenliu.pipeline.Version;
import io.github.wenliu.pipeline.codec.DecoderParameters;
import io.github.wenliu.pipeline.codec.DocumentDecoder;
import io.github.wenliu.pipeline.codec.EnrichedEncoder;
import io.github.wenliu.pipeline.codec.WordsOutput;
import io.github.wenliu.pipeline.files.DocumentFile;
import io.github.wenliu.pipeline.files.FileRecord;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
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
  private final EnrichedEncoder encoder = new EnrichedEncoder(WordsOutput.ALL, Version.PIPELINE);

  private long records;
  private long rejected;
  private long failed;

  /**
   * A line of the input.
   *
   * @param id of the document, or what stands for it
   * @param document as it enters, {@code null} if it is none
   * @param problem why it is none
   */
  private record Line(String id, EnrichedDocument document, String problem) {}

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
    report(System.nanoTime() - begin);
    return failed > 0 ? 1 : 0;
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
      return failure == null ? line : new Line(line.id(), null, failure.getMessage());
    }
    var selection = extractor.selection();
    var versions = Versions.NONE.withModel(selection.model(), selection.schemes());
    var stamped = line.document().withExtraction(null, null, versions);
    return new Line(line.id(), DocumentExtraction.filled(stamped, selection, found), null);
  }

  private OrderedLinking<Line> linking(LinkModel model, OutputStream to) {
    return new OrderedLinking<>(
        model, kb.parameters(), (line, linked, failure) -> write(to, line, linked, failure));
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
    var raw =
        new RawRecord(line.file(), 0, line.line(), 0, line.key(), line.value(), line.headers());
    var id = new String(line.key(), StandardCharsets.UTF_8);
    SourceRecord record = decoder.decode(raw);
    if (record.document() == null) {
      return new Line(id, null, record.rejection().message());
    }
    var document = record.document();
    long effectiveMillis = document.timeMillis() == null ? 0 : document.timeMillis();
    long epoch = Math.floorDiv(effectiveMillis, EpochTime.DEFAULT.epochMillis());
    var entering = EnrichedDocument.entering(raw, document, effectiveMillis, epoch, 0);
    if (!mentions.areGold()) {
      return new Line(id, entering, null);
    }
    try {
      JsonNode row = mapper.readTree(line.value());
      var gold = GoldLinkRows.of(line.file(), row);
      return new Line(id, LinkableDocuments.marked(entering, gold.places()), null);
    } catch (IOException e) {
      return new Line(id, null, "expected mentions with start and end within the text");
    }
  }

  private void write(OutputStream to, Line line, EnrichedDocument linked, ModelException failure)
      throws IOException {
    if (linked != null) {
      to.write(encoder.encode(linked).value());
    } else if (failure != null) {
      failed++;
      to.write(error(line.id(), failure.getMessage()));
    } else {
      rejected++;
      to.write(error(line.id(), line.problem()));
    }
    to.write('\n');
  }

  private byte[] error(String id, String message) throws IOException {
    return mapper.writeValueAsBytes(mapper.createObjectNode().put("id", id).put("error", message));
  }

  private void report(long nanos) {
    var err = spec.commandLine().getErr();
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
