package io.github.wenliu.models.text;

import com.hankcs.hanlp.HanLP;
import com.hankcs.hanlp.seg.Segment;
import com.hankcs.hanlp.seg.common.Term;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.zip.GZIPInputStream;

/**
 * Scores our segmenter beside HanLP's on gold files: one JSON object a file. Words are separated by
 * one blank, a sentence a line; {@code .gz} is unpacked. Both see the words joined without blanks,
 * on one thread, after two seconds to warm up; the speed is that of the best of three passes.
 */
public final class SegmentationComparison {
  private static final long WARM_UP_NANOS = 2_000_000_000L;
  private static final int PASSES = 3;

  private SegmentationComparison() {}

  public static void main(String[] files) throws IOException {
    if (files.length == 0) {
      System.err.println("usage: SegmentationComparison GOLD_FILE...");
      System.exit(2);
    }
    HanLP.Config.Normalization = false;
    var ours = Segmenter.base();
    Segment standard = HanLP.newSegment();
    Segment withoutTags = HanLP.newSegment().enablePartOfSpeechTagging(false);
    for (String file : files) {
      List<String> gold = read(Path.of(file));
      System.out.println(
          "{\"file\": \"%s\", \"ours\": %s, \"hanlp\": %s, \"hanlpWithoutTags\": %s}"
              .formatted(
                  Path.of(file).getFileName(),
                  measure(gold, ours::segment),
                  measure(gold, text -> tokens(standard, text)),
                  measure(gold, text -> tokens(withoutTags, text))));
    }
  }

  private static List<String> read(Path file) throws IOException {
    InputStream raw = Files.newInputStream(file);
    try (var lines =
        new BufferedReader(
            new InputStreamReader(
                file.toString().endsWith(".gz") ? new GZIPInputStream(raw) : raw,
                StandardCharsets.UTF_8))) {
      return lines.lines().toList();
    }
  }

  private static String measure(List<String> gold, Function<String, List<Token>> segmenter) {
    var score = SegmentationScore.of(gold, segmenter, SegmentationComparison::isKnown);
    List<String> texts = gold.stream().map(line -> line.replace(" ", "")).toList();
    long tokens = 0;
    long start = System.nanoTime();
    while (System.nanoTime() - start < WARM_UP_NANOS) {
      tokens += pass(texts, segmenter);
    }
    long best = Long.MAX_VALUE;
    for (int i = 0; i < PASSES; i++) {
      long begin = System.nanoTime();
      tokens += pass(texts, segmenter);
      best = Math.min(best, System.nanoTime() - begin);
    }
    if (tokens == 0) {
      throw new IllegalStateException("no tokens at all");
    }
    return String.format(
        Locale.ROOT,
        "{\"precision\": %.5f, \"recall\": %.5f, \"f1\": %.5f, \"unknownRecall\": %.5f,"
            + " \"charactersPerSecond\": %.0f}",
        score.precision(),
        score.recall(),
        score.f1(),
        score.unknownRecall(),
        score.characters() * 1e9 / best);
  }

  private static long pass(List<String> texts, Function<String, List<Token>> segmenter) {
    long tokens = 0;
    for (String text : texts) {
      tokens += segmenter.apply(text).size();
    }
    return tokens;
  }

  private static boolean isKnown(String word) {
    return Lexicon.base().contains(word) || word.codePoints().noneMatch(Character::isIdeographic);
  }

  private static List<Token> tokens(Segment segment, String text) {
    List<Term> terms = segment.seg(text);
    var tokens = new ArrayList<Token>(terms.size());
    int at = 0;
    int codePoint = 0;
    for (Term term : terms) {
      int length = term.length();
      int codePoints = text.codePointCount(at, at + length);
      tokens.add(new Token(codePoint, codePoint + codePoints, at, at + length, false));
      at += length;
      codePoint += codePoints;
    }
    return tokens;
  }
}
