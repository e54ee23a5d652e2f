package io.github.wenliu.pipeline.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.wenliu.models.link.LinkModel;
import io.github.wenliu.operators.document.EnrichedDocument;
import io.github.wenliu.operators.link.GoldLinks;
import io.github.wenliu.operators.link.KnowledgeBase;
import io.github.wenliu.operators.link.LinkTask;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Scores links. */
@Command(
    name = "links",
    description = {
      "Scores links to a knowledge base against annotated texts: {\"text\", \"mentions\": [{\"start\","
          + " \"end\", \"kb_id\"}], \"kb_ids\"?} a line, offsets in code points; or the train files of"
          + " CCKS 2019 and DuEL as they are. Missing ids, and ids that begin with NIL, mean no entry.",
      "Prints one JSON object for each file. found: precision, recall and F1 of the sets of ids that"
          + " whole texts link to, with mentions found by the extractor and the knowledge base, and"
          + " candidateRecall, the share of ids that were weighed. given: accuracy of mentions as"
          + " annotated whose id the knowledge base has, of those with several candidates, and F1 of"
          + " no entry for the others. mentionsPerSecond is the speed of a second run, without the"
          + " extractor."
    },
    mixinStandardHelpOptions = true)
final class EvalLinksCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Mixin private GoldRows data;

  @Mixin private KbOptions kb;

  @Mixin private ExtractionOptions extraction;

  @Mixin private LinkModelOptions model;

  @Option(
      names = "--scheme",
      paramLabel = "NAME|none",
      defaultValue = "news",
      description = "Label scheme of the extractor that finds mentions (${DEFAULT-VALUE}).")
  private String scheme;

  @Option(
      names = "--entities",
      paramLabel = "weighed|mentions",
      defaultValue = "weighed",
      description =
          "Whether an entity of the extractor is weighed like any other place, as sets of ids need it"
              + " that name only what a text is about, or is a mention for sure, as in the job"
              + " (${DEFAULT-VALUE}).")
  private Entities entities;

  /** As users write it. */
  private enum Entities {
    weighed,
    mentions
  }

  private final ObjectMapper mapper = new ObjectMapper();

  @Override
  public Integer call() throws IOException {
    var err = spec.commandLine().getErr();
    var files = data.files();
    var entries = kb.entries(err);
    var out = StandardOutput.open();
    try (var linker = model.open(extraction, err)) {
      var base = kb.of(entries, linker, err);
      for (String file : files) {
        out.println(score(file, base, linker, err));
        out.flush();
      }
    }
    return 0;
  }

  private ObjectNode score(String file, KnowledgeBase base, LinkModel linker, PrintWriter err)
      throws IOException {
    var rows = data.read(file);
    var golds = new ArrayList<GoldLinks>(rows.size());
    for (var row : rows) {
      golds.add(GoldLinkRows.of(file, row));
    }
    var result = mapper.createObjectNode();
    result.put("file", Path.of(file).getFileName().toString());
    result.put("model", linker.id());
    result.put("rows", rows.size());
    result.put("entries", base.size());
    found(result.putObject("found"), file, rows, golds, base, linker, err);
    var score = new LinkScore(base);
    var given = new LinkMentions(true, scheme).documents(file, rows, extraction, err);
    var linked = link(given.stream().map(base::taskOfEntities).toList(), linker);
    for (int i = 0; i < linked.size(); i++) {
      score.addGiven(linked.get(i), golds.get(i));
    }
    score.putGiven(result.putObject("given"));
    return result;
  }

  private void found(
      ObjectNode to,
      String file,
      List<JsonNode> rows,
      List<GoldLinks> golds,
      KnowledgeBase base,
      LinkModel linker,
      PrintWriter err)
      throws IOException {
    var documents = new LinkMentions(false, scheme).documents(file, rows, extraction, err);
    var tasks = documents.stream().map(base::task).toList();
    var linked = link(tasks, linker);
    long begin = System.nanoTime();
    long mentions = 0;
    link(documents.stream().map(base::task).toList(), linker);
    double seconds = (double) (System.nanoTime() - begin) / TimeUnit.SECONDS.toNanos(1);
    var score = new LinkScore(base);
    long weighed = 0;
    long ids = 0;
    for (int i = 0; i < linked.size(); i++) {
      score.addFound(linked.get(i), golds.get(i));
      mentions += tasks.get(i).mentions().size();
      var candidates = candidates(tasks.get(i));
      ids += golds.get(i).ids().size();
      weighed += golds.get(i).ids().stream().filter(candidates::contains).count();
    }
    score.putFound(to);
    to.put("candidateRecall", ids == 0 ? 0 : (double) weighed / ids);
    to.put("mentionsWeighed", mentions);
    to.put("mentionsPerSecond", Math.round(mentions / seconds));
  }

  private static Set<String> candidates(LinkTask task) {
    var ids = new HashSet<String>();
    task.answers().forEach(answer -> answer.candidates().forEach(one -> ids.add(one.id())));
    return ids;
  }

  private List<EnrichedDocument> link(List<LinkTask> tasks, LinkModel linker) throws IOException {
    var linked = new ArrayList<EnrichedDocument>(tasks.size());
    var ordered =
        new OrderedLinking<Void>(
            linker,
            kb.parameters(entities == Entities.mentions),
            (unused, document, failure) -> {
              if (failure != null) {
                throw failure;
              }
              linked.add(document);
            });
    for (LinkTask task : tasks) {
      ordered.add(null, task);
    }
    ordered.finish();
    return linked;
  }
}
