package io.github.wenliu.pipeline.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.wenliu.models.extract.EntityMention;
import io.github.wenliu.models.extract.Extraction;
import io.github.wenliu.models.extract.MatchScore;
import io.github.wenliu.models.extract.ModelSelection;
import java.io.IOException;
import java.text.Normalizer;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import picocli.CommandLine.Command;

/** Scores a scheme of relations. */
@Command(
    name = "relations",
    description = {
      "Scores the relations that a model finds against annotated texts: {\"text\", \"spo\": [{\"s\","
          + " \"p\", \"o\"}]} a line, subjects and objects as strings. A relation is right if"
          + " subject, predicate and object are the same strings after NFKC and lower case; each"
          + " counts once in a text.",
      "Prints one JSON object for each file: precision, recall and F1 over all relations, and by"
          + " predicate. sentencesPerSecond is the speed of a second run over the first 2,000 texts."
    },
    mixinStandardHelpOptions = true)
final class EvalRelationsCommand extends SchemeEvaluation {

  /** A relation as it is compared. */
  private record Triple(String subject, String predicate, String object) {}

  @Override
  void requireTask(String scheme, ModelSelection selection) {
    if (selection.relations() == null) {
      throw new UsageException("--scheme " + scheme + " is one of entities, expected relations");
    }
  }

  @Override
  MatchScore<Triple> score(String file, List<JsonNode> rows, List<Extraction> extractions)
      throws IOException {
    var score = new MatchScore<Triple>(Triple::predicate);
    for (int i = 0; i < rows.size(); i++) {
      String text = rows.get(i).get("text").asText();
      score.add(gold(file, rows.get(i)), found(text, extractions.get(i)));
    }
    return score;
  }

  private static Set<Triple> gold(String file, JsonNode row) throws IOException {
    var gold = new HashSet<Triple>();
    if (!row.path("spo").isArray()) {
      throw new IOException(file + ": expected a list spo in every row");
    }
    for (JsonNode triple : row.get("spo")) {
      if (!triple.path("s").isTextual()
          || !triple.path("p").isTextual()
          || !triple.path("o").isTextual()) {
        throw new IOException(file + ": expected s, p and o in every entry of spo");
      }
      gold.add(
          new Triple(
              normalized(triple.get("s").textValue()),
              triple.get("p").textValue(),
              normalized(triple.get("o").textValue())));
    }
    return gold;
  }

  private static Set<Triple> found(String text, Extraction extraction) {
    var found = new HashSet<Triple>();
    for (var relation : extraction.relations()) {
      found.add(
          new Triple(
              surface(text, extraction.entities().get(relation.subject())),
              relation.predicate(),
              surface(text, extraction.entities().get(relation.object()))));
    }
    return found;
  }

  private static String surface(String text, EntityMention mention) {
    return normalized(text.substring(mention.startUtf16(), mention.endUtf16()));
  }

  private static String normalized(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT).strip();
  }
}
