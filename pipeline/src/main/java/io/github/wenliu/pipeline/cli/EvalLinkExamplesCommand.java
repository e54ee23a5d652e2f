package io.github.wenliu.pipeline.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.wenliu.models.link.LinkModel;
import io.github.wenliu.models.link.LinkPairs;
import io.github.wenliu.models.link.LinkStatistics;
import io.github.wenliu.models.link.LinkThresholds;
import io.github.wenliu.models.link.LinkTokens;
import io.github.wenliu.models.text.NormalizedText;
import io.github.wenliu.operators.document.EnrichedDocument;
import io.github.wenliu.operators.link.DocumentLinker;
import io.github.wenliu.operators.link.GoldLinks;
import io.github.wenliu.operators.link.KbCandidate;
import io.github.wenliu.operators.link.KbEntry;
import io.github.wenliu.operators.link.LinkExamples;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Writes what a linking model is trained with. */
@Command(
    name = "link-examples",
    description = {
      "Writes what the training kit makes a linking model of: for each text the mentions that the job"
          + " would ask about, their candidates as numbers, and which are right, a JSON object a line;"
          + " the names of the numbers (features.txt); and what the texts say of names"
          + " (statistics.tsv). What a text itself contributed to the"
          + " statistics is left out of its own numbers.",
      "With --statistics those of a file are used as they are: so the texts of the development set"
          + " are seen as the job would see them. With --counted as well, these texts are among those"
          + " that were counted, and each one's own part is left out again."
    },
    mixinStandardHelpOptions = true)
final class EvalLinkExamplesCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Mixin private GoldRows data;

  @Mixin private KbOptions kb;

  @Mixin private ExtractionOptions extraction;

  @Mixin private LinkMentions mentions;

  @Option(
      names = "--statistics",
      paramLabel = "FILE",
      description = "Statistics of names to be used; by default those of the texts themselves.")
  private Path given;

  @Option(names = "--counted", description = "The given statistics count these texts.")
  private boolean counted;

  @Option(
      names = "--tokens",
      paramLabel = "N",
      defaultValue = "64",
      description = "Tokens of context and of a description (${DEFAULT-VALUE}).")
  private int tokens;

  @Option(names = "--out", required = true, paramLabel = "DIR", description = "Where to write.")
  private Path out;

  private final ObjectMapper mapper = new ObjectMapper();

  /** What is known before there is a model. */
  private record Untrained(LinkStatistics statistics, int tokens) implements LinkModel {

    @Override
    public String id() {
      return "untrained";
    }

    @Override
    public int features() {
      return DocumentLinker.featureNames().size();
    }

    @Override
    public int vector() {
      return 0;
    }

    @Override
    public LinkThresholds thresholds() {
      return new LinkThresholds(0.5, 0.5, 0.5);
    }

    @Override
    public byte[] describe(int[] description) {
      return new byte[0];
    }

    @Override
    public CompletableFuture<float[]> score(LinkPairs pairs) {
      throw new UnsupportedOperationException("there is no model yet");
    }

    @Override
    public void close() {}
  }

  @Override
  public Integer call() throws IOException {
    var err = spec.commandLine().getErr();
    var entries = kb.entries(err);
    var documents = new ArrayList<EnrichedDocument>();
    var golds = new ArrayList<GoldLinks>();
    for (String file : data.files()) {
      var rows = data.read(file);
      for (var row : rows) {
        golds.add(GoldLinkRows.of(file, row));
      }
      documents.addAll(mentions.documents(file, rows, extraction, err));
    }
    var observed = observed(entries, documents, golds, err);
    var statistics = given == null ? new LinkStatistics() : statistics(given);
    if (given == null) {
      observed.forEach(statistics::add);
    }
    Files.createDirectories(out);
    Files.writeString(out.resolve("statistics.tsv"), statistics.toString());
    Files.write(out.resolve("features.txt"), DocumentLinker.featureNames());
    var learned = kb.of(entries, new Untrained(statistics, tokens), err);
    var examples = new LinkExamples(statistics, tokens);
    int pairs = 0;
    try (var to =
        mapper
            .getFactory()
            .createGenerator(
                Files.newBufferedWriter(out.resolve("examples.jsonl"), StandardCharsets.UTF_8))) {
      to.setRootValueSeparator(new SerializedString("\n"));
      for (int i = 0; i < documents.size(); i++) {
        // Else a longer name that it taught itself would hide the shorter one that others know.
        learned.leaveOut(statistics, observed.get(i));
        var example = examples.example(mentions.task(learned, documents.get(i)), observed.get(i));
        write(to, i, golds.get(i), example);
        pairs += example == null ? 0 : example.pairs().pairs();
      }
    }
    err.printf(
        Locale.ROOT, "%,d texts, %,d pairs of a mention and a candidate%n", golds.size(), pairs);
    err.flush();
    return 0;
  }

  /** What each text says of names; nothing where the given statistics are of other texts. */
  private List<LinkStatistics> observed(
      List<KbEntry> entries,
      List<EnrichedDocument> documents,
      List<GoldLinks> golds,
      PrintWriter err) {
    if (given != null && !counted) {
      return Collections.nCopies(documents.size(), LinkStatistics.NONE);
    }
    // Names that only these texts know would hide what is to be counted.
    var names = kb.of(entries, new Untrained(LinkStatistics.NONE, tokens), err);
    var observed = new ArrayList<LinkStatistics>(documents.size());
    for (int i = 0; i < documents.size(); i++) {
      observed.add(LinkExamples.observe(mentions.task(names, documents.get(i)), golds.get(i)));
    }
    return observed;
  }

  private static LinkStatistics statistics(Path file) throws IOException {
    return LinkStatistics.read(Files.readAllBytes(file));
  }

  private void write(JsonGenerator to, int row, GoldLinks gold, LinkExamples.Example example)
      throws IOException {
    to.writeStartObject();
    to.writeNumberField("row", row);
    to.writeArrayFieldStart("ids");
    for (String id : new TreeSet<>(gold.ids())) {
      to.writeString(id);
    }
    to.writeEndArray();
    to.writeArrayFieldStart("gold");
    for (var place : gold.places()) {
      to.writeStartArray();
      to.writeNumber(place.start());
      to.writeNumber(place.end());
      to.writeString(place.id());
      to.writeEndArray();
    }
    to.writeEndArray();
    to.writeArrayFieldStart("mentions");
    if (example != null) {
      int pair = 0;
      for (var considered : example.mentions()) {
        write(to, considered, example.pairs(), pair);
        pair += considered.candidates().size();
      }
    }
    to.writeEndArray();
    to.writeEndObject();
  }

  private void write(
      JsonGenerator to, LinkExamples.Considered considered, LinkPairs pairs, int first)
      throws IOException {
    int width = pairs.features().length / pairs.pairs();
    to.writeStartObject();
    to.writeNumberField("start", considered.mention().start());
    to.writeNumberField("end", considered.mention().end());
    to.writeStringField("alias", considered.mention().alias());
    to.writeBooleanField("entity", considered.mention().entity() >= 0);
    to.writeFieldName("context");
    to.writeArray(pairs.context(), first * tokens, tokens);
    to.writeArrayFieldStart("candidates");
    for (int i = 0; i < considered.candidates().size(); i++) {
      KbCandidate candidate = considered.candidates().get(i);
      to.writeStartObject();
      to.writeStringField("id", candidate.id());
      to.writeStringField("kind", candidate.kind().name());
      to.writeFieldName("description");
      int[] description = LinkTokens.of(NormalizedText.of(candidate.description()), tokens);
      to.writeArray(description, 0, description.length);
      to.writeArrayFieldStart("features");
      for (int f = 0; f < width; f++) {
        to.writeNumber(pairs.features()[(first + i) * width + f]);
      }
      to.writeEndArray();
      to.writeEndObject();
    }
    to.writeEndArray();
    to.writeEndObject();
  }
}
