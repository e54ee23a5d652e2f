package io.github.wenliu.operators.cluster;

import io.github.wenliu.operators.Samples;
import io.github.wenliu.operators.document.EnrichedDocument;
import io.github.wenliu.operators.document.Entity;
import io.github.wenliu.operators.document.EpochTime;
import io.github.wenliu.operators.document.Versions;
import io.github.wenliu.operators.document.Word;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Documents whose words are known: they are written with a bar behind each. */
final class Tagged {

  /** Epochs of one second, lag two. */
  static final EpochTime TIME = new EpochTime(500, 60_000, 1_000, 2);

  private Tagged() {}

  /**
   * A tagged document.
   *
   * @param words a text with {@code |} between its words; blanks and line breaks between words are
   *     no part of them
   */
  static EnrichedDocument document(String channel, long epoch, String words) {
    var text = new StringBuilder();
    var layer = new ArrayList<Word>();
    int codePoints = 0;
    for (String part : words.split("\\|")) {
      var word = part.strip();
      int before = part.indexOf(word);
      int start = codePoints + before;
      int startUtf16 = text.length() + before;
      text.append(part);
      codePoints += part.codePointCount(0, part.length());
      int length = word.codePointCount(0, word.length());
      if (length > 0) {
        layer.add(
            new Word(start, start + length, startUtf16, startUtf16 + word.length(), false, null));
      }
    }
    return Samples.entered(TIME, channel, text.toString(), 0, epoch)
        .withWords(layer, Versions.NONE.withWords("n", "l", "s", 0));
  }

  /**
   * A document in which some strings are entities, wherever they stand.
   *
   * @param entities their texts
   */
  static EnrichedDocument withEntities(EnrichedDocument document, String... entities) {
    var text = document.document().text();
    var layer = new ArrayList<Entity>();
    for (String entity : entities) {
      for (int at = text.indexOf(entity); at >= 0; at = text.indexOf(entity, at + 1)) {
        int start = text.codePointCount(0, at);
        int end = start + entity.codePointCount(0, entity.length());
        layer.add(
            new Entity(start, end, at, at + entity.length(), "PER", 0.5, "model", null, null));
      }
    }
    layer.sort(Comparator.comparing(Entity::start).thenComparing(Entity::end));
    return document.withExtraction(layer, List.of(), document.versions());
  }

  static EnrichedDocument document(long epoch, String words) {
    return document("main", epoch, words);
  }
}
