package io.github.wenliu.models.text;

import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * How well a segmentation agrees with a gold one: tokens count as found where both ends agree, over
 * the text without blanks.
 *
 * @param sentences gold lines that were compared
 * @param characters code points of their text, blanks left out
 * @param gold gold tokens
 * @param predicted predicted tokens
 * @param correct tokens in both
 * @param unknown gold tokens that the vocabulary does not know
 * @param unknownFound those of them that were found
 */
public record SegmentationScore(
    long sentences,
    long characters,
    long gold,
    long predicted,
    long correct,
    long unknown,
    long unknownFound) {
  public SegmentationScore {
    if (correct > gold || correct > predicted || unknownFound > unknown || unknown > gold) {
      throw new IllegalArgumentException(
          "correct %d, gold %d, predicted %d, unknown %d, unknownFound %d do not fit"
              .formatted(correct, gold, predicted, unknown, unknownFound));
    }
  }

  /**
   * Scores a segmentation against gold lines.
   *
   * @param goldLines words separated by blanks, a sentence a line; lines without a word are skipped
   * @param segmenter from the words joined without blanks to tokens
   * @param known whether a word is in the vocabulary, for the recall of unknown words
   */
  public static SegmentationScore of(
      Iterable<String> goldLines,
      Function<String, List<Token>> segmenter,
      Predicate<String> known) {
    var sum = new Sum();
    for (String line : goldLines) {
      String[] words = line.strip().split("\\s+");
      if (!words[0].isEmpty()) {
        sum.add(words, segmenter.apply(String.join("", words)), known);
      }
    }
    return new SegmentationScore(
        sum.sentences,
        sum.characters,
        sum.gold,
        sum.predicted,
        sum.correct,
        sum.unknown,
        sum.unknownFound);
  }

  /** The share of predicted tokens that are right; 0 where none was predicted. */
  public double precision() {
    return ratio(correct, predicted);
  }

  /** The share of gold tokens that were found. */
  public double recall() {
    return ratio(correct, gold);
  }

  /** The harmonic mean of precision and recall. */
  public double f1() {
    return ratio(2 * correct, gold + predicted);
  }

  /** The share of unknown gold tokens that were found. */
  public double unknownRecall() {
    return ratio(unknownFound, unknown);
  }

  private static double ratio(long part, long whole) {
    return whole == 0 ? 0 : (double) part / whole;
  }

  private static final class Sum {
    long sentences;
    long characters;
    long gold;
    long predicted;
    long correct;
    long unknown;
    long unknownFound;

    void add(String[] words, List<Token> tokens, Predicate<String> known) {
      sentences++;
      gold += words.length;
      predicted += tokens.size();
      int start = 0;
      int next = 0;
      for (String word : words) {
        int end = start + word.length();
        while (next < tokens.size() && tokens.get(next).startUtf16() < start) {
          next++;
        }
        boolean found =
            next < tokens.size()
                && tokens.get(next).startUtf16() == start
                && tokens.get(next).endUtf16() == end;
        boolean isUnknown = !known.test(word);
        correct += found ? 1 : 0;
        unknown += isUnknown ? 1 : 0;
        unknownFound += isUnknown && found ? 1 : 0;
        characters += word.codePointCount(0, word.length());
        start = end;
      }
    }
  }
}
