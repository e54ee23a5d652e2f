package io.github.wenliu.operators.trends;

import io.github.wenliu.models.text.Lexicon;
import io.github.wenliu.models.text.NormalizedText;
import io.github.wenliu.operators.document.EnrichedDocument;
import io.github.wenliu.operators.document.Word;
import java.util.TreeSet;

/**
 * What the trends need of a document.
 *
 * @param channel tenant
 * @param epoch of the document
 * @param fingerprint of its normalised text; the same for reposts, which count once an epoch
 * @param words those of its words that can be hot, each once, as the vocabulary writes them
 */
public record DocumentWords(String channel, long epoch, long fingerprint, String[] words) {

  /** Parts that the documents of an epoch are counted in: many, so that no subtask has far more. */
  private static final int BUCKETS = 64;

  private static final int BUCKET_SHIFT = Long.SIZE - Integer.numberOfTrailingZeros(BUCKETS);
  private static final long FNV_OFFSET = 0xCBF29CE484222325L;
  private static final long FNV_PRIME = 0x100000001B3L;
  private static final int FIRST_HAN = 0x3400;
  private static final int LAST_HAN = 0x9FFF;

  /**
   * Of a document that has been tagged with words.
   *
   * @param counted which of them can be hot
   */
  public static DocumentWords of(EnrichedDocument tagged, TrendWords counted) {
    var text = tagged.document().text();
    var words = new TreeSet<String>();
    for (Word word : tagged.words()) {
      var slice = text.substring(word.startUtf16(), word.endUtf16());
      if (word.discovered() || counted == TrendWords.ALL && isOfLexicon(slice)) {
        words.add(written(slice));
      }
    }
    return new DocumentWords(
        tagged.document().channel(),
        tagged.epoch(),
        fingerprint(text),
        words.toArray(String[]::new));
  }

  /** Where the document is counted: reposts of an epoch meet, and the channel is spread. */
  public String key() {
    return channel + "/" + epoch + "/" + (fingerprint >>> BUCKET_SHIFT);
  }

  /** Single characters are part of too much to say anything. */
  private static boolean isOfLexicon(String slice) {
    return slice.codePoints().filter(Character::isLetter).limit(2).count() == 2
        && Lexicon.base().contains(slice);
  }

  /** As the vocabulary writes it: its normalised characters, letters as in the text. */
  private static String written(String slice) {
    if (slice.chars().allMatch(c -> c >= FIRST_HAN && c <= LAST_HAN)) {
      return slice;
    }
    var symbols = NormalizedText.of(slice);
    var written = new StringBuilder();
    for (int symbol = 0; symbol < symbols.symbols(); symbol++) {
      written.append(symbols.written(symbol));
    }
    return written.toString();
  }

  /** FNV-1a over the normalised text without its blanks, stirred so that high bits differ too. */
  private static long fingerprint(String text) {
    var normalized = NormalizedText.normalize(text);
    long hash = FNV_OFFSET;
    for (int i = 0; i < normalized.length(); i++) {
      char c = normalized.charAt(i);
      if (!Character.isWhitespace(c)) {
        hash = (hash ^ c) * FNV_PRIME;
      }
    }
    hash = (hash ^ hash >>> 33) * 0xFF51AFD7ED558CCDL;
    return hash ^ hash >>> 32;
  }
}
