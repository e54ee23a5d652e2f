package io.github.wenliu.pipeline.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.wenliu.models.extract.Extraction;
import io.github.wenliu.models.extract.MatchScore;
import io.github.wenliu.models.extract.ModelSelection;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Scores a scheme of entities. */
@Command(
    name = "entities",
    description = {
      "Scores the entities that a model finds against annotated texts: {\"text\", \"entities\":"
          + " [{\"start\", \"end\", \"type\"}]} a line, offsets in code points, the end excluded. An"
          + " entity is right if start, end and type are.",
      "Prints one JSON object for each file: precision, recall and F1 over all entities, and by"
          + " type. sentencesPerSecond is the speed of a second run over the first 2,000 texts."
    },
    mixinStandardHelpOptions = true)
final class EvalEntitiesCommand extends SchemeEvaluation {

  @Option(
      names = "--types",
      split = ",",
      paramLabel = "TYPE",
      description = "Judge only entities of these types, separated by commas.")
  private Set<String> types;

  /** An entity as it is compared. */
  private record Entity(int start, int end, String type) {}

  @Override
  void requireTask(String scheme, ModelSelection selection) {
    if (selection.entities() == null) {
      throw new UsageException("--scheme " + scheme + " is one of relations, expected entities");
    }
  }

  @Override
  MatchScore<Entity> score(String file, List<JsonNode> rows, List<Extraction> extractions)
      throws IOException {
    var score = new MatchScore<Entity>(Entity::type);
    for (int i = 0; i < rows.size(); i++) {
      var found = new HashSet<Entity>();
      for (var mention : extractions.get(i).entities()) {
        found.add(new Entity(mention.start(), mention.end(), mention.type()));
      }
      score.add(judged(gold(file, rows.get(i))), judged(found));
    }
    return score;
  }

  private static Set<Entity> gold(String file, JsonNode row) throws IOException {
    var gold = new HashSet<Entity>();
    if (!row.path("entities").isArray()) {
      throw new IOException(file + ": expected a list of entities in every row");
    }
    for (JsonNode entity : row.get("entities")) {
      if (!entity.path("start").isInt()
          || !entity.path("end").isInt()
          || !entity.path("type").isTextual()) {
        throw new IOException(file + ": expected start, end and type in every entity");
      }
      gold.add(
          new Entity(
              entity.get("start").intValue(),
              entity.get("end").intValue(),
              entity.get("type").textValue()));
    }
    return gold;
  }

  private Set<Entity> judged(Set<Entity> entities) {
    if (types != null) {
      entities.removeIf(entity -> !types.contains(entity.type()));
    }
    return entities;
  }
}
