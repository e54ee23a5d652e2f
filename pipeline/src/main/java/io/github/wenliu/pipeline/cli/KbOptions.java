package io.github.wenliu.pipeline.cli;

import io.github.wenliu.models.link.LinkModel;
import io.github.wenliu.operators.link.KbEntry;
import io.github.wenliu.operators.link.KnowledgeBase;
import io.github.wenliu.operators.link.LinkParameters;
import io.github.wenliu.pipeline.codec.KbLine;
import io.github.wenliu.pipeline.files.KbFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Option;

/** Which knowledge base the commands link to that need no job, read into memory. */
final class KbOptions {

  /** The channel of everything that is linked in memory. */
  static final String CHANNEL = "main";

  @Option(
      names = "--kb",
      required = true,
      paramLabel = "FILE",
      description =
          "Knowledge base: an entry a line, {\"id\", \"name\", \"aliases\", \"types\","
              + " \"description\", \"facts\", \"prior\"}, or kb_data of CCKS 2019 and DuEL; gzip is"
              + " recognised.")
  private List<String> files;

  @Option(
      names = "--max-candidates",
      paramLabel = "N",
      defaultValue = "16",
      description = "Entries that are weighed for one name (${DEFAULT-VALUE}).")
  private int maxCandidates;

  /** Bounds of linking. */
  LinkParameters parameters() {
    return parameters(LinkParameters.DEFAULT.entitiesAreMentions());
  }

  /** Bounds of linking, where extracted entities are mentions for sure or are not. */
  LinkParameters parameters(boolean entitiesAreMentions) {
    if (maxCandidates < 1) {
      throw new UsageException("--max-candidates is " + maxCandidates + ", expected 1 or more");
    }
    var usual = LinkParameters.DEFAULT;
    return new LinkParameters(
        usual.maxMentions(), maxCandidates, usual.shownCandidates(), entitiesAreMentions);
  }

  /** Reads the files; lines that hold no entry are counted, and the first of them told. */
  List<KbEntry> entries(PrintWriter err) throws IOException {
    InputFiles.require(files);
    var entries = new ArrayList<KbEntry>();
    var progress = new Progress(err, "entries read");
    long rejected = 0;
    for (String file : files) {
      try (var lines = KbFile.open(file, CHANNEL, ZoneOffset.UTC)) {
        while (lines.hasNext()) {
          KbLine line = lines.next();
          if (line.entry() != null) {
            entries.add(line.entry());
          } else if (rejected++ == 0) {
            err.println(line.place() + ": " + line.rejection().message());
          }
          progress.accept(entries.size());
        }
      } catch (UncheckedIOException e) {
        throw e.getCause();
      }
    }
    if (rejected > 0) {
      err.printf(Locale.ROOT, "%,d lines hold no entry%n", rejected);
    }
    if (entries.isEmpty()) {
      throw new UsageException("there is no entry in " + String.join(", ", files));
    }
    return entries;
  }

  /** The knowledge base of some entries, as a model sees it. */
  KnowledgeBase of(List<KbEntry> entries, LinkModel model, PrintWriter err) {
    var kb = new KnowledgeBase(entries, CHANNEL, model, parameters());
    err.printf(Locale.ROOT, "%,d entries under %,d names%n", kb.size(), kb.aliases());
    err.flush();
    return kb;
  }
}
