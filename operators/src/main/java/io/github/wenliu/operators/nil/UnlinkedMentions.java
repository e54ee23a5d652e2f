package io.github.wenliu.operators.nil;

import io.github.wenliu.models.text.NormalizedText;
import io.github.wenliu.operators.document.EnrichedDocument;
import io.github.wenliu.operators.document.Entity;
import io.github.wenliu.operators.document.Word;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The mentions of a document that mean nothing the knowledge base knows, each with what stands
 * around it.
 *
 * <p>Taken are entities that people pinned, or that the model found under a label that names
 * things; that linking has decided to be NIL; and that may be a name: on one line, with a letter,
 * of at least two characters and at most {@link #MAX_NAME} UTF-16 units.
 *
 * <p>Around a mention count the nearest {@link #MAX_CONTEXT} words and entities within {@link
 * #REACH} UTF-16 units, each once; of two as near the left one first. An entity stands in place of
 * the words that it overlaps. A word has at least two letters and beside letters only marks and
 * digits. O(words of the document), where there is such a mention.
 */
public final class UnlinkedMentions {

  /** Longest name, in UTF-16 units: no longer one is looked up in the knowledge base. */
  static final int MAX_NAME = 64;

  /** Most words around a mention. */
  static final int MAX_CONTEXT = 16;

  /** Longest excerpt, in code points. */
  static final int MAX_EXCERPT = 60;

  private static final int REACH = 256;
  private static final int MAX_WORD = 32;
  private static final int FEWEST_LETTERS = 2;
  private static final String MODEL = "model";
  private static final String PINNED = "lexicon";

  /** A word or an entity, in UTF-16 units. */
  private record Span(int start, int end, boolean isEntity) {}

  private UnlinkedMentions() {}

  /**
   * In the order of the document's entities.
   *
   * @param exceptTypes labels of the model that name no thing
   */
  public static List<UnlinkedMention> of(EnrichedDocument document, Set<String> exceptTypes) {
    if (document.entities() == null) {
      return List.of();
    }
    var mentions = new ArrayList<UnlinkedMention>();
    List<Span> spans = null;
    for (Entity entity : document.entities()) {
      var name = isUnlinked(entity, exceptTypes) ? name(document.document().text(), entity) : null;
      if (name != null) {
        spans = spans == null ? spans(document) : spans;
        mentions.add(mention(document, entity, name, spans));
      }
    }
    return mentions;
  }

  private static boolean isUnlinked(Entity entity, Set<String> exceptTypes) {
    boolean isThing =
        switch (entity.origin()) {
          case MODEL -> !exceptTypes.contains(entity.type());
          case PINNED -> true;
          default -> false;
        };
    return isThing && entity.link() != null && entity.link().nil();
  }

  /** The name that an entity is called by, or {@code null} if it is none. */
  private static String name(String text, Entity entity) {
    var surface = text.substring(entity.startUtf16(), entity.endUtf16());
    boolean isNamed =
        surface.length() <= MAX_NAME
            && surface.chars().noneMatch(c -> c == '\n' || c == '\r')
            && surface.codePoints().anyMatch(Character::isLetter);
    if (!isNamed) {
      return null;
    }
    var name = NormalizedText.normalize(surface).strip();
    return name.length() <= MAX_NAME && name.codePointCount(0, name.length()) >= FEWEST_LETTERS
        ? name
        : null;
  }

  private static UnlinkedMention mention(
      EnrichedDocument document, Entity entity, String name, List<Span> spans) {
    var text = document.document().text();
    var raw = document.raw();
    return new UnlinkedMention(
        document.document().channel(),
        name,
        entity.type(),
        text.substring(entity.startUtf16(), entity.endUtf16()),
        context(text, entity, name, spans),
        excerpt(text, entity),
        raw.topic(),
        raw.partition(),
        raw.offset(),
        entity.start(),
        entity.end(),
        document.epoch(),
        document.effectiveMillis());
  }

  /** The entities and the words that none of them overlaps, in order of the text. */
  private static List<Span> spans(EnrichedDocument document) {
    var words = document.words() == null ? List.<Word>of() : document.words();
    var spans = new ArrayList<Span>(words.size());
    int next = 0;
    int covered = 0;
    for (Entity entity : document.entities()) {
      for (; next < words.size() && words.get(next).endUtf16() <= entity.startUtf16(); next++) {
        addWord(words.get(next), covered, spans);
      }
      while (next < words.size() && words.get(next).startUtf16() < entity.endUtf16()) {
        next++;
      }
      spans.add(new Span(entity.startUtf16(), entity.endUtf16(), true));
      covered = Math.max(covered, entity.endUtf16());
    }
    for (; next < words.size(); next++) {
      addWord(words.get(next), covered, spans);
    }
    return spans;
  }

  private static void addWord(Word word, int covered, List<Span> spans) {
    if (word.startUtf16() >= covered) {
      spans.add(new Span(word.startUtf16(), word.endUtf16(), false));
    }
  }

  private static List<String> context(String text, Entity entity, String name, List<Span> spans) {
    var context = new LinkedHashSet<String>();
    int right = 0;
    while (right < spans.size() && spans.get(right).start() < entity.endUtf16()) {
      right++;
    }
    int left = right - 1;
    while (context.size() < MAX_CONTEXT) {
      while (left >= 0 && spans.get(left).end() > entity.startUtf16()) {
        left--;
      }
      int toLeft = left < 0 ? REACH : entity.startUtf16() - spans.get(left).end();
      int toRight = right >= spans.size() ? REACH : spans.get(right).start() - entity.endUtf16();
      if (Math.min(toLeft, toRight) >= REACH) {
        break;
      }
      var word = word(text, spans.get(toLeft <= toRight ? left-- : right++));
      if (word != null && !word.equals(name)) {
        context.add(word);
      }
    }
    return List.copyOf(context);
  }

  /** What a span says of the mentions beside it, or {@code null} if nothing. */
  private static String word(String text, Span span) {
    int length = span.end() - span.start();
    if (length < FEWEST_LETTERS || length > MAX_WORD) {
      return null;
    }
    var surface = text.substring(span.start(), span.end());
    long letters = surface.codePoints().filter(Character::isLetter).count();
    boolean isWord =
        letters >= FEWEST_LETTERS
            && (span.isEntity() || surface.codePoints().allMatch(UnlinkedMentions::isPart));
    if (!isWord) {
      return null;
    }
    var word = NormalizedText.normalize(surface).strip();
    return word.isEmpty() || word.length() > MAX_WORD ? null : word;
  }

  private static boolean isPart(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.NON_SPACING_MARK,
          Character.ENCLOSING_MARK,
          Character.COMBINING_SPACING_MARK,
          Character.FORMAT ->
          true;
      default -> Character.isLetterOrDigit(codePoint);
    };
  }

  /** The text around a mention, blanks and control characters as spaces. */
  private static String excerpt(String text, Entity entity) {
    int length = entity.end() - entity.start();
    int room = Math.max(0, MAX_EXCERPT - length);
    int near = Math.min(text.length(), entity.endUtf16() + 2 * MAX_EXCERPT);
    int after = Math.min(room, text.codePointCount(entity.endUtf16(), near));
    int before = Math.min(Math.max(room / 2, room - after), entity.start());
    int start = text.offsetByCodePoints(entity.startUtf16(), -before);
    var excerpt = new StringBuilder();
    text.substring(start)
        .codePoints()
        .limit(Math.min(MAX_EXCERPT, before + length + after))
        .map(c -> Character.isISOControl(c) || Character.isWhitespace(c) ? ' ' : c)
        .forEach(excerpt::appendCodePoint);
    return excerpt.toString();
  }
}
