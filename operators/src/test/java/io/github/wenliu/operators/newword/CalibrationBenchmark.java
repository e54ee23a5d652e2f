package io.github.wenliu.operators.newword;

import io.github.wenliu.models.text.Segmenter;
import io.github.wenliu.models.text.Token;
import io.github.wenliu.models.text.WordListScore;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Whether the cut at a score of 0 fits small texts and large ones. There is no gold for tens of
 * millions of characters; in its place stand the words that the base lexicon finds in the text. It
 * lacks what is new, so no figure is to be taken for itself: the cut fits where its F1 is near that
 * of the best cut, at every size. Reads lines of text from standard input.
 *
 * <p>Arguments: at how many characters to look, ascending.
 */
final class CalibrationBenchmark {

  private static final int MIN_COUNT = 5;

  /** Cuts that are tried: from here to as much above 0. */
  private static final double LEAST_CUT = -3;

  private static final double STEP = 0.1;

  private final NewWordDiscoverer discoverer = NewWordDiscoverer.keptUp(MIN_COUNT);
  private final Segmenter segmenter = Segmenter.base();
  private final Map<String, Integer> lexiconWords = new HashMap<>();

  private CalibrationBenchmark() {}

  public static void main(String[] arguments) throws IOException {
    if (arguments.length == 0) {
      System.err.println("usage: bench calibration CHARACTERS... < TEXT");
      System.exit(2);
    }
    var benchmark = new CalibrationBenchmark();
    var input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    long characters = 0;
    for (String until : arguments) {
      String line = "";
      while (characters < Long.parseLong(until) && (line = input.readLine()) != null) {
        benchmark.add(line);
        characters += line.codePointCount(0, line.length());
      }
      if (line == null) {
        System.out.printf("the text ends after %,d characters%n", characters);
      }
      benchmark.look(characters);
    }
  }

  private void add(String line) {
    discoverer.add(line);
    for (Token token : segmenter.segment(line)) {
      lexiconWords.merge(token.text(line), 1, Integer::sum);
    }
  }

  private void look(long characters) {
    List<WordScore> ranked = discoverer.words();
    var score = score(ranked, 0);
    double bestCut = LEAST_CUT;
    for (double cut = LEAST_CUT; cut <= -LEAST_CUT; cut += STEP) {
      if (score(ranked, cut).ownF1() > score(ranked, bestCut).ownF1()) {
        bestCut = cut;
      }
    }
    System.out.printf(
        "%,d characters: %,d words from 0 on, own F1 %.3f, best F1 %.3f at %.2f, AP5 %.3f%n",
        characters,
        ranked.stream().filter(word -> word.score() >= 0).count(),
        score.ownF1(),
        score.bestF1(),
        bestCut,
        score.averagePrecision());
  }

  /** What the list is worth if a candidate is a word from a score on. */
  private WordListScore score(List<WordScore> ranked, double cut) {
    int own = (int) ranked.stream().filter(word -> word.score() >= cut).count();
    return WordListScore.of(lexiconWords, ranked.stream().map(WordScore::word).toList(), own);
  }
}
