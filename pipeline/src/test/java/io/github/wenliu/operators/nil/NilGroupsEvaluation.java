package io.github.wenliu.operators.nil;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.wenliu.models.text.Lexicon;
import io.github.wenliu.models.text.Segmenter;
import io.github.wenliu.operators.document.Document;
import io.github.wenliu.operators.document.EnrichedDocument;
import io.github.wenliu.operators.document.Entity;
import io.github.wenliu.operators.document.Link;
import io.github.wenliu.operators.document.RawRecord;
import io.github.wenliu.operators.document.Versions;
import io.github.wenliu.operators.document.Word;
import io.github.wenliu.pipeline.files.Decompression;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * How well groups tell apart what one name means, on texts whose entities are known: names of one
 * type are taken for one name, as if it meant them all [1]. Prints, by type and for one to three
 * meanings, the B-cubed precision (a mention's group holds its meaning alone), recall (its meaning
 * is in one group) and F1 over all mentions, the groups that a name has, and the F1 where all
 * mentions of a name are one group. Rows whose ids differ in their last part only are paragraphs of
 * one document; documents come in the order of the file.
 *
 * <p>[1] Pseudowords, as in Schütze, Automatic Word Sense Discrimination, CL 24(1), 1998.
 */
public final class NilGroupsEvaluation {

  private static final Path DEFAULT_FILE = Path.of("../shared/data/ner-pd199801/train.jsonl.gz");
  private static final int FEWEST_DOCUMENTS = 4;
  private static final int MOST_MEANINGS = 3;
  private static final long SEED = 7;

  private static final ContextLikeness LIKENESS = new ContextLikeness(Lexicon.base());

  /** All mentions of a name in one group: what there is to beat. */
  private static final NilParameters ONE_GROUP =
      new NilParameters(1, 1, NilParameters.DEFAULT.retention(), 1, Set.of(), true);

  private NilGroupsEvaluation() {}

  public static void main(String[] arguments) throws IOException {
    var file = arguments.length == 0 ? DEFAULT_FILE : Path.of(arguments[0]);
    var byType = namesByType(documents(file));
    System.out.println("type  names  meanings  precision  recall     f1  groups  f1 of one group");
    byType.forEach(
        (type, names) -> {
          for (int meanings = 1; meanings <= MOST_MEANINGS; meanings++) {
            Collections.shuffle(names, new Random(SEED));
            evaluate(type, names, meanings);
          }
        });
  }

  private static void evaluate(String type, List<List<UnlinkedMention>> names, int meanings) {
    var ours = new Score();
    var one = new Score();
    for (int first = 0; first + meanings <= names.size(); first += meanings) {
      var mentions =
          names.subList(first, first + meanings).stream()
              .flatMap(List::stream)
              .sorted(Comparator.comparingLong(UnlinkedMention::epoch))
              .toList();
      ours.add(cells(mentions, NilParameters.DEFAULT));
      one.add(cells(mentions, ONE_GROUP));
    }
    System.out.printf(
        Locale.ROOT,
        "%-4s  %5d  %8d  %9.3f  %6.3f  %5.3f  %6.2f  %15.3f%n",
        type,
        names.size(),
        meanings,
        ours.precision / ours.mentions,
        ours.recall / ours.mentions,
        ours.f1(),
        (double) ours.groups / ours.names,
        one.f1());
  }

  /** Sums over mentions. */
  private static final class Score {
    private double precision;
    private double recall;
    private long mentions;
    private long groups;
    private long names;

    /** Adds the groups of a name, each with its mentions by meaning. */
    private void add(List<Map<String, Long>> cells) {
      var byMeaning = new HashMap<String, Long>();
      cells.forEach(cell -> cell.forEach((meaning, n) -> byMeaning.merge(meaning, n, Long::sum)));
      for (var cell : cells) {
        double size = cell.values().stream().mapToLong(n -> n).sum();
        cell.forEach(
            (meaning, n) -> {
              precision += n * n / size;
              recall += (double) n * n / byMeaning.get(meaning);
              mentions += n;
            });
      }
      groups += cells.size();
      names++;
    }

    private double f1() {
      return 2 * precision * recall / (precision + recall) / mentions;
    }
  }

  /** For each group how many mentions of each meaning it has in the end. */
  private static List<Map<String, Long>> cells(
      List<UnlinkedMention> mentions, NilParameters parameters) {
    var state = NameGroups.NONE;
    for (int from = 0, to = 0; from < mentions.size(); from = to) {
      long epoch = mentions.get(from).epoch();
      while (to < mentions.size() && mentions.get(to).epoch() == epoch) {
        to++;
      }
      var groups = new NilGroups(parameters, LIKENESS, state);
      groups.add(mentions.subList(from, to));
      state = groups.state(null);
    }
    return state.groups().stream()
        .map(
            group -> group.surfaces().stream().collect(Collectors.toMap(Tally::text, Tally::times)))
        .toList();
  }

  /** The mentions of each name that enough documents hold, under their meaning as surface. */
  private static Map<String, List<List<UnlinkedMention>>> namesByType(
      List<EnrichedDocument> documents) {
    var byName =
        documents.stream()
            .flatMap(document -> UnlinkedMentions.of(document, Set.of()).stream())
            .map(NilGroupsEvaluation::withNameAsSurface)
            .collect(
                Collectors.groupingBy(UnlinkedMention::name, TreeMap::new, Collectors.toList()));
    return byName.values().stream()
        .filter(NilGroupsEvaluation::isInEnoughDocuments)
        .collect(
            Collectors.groupingBy(
                mentions -> mentions.get(0).type(), TreeMap::new, Collectors.toList()));
  }

  private static boolean isInEnoughDocuments(List<UnlinkedMention> mentions) {
    return mentions.stream().mapToLong(UnlinkedMention::offset).distinct().count()
        >= FEWEST_DOCUMENTS;
  }

  private static UnlinkedMention withNameAsSurface(UnlinkedMention mention) {
    return new UnlinkedMention(
        mention.channel(),
        mention.name(),
        mention.type(),
        mention.name(),
        mention.context(),
        mention.excerpt(),
        mention.topic(),
        mention.partition(),
        mention.offset(),
        mention.start(),
        mention.end(),
        mention.epoch(),
        mention.effectiveMillis());
  }

  /** Paragraphs of one article are one document, and each document has an epoch of its own. */
  private static List<EnrichedDocument> documents(Path file) throws IOException {
    var mapper = new ObjectMapper();
    var articles = new LinkedHashMap<String, List<JsonNode>>();
    try (var in = Decompression.of(Files.newInputStream(file));
        var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        var row = mapper.readTree(line);
        var id = row.path("id").asText("-" + articles.size() + "-");
        articles
            .computeIfAbsent(id.substring(0, id.lastIndexOf('-')), key -> new ArrayList<>())
            .add(row);
      }
    }
    var documents = new ArrayList<EnrichedDocument>();
    articles.values().forEach(rows -> documents.add(document(rows, documents.size())));
    return documents;
  }

  private static EnrichedDocument document(List<JsonNode> paragraphs, long number) {
    var text = new StringBuilder();
    var entities = new ArrayList<Entity>();
    var nil = new Link(null, null, 1, List.of(), true);
    for (JsonNode paragraph : paragraphs) {
      int at = text.codePointCount(0, text.length());
      text.append(paragraph.path("text").asText()).append('\n');
      for (JsonNode entity : paragraph.path("entities")) {
        int start = at + entity.path("start").asInt();
        int end = at + entity.path("end").asInt();
        entities.add(
            new Entity(
                start,
                end,
                text.offsetByCodePoints(0, start),
                text.offsetByCodePoints(0, end),
                entity.path("type").asText(),
                1,
                "model",
                nil,
                null));
      }
    }
    entities.sort(Comparator.comparingInt(Entity::start).thenComparingInt(Entity::end));
    var words = new ArrayList<Word>();
    for (var token : Segmenter.base().segment(text.toString())) {
      words.add(
          new Word(token.start(), token.end(), token.startUtf16(), token.endUtf16(), false, null));
    }
    var raw = new RawRecord("documents", 0, number, 0, null, null, List.of());
    var document = new Document("d", text.toString(), 0L, "main", null, null, null, null);
    return EnrichedDocument.entering(raw, document, 10_000 * number, number, 0)
        .withWords(words, Versions.NONE)
        .withExtraction(entities, List.of(), Versions.NONE);
  }
}
