package io.github.wenliu.pipeline.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.wenliu.operators.document.Header;
import io.github.wenliu.operators.newword.WordScore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** What the topics about words have in common. */
final class WordJson {

  private WordJson() {}

  /** {@code channel/word}; a channel holds no slash, so the first one divides the two. */
  static byte[] key(String channel, String word) {
    return (channel + "/" + word).getBytes(StandardCharsets.UTF_8);
  }

  /** The id of the record that one version of a channel writes at this rank. */
  static Header eventId(String role, String channel, long epoch, long seq) {
    return Headers.of(
        Headers.EVENT_ID, EnrichedEncoder.eventId(role, channel + "/" + epoch + "/" + seq));
  }

  static void writePlace(JsonGenerator out, String channel, long epoch, long seq)
      throws IOException {
    out.writeNumberField("schemaVersion", EnrichedEncoder.SCHEMA_VERSION);
    out.writeStringField("channel", channel);
    out.writeNumberField("epoch", epoch);
    out.writeNumberField("seq", seq);
  }

  static void writeScoreIfPresent(JsonGenerator out, WordScore score) throws IOException {
    if (score != null) {
      out.writeNumberField("score", score.score());
      out.writeNumberField("count", score.count());
      out.writeNumberField("cohesion", score.cohesion());
      out.writeNumberField("leftEntropy", score.leftEntropy());
      out.writeNumberField("rightEntropy", score.rightEntropy());
    }
  }
}
