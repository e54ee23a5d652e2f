package io.github.wenliu.pipeline.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.wenliu.models.extract.Extraction;
import io.github.wenliu.models.extract.MatchScore;
import io.github.wenliu.models.extract.ModelSelection;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Scores one scheme of a model on files of annotated texts: a JSON object a file. */
abstract class SchemeEvaluation implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Mixin private GoldRows data;

  @Mixin private ExtractionOptions extraction;

  @Option(
      names = "--scheme",
      paramLabel = "NAME",
      required = true,
      description = "Label scheme of the model.")
  private String scheme;

  @Override
  public Integer call() throws IOException {
    var files = data.files();
    var out = StandardOutput.open();
    try (var extractor = extraction.open(List.of(scheme), spec.commandLine().getErr())) {
      requireTask(scheme, extractor.selection());
      for (String file : files) {
        var rows = data.read(file);
        var texts = rows.stream().map(row -> row.get("text").asText()).toList();
        var timed = TimedExtraction.of(extractor, texts);
        var score = score(file, rows, timed.extractions());
        out.println(ScoreJson.of(file, extractor.selection(), score, timed));
        out.flush();
      }
    }
    return 0;
  }

  /** Refuses a scheme of the other task. */
  abstract void requireTask(String scheme, ModelSelection selection);

  /**
   * What was found against what was annotated.
   *
   * @param extractions one for each row
   */
  abstract MatchScore<?> score(String file, List<JsonNode> rows, List<Extraction> extractions)
      throws IOException;
}
