package io.github.wenliu.pipeline.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.wenliu.models.extract.MatchScore;
import io.github.wenliu.models.extract.ModelSelection;
import java.nio.file.Path;

/** The result of scoring a model on a file, as one JSON object. */
final class ScoreJson {

  private ScoreJson() {}

  static String of(
      String file, ModelSelection selection, MatchScore<?> score, TimedExtraction extraction) {
    var mapper = new ObjectMapper();
    var result = mapper.createObjectNode();
    result.put("file", Path.of(file).getFileName().toString());
    result.put("model", selection.model());
    result.put("scheme", selection.schemes());
    result.put("rows", extraction.extractions().size());
    put(result, score.total());
    var byType = result.putObject("byType");
    score.byType().forEach((type, counts) -> put(byType.putObject(type), counts));
    result.put("seconds", extraction.seconds());
    result.put("sentencesPerSecond", Math.round(extraction.perSecond()));
    return result.toString();
  }

  private static void put(ObjectNode to, MatchScore.Counts counts) {
    to.put("precision", counts.precision());
    to.put("recall", counts.recall());
    to.put("f1", counts.f1());
    to.put("gold", counts.gold());
    to.put("found", counts.found());
    to.put("right", counts.right());
  }
}
