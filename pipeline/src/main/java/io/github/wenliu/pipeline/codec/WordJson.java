package io.github.wenliu.pipeline.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.wenliu.operators.newword.WordScore;
import java.io.IOException;

/** What the topics about words have in common. */
final class WordJson {

  private WordJson() {}

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
