package io.github.wenliu.operators.cluster;

import io.github.wenliu.models.text.NormalizedText;
import io.github.wenliu.operators.document.EnrichedDocument;
import io.github.wenliu.operators.document.Entity;
import io.github.wenliu.operators.document.Word;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * Which words and entities of a document are nodes of the graph, under which names, and which of
 * them stand in one context.
 *
 * <p>A content word has at least two letters (a Han character is one) and nothing but letters,
 * marks and digits, and begins with no mark; so numbers, addresses, punctuation and single
 * characters are none. Its name is its normalised form. Which words are too common to say anything
 * is left to the graph, which has seen them all.
 *
 * <p>An entity stands in place of the words that it overlaps; of entities that overlap one another
 * that is the leftmost, then the longest. Within it anything may stand, as people and companies
 * write their names, but it begins with a letter and has two, on one line. An entity of one word
 * has this word's name, so it makes no difference whether the model has seen it.
 */
final class ContentWords {

  private static final String SENTENCE_ENDS = "。！？!?；;…．.｡";
  private static final int FIRST_HAN = 0x3400;
  private static final int LAST_HAN = 0x9FFF;
  private static final int FEWEST_LETTERS = 2;
  private static final int PASSAGE_WORDS = 16;

  /** A span in UTF-16 units with the name of its node. */
  private record NamedSpan(String name, int start, int end) {}

  private ContentWords() {}

  /** The names in each context, each once, in order of their first place there. */
  static List<List<String>> contexts(EnrichedDocument document, PairContext context) {
    var text = document.document().text();
    var contexts = new ArrayList<List<String>>();
    var names = new LinkedHashSet<String>();
    var entities = entities(document);
    int next = 0;
    int covered = 0;
    int end = 0;
    for (Word word : document.words()) {
      boolean isCovered = word.startUtf16() < covered;
      if (!isCovered && names.size() >= leastWords(context) && isNewSentence(text, end, word)) {
        add(names, contexts);
      }
      while (next < entities.size() && entities.get(next).start() < word.endUtf16()) {
        var entity = entities.get(next++);
        names.add(entity.name());
        covered = entity.end();
        isCovered |= covered > word.startUtf16();
      }
      end = Math.max(word.endUtf16(), covered);
      var name = isCovered ? null : name(text, word);
      if (name != null) {
        names.add(name);
      }
    }
    add(names, contexts);
    return contexts;
  }

  /** The entities that are nodes, in order of the text; none overlaps another. */
  private static List<NamedSpan> entities(EnrichedDocument document) {
    if (document.entities() == null || document.entities().isEmpty()) {
      return List.of();
    }
    var text = document.document().text();
    var nodes = new ArrayList<NamedSpan>();
    for (Entity entity : document.entities()) {
      var name = name(text, entity);
      var last = nodes.isEmpty() ? null : nodes.get(nodes.size() - 1);
      if (name == null
          || last != null
              && entity.startUtf16() > last.start()
              && entity.startUtf16() < last.end()) {
        continue;
      }
      // Sorted by start, then by end: of those with one start the last is the longest.
      if (last != null && last.start() == entity.startUtf16()) {
        nodes.remove(nodes.size() - 1);
      }
      nodes.add(new NamedSpan(name, entity.startUtf16(), entity.endUtf16()));
    }
    return nodes;
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

  /** The name of an entity as a node, or {@code null} if it is none. */
  static String name(String text, Entity entity) {
    var surface = text.substring(entity.startUtf16(), entity.endUtf16());
    boolean isOneLine = surface.chars().noneMatch(c -> c == '\n' || c == '\r');
    boolean isNamed =
        Character.isLetter(surface.codePointAt(0))
            && surface.codePoints().filter(Character::isLetter).count() >= FEWEST_LETTERS;
    return isOneLine && isNamed ? NormalizedText.normalize(surface) : null;
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
