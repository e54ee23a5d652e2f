package io.github.wenliu.pipeline.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.wenliu.models.text.AnnouncementScore;
import io.github.wenliu.models.text.GoldText;
import io.github.wenliu.operators.newword.NewWordParameters;
import io.github.wenliu.operators.newword.VocabularyReplay;
import io.github.wenliu.operators.newword.WordEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Option;

/**
 * A gold text into which words were planted that nobody could know before, replayed as a stream: a
 * sentence is a document, and an epoch, so that a version follows the sentence that made it due.
 */
final class PlantedStream {

  private static final int COLUMNS = 3;

  @Option(
      names = "--planted",
      paramLabel = "FILE",
      description =
          "Replays a gold file into which words were planted, sentence by sentence, and says how"
              + " soon they are announced; with --list.")
  private String gold;

  @Option(
      names = "--list",
      paramLabel = "TSV",
      description =
          "The words that were planted: the word, the one in whose place it stands, and how often,"
              + " separated by TAB.")
  private String list;

  @Option(
      names = "--on",
      paramLabel = "SCORE",
      split = ",",
      description =
          "The score from which a candidate is a word, 0 in the job; several, separated by commas,"
              + " are tried side by side (default 0).")
  private List<Double> on = List.of(0.0);

  @Option(
      names = "--hysteresis",
      paramLabel = "N",
      description = "How far a word's score may fall below that: newWords.hysteresis (default 1).")
  private double hysteresis = NewWordParameters.DEFAULT.hysteresis();

  @Option(
      names = "--version-symbols",
      paramLabel = "N",
      description =
          "Symbols from one version to the next, at least: newWords.version.symbols (default"
              + " 1000).")
  private long versionSymbols = NewWordParameters.DEFAULT.versionSymbols();

  @Option(
      names = "--version-share",
      paramLabel = "SHARE",
      description =
          "The same as a share of all symbols, of which the larger counts: newWords.version.share"
              + " (default 0.1).")
  private double versionShare = NewWordParameters.DEFAULT.versionShare();

  boolean isGiven() {
    return gold != null || list != null;
  }

  /** Replays the stream and prints a line for each score that was named. */
  void score(DiscoveryOptions discovery) throws IOException {
    require();
    var parameters = parameters(discovery.minCount());
    Map<String, Integer> planted = planted();
    var scores = new LinkedHashMap<Double, AnnouncementScore>();
    on.forEach(score -> scores.put(score, new AnnouncementScore(planted)));
    var replay =
        new VocabularyReplay(
            discovery.startKeptUp(),
            parameters,
            List.copyOf(scores.keySet()),
            (score, events) -> events.forEach(event -> tell(event, scores.get(score))));
    long begin = System.nanoTime();
    long documents = replay(replay, scores);
    double seconds = (double) (System.nanoTime() - begin) / TimeUnit.SECONDS.toNanos(1);

    var out = StandardOutput.open();
    scores.forEach(
        (threshold, score) -> {
          var result = JsonNodeFactory.instance.objectNode();
          result.put("file", Path.of(gold).getFileName().toString());
          result.put("mode", discovery.mode().toString());
          result.put("on", threshold);
          result.put("off", threshold - hysteresis);
          result.put("documents", documents);
          result.put("hanChars", score.hanCharacters());
          result.put("versions", replay.versions());
          put(result, score);
          result.put("seconds", seconds);
          out.println(result);
        });
    out.flush();
  }

  private void require() {
    if (gold == null || list == null) {
      throw new UsageException("--planted and --list go together: one of them is missing");
    }
    InputFiles.require(List.of(gold, list));
    if (on.stream().anyMatch(score -> !Double.isFinite(score))) {
      throw new UsageException("--on is " + on + ", expected numbers");
    }
  }

  private NewWordParameters parameters(int minCount) {
    try {
      return new NewWordParameters(
          minCount,
          hysteresis,
          versionSymbols,
          versionShare,
          NewWordParameters.DEFAULT.versionMaxSymbols(),
          NewWordParameters.DEFAULT.repostsMillis(),
          0,
          NewWordParameters.DEFAULT.memoryBytes(),
          false);
    } catch (IllegalArgumentException e) {
      throw new UsageException(e.getMessage());
    }
  }

  private Map<String, Integer> planted() throws IOException {
    var planted = new HashMap<String, Integer>();
    try (var lines = GoldFiles.open(Path.of(list))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] columns = line.split("\t");
        if (columns.length != COLUMNS || !columns[2].matches("\\d{1,9}")) {
          throw new UsageException(
              "--list has a line that is not word, word, number: " + RecordText.shown(line));
        }
        planted.put(columns[0], Integer.parseInt(columns[2]));
      }
    }
    return planted;
  }

  private long replay(VocabularyReplay replay, Map<Double, AnnouncementScore> scores)
      throws IOException {
    GoldText text;
    try (var lines = GoldFiles.open(Path.of(gold))) {
      text = GoldText.read(lines);
    }
    long sentence = 0;
    for (String line : text.lines()) {
      var words = Arrays.asList(line.split("\\s+"));
      scores.values().forEach(score -> score.read(words));
      replay.add(String.join("", words));
      replay.closeEpoch(sentence++);
    }
    replay.end();
    return text.lines().size();
  }

  private static void tell(WordEvent event, AnnouncementScore score) {
    switch (event.type()) {
      case ANNOUNCED -> score.announce(event.word());
      case RETRACTED, UPGRADED -> score.retract(event.word());
      default -> {
        // A word that is held still is one, and nobody pins or bans.
      }
    }
  }

  private static void put(ObjectNode result, AnnouncementScore score) {
    result.put("announced", score.announced());
    result.put("takenBack", score.retractions());
    result.put("falseAlarmsPer100k", score.falseAlarms());
    result.put("livePrecision", score.livePrecision());
    result.put("recall20", score.recall());
    var planted = result.putObject("planted");
    for (var found : score.planted()) {
      var group = planted.putObject(found.label());
      group.put("words", found.words());
      group.put("found", found.found());
      group.put("foundBy" + AnnouncementScore.SOON + "th", found.foundSoon());
      group.put(
          "medianOccurrences", found.median().isPresent() ? found.median().getAsDouble() : null);
    }
  }
}
