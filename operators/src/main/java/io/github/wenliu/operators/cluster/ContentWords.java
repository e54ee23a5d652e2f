package io.github.wenliu.operators.cluster;

import io.github.wenliu.models.text.NormalizedText;
import io.github.wenliu.operators.document.EnrichedDocument;
import io.github.wenliu.operators.document.Word;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * Which words of a document are nodes of the graph, under which names, and which of them stand in
 * one context.
 *
 * <p>A content word has at least two letters (a Han character is one) and nothing but letters,
 * marks and digits, and begins with no mark; so numbers, addresses, punctuation and single
 * characters are none. Its name is its normalised form. Which words are too common to say anything
 * is left to the graph, which has seen them all.
 */
final class ContentWords {

  private static final String SENTENCE_ENDS = "。！？!?；;…．.｡";
  private static final int FIRST_HAN = 0x3400;
  private static final int LAST_HAN = 0x9FFF;
  private static final int FEWEST_LETTERS = 2;
  private static final int PASSAGE_WORDS = 16;

  private ContentWords() {}

  /** The names in each context, each once, in order of their first place there. */
  static List<List<String>> contexts(EnrichedDocument document, PairContext context) {
    var text = document.document().text();
    var contexts = new ArrayList<List<String>>();
    var names = new LinkedHashSet<String>();
    int end = 0;
    for (Word word : document.words()) {
      if (names.size() >= leastWords(context) && isNewSentence(text, end, word)) {
        add(names, contexts);
      }
      end = word.endUtf16();
      var name = name(text, word);
      if (name != null) {
        names.add(name);
      }
    }
    add(names, contexts);
    return contexts;
  }

  /** How many words a context must have before the end of a sentence ends it. */
  private static int leastWords(PairContext context) {
    return switch (context) {
      case SENTENCE -> 0;
      case PASSAGE -> PASSAGE_WORDS;
      case DOCUMENT -> Integer.MAX_VALUE;
    };
  }

  private static void add(LinkedHashSet<String> names, List<List<String>> contexts) {
    if (!names.isEmpty()) {
      contexts.add(List.copyOf(names));
      names.clear();
    }
  }

  /** Whether a sentence ends with a word, or with a line before it. */
  private static boolean isNewSentence(String text, int endOfLast, Word word) {
    if (SENTENCE_ENDS.indexOf(text.charAt(word.startUtf16())) >= 0) {
      return true;
    }
    for (int i = endOfLast; i < word.startUtf16(); i++) {
      if (text.charAt(i) == '\n') {
        return true;
      }
    }
    return false;
  }

  /** The name of a word as a node, or {@code null} if it is none. */
  static String name(String text, Word word) {
    int length = word.endUtf16() - word.startUtf16();
    if (length < FEWEST_LETTERS) {
      return null;
    }
    var surface = text.substring(word.startUtf16(), word.endUtf16());
    for (int i = 0; i < length; i++) {
      char c = surface.charAt(i);
      if (c < FIRST_HAN || c > LAST_HAN) {
        return nameOfAny(surface);
      }
    }
    return surface;
  }

  private static String nameOfAny(String surface) {
    int letters = 0;
    for (int i = 0; i < surface.length(); ) {
      int c = surface.codePointAt(i);
      if (Character.isLetter(c)) {
        letters++;
      } else if (i == 0 || !isPart(c)) {
        return null;
      }
      i += Character.charCount(c);
    }
    return letters < FEWEST_LETTERS ? null : NormalizedText.normalize(surface);
  }

  private static boolean isPart(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.DECIMAL_DIGIT_NUMBER,
          Character.NON_SPACING_MARK,
          Character.ENCLOSING_MARK,
          Character.COMBINING_SPACING_MARK,
          Character.FORMAT ->
          true;
      default -> false;
    };
  }
}
