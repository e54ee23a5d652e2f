package io.github.wenliu.models.text;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A corpus that people have cut into words.
 *
 * @param lines a sentence a line, in NFKC, words separated by blanks; lines without a word are left
 *     out
 */
public record GoldText(List<String> lines) {

  public GoldText {
    lines = List.copyOf(lines);
  }

  /** Reads words separated by blanks, a sentence a line. */
  public static GoldText read(BufferedReader reader) throws IOException {
    try {
      return new GoldText(
          reader
              .lines()
              .map(line -> Normalizer.normalize(line, Normalizer.Form.NFKC).strip())
              .filter(line -> !line.isEmpty())
              .toList());
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** The lines as they would be written, without the blanks between words. */
  public List<String> texts() {
    return lines.stream().map(line -> String.join("", words(line))).toList();
  }

  /** Every word with its count. */
  public Map<String, Integer> wordCounts() {
    var counts = new HashMap<String, Integer>();
    for (String line : lines) {
      for (String word : words(line)) {
        counts.merge(word, 1, Integer::sum);
      }
    }
    return counts;
  }

  private static String[] words(String line) {
    return line.split("\\s+");
  }
}
