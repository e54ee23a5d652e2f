package io.github.wenliu.operators.newword;

import io.github.wenliu.operators.newword.WordReport.Level;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The candidates of a bucket that are words, with what is to be remembered of them from version to
 * version; decides which of them are worth a report. All of a bucket is read and written at once,
 * packed, so that a version costs one state access and not one a word.
 */
final class TrackedWords {

  private static final int GROWTH = 2;

  /** A word between two versions. */
  private static final class Tracked {

    Level level;

    /** Its count when it was last reported. */
    long reported;

    long count;
    long firstSeenMillis;
    long lastSeenMillis;
    String longer;
  }

  private final Map<String, Tracked> words = new HashMap<>();

  /**
   * @param packed what {@link #toByteArray} made, or {@code null} for no words
   */
  TrackedWords(byte[] packed) {
    if (packed == null) {
      return;
    }
    var in = ByteBuffer.wrap(packed);
    while (in.hasRemaining()) {
      var word = readText(in);
      var tracked = new Tracked();
      tracked.level = Level.values()[in.get()];
      tracked.reported = in.getLong();
      tracked.count = in.getLong();
      tracked.firstSeenMillis = in.getLong();
      tracked.lastSeenMillis = in.getLong();
      var longer = readText(in);
      tracked.longer = longer.isEmpty() ? null : longer;
      words.put(word, tracked);
    }
  }

  /** A word that is worth a report. */
  record Change(
      WordScore score, Level level, String longer, long firstSeenMillis, long lastSeenMillis) {}

  /**
   * Compares the candidates of a version with those before.
   *
   * @param candidates all of the bucket
   * @param hysteresis how far below 0 the score of a word may fall
   * @param seenMillis event time of the end of the version
   * @param all whether every word is reported; otherwise those that became words or are none any
   *     more, those that are twice as frequent as when they were last reported, and those that a
   *     longer candidate has begun or ceased to hold
   */
  List<Change> update(
      List<WordScorer.Candidate> candidates, double hysteresis, long seenMillis, boolean all) {
    var changes = new ArrayList<Change>();
    for (var candidate : candidates) {
      var score = candidate.score();
      var tracked = words.get(score.word());
      if (tracked == null && score.score() < 0) {
        continue;
      }
      boolean isNew = tracked == null;
      if (isNew) {
        tracked = new Tracked();
        tracked.firstSeenMillis = seenMillis;
        words.put(score.word(), tracked);
      }
      var level = level(score.score(), hysteresis);
      boolean isWorth =
          all
              || isNew
              || level != tracked.level
              || score.count() >= GROWTH * tracked.reported
              || !Objects.equals(candidate.longer(), tracked.longer);
      if (score.count() > tracked.count) {
        tracked.lastSeenMillis = seenMillis;
      }
      tracked.level = level;
      tracked.count = score.count();
      tracked.longer = candidate.longer();
      if (isWorth) {
        tracked.reported = score.count();
        changes.add(
            new Change(
                score, level, candidate.longer(), tracked.firstSeenMillis, tracked.lastSeenMillis));
      }
      if (level == Level.GONE) {
        words.remove(score.word());
      }
    }
    return changes;
  }

  private static Level level(double score, double hysteresis) {
    if (score >= 0) {
      return Level.LIVE;
    }
    return score >= -hysteresis ? Level.HELD : Level.GONE;
  }

  /** All words, packed. */
  byte[] toByteArray() {
    int room = 0;
    for (var entry : words.entrySet()) {
      var longer = entry.getValue().longer;
      room += 3 * (entry.getKey().length() + (longer == null ? 0 : longer.length()));
      room += 2 * Short.BYTES + 1 + 4 * Long.BYTES;
    }
    var out = ByteBuffer.allocate(room);
    words.forEach(
        (word, tracked) -> {
          writeText(out, word);
          out.put((byte) tracked.level.ordinal());
          out.putLong(tracked.reported).putLong(tracked.count);
          out.putLong(tracked.firstSeenMillis).putLong(tracked.lastSeenMillis);
          writeText(out, tracked.longer == null ? "" : tracked.longer);
        });
    return Arrays.copyOf(out.array(), out.position());
  }

  private static void writeText(ByteBuffer out, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.putShort((short) bytes.length).put(bytes);
  }

  private static String readText(ByteBuffer in) {
    byte[] bytes = new byte[in.getShort()];
    in.get(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
