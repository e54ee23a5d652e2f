package io.github.wenliu.pipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wenliu.operators.newword.WordEvent;
import io.github.wenliu.operators.newword.WordScore;
import io.github.wenliu.pipeline.codec.WordEventEncoder;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class WordEventLineFormatTest {

  private static final WordScore SCORE = new WordScore("墨鲷", 2.345, 17, 1, 2, 3);

  private final WordEventLineFormat format = new WordEventLineFormat();

  @Test
  void aNewWordComesWithItsStatistics() {
    var record = record(WordEvent.Type.ANNOUNCED, "墨鲷", SCORE);

    assertThat(format.isNews(record)).isTrue();
    assertThat(format.line(record))
        .isEqualTo("2026-03-01T00:00:09.999Z  new word 「墨鲷」  score 2.35, 17 times");
  }

  @Test
  void whatElseHappensComesWithItsReason() {
    var record = record(WordEvent.Type.RETRACTED, "墨鲷", SCORE);

    assertThat(format.isNews(record)).isTrue();
    assertThat(format.line(record)).isEqualTo("2026-03-01T00:00:09.999Z  retracted 「墨鲷」  a reason");
    assertThat(format.isNews(record(WordEvent.Type.HELD, "墨鲷", SCORE))).isFalse();
  }

  @Test
  void noWordSteersTheTerminal() {
    assertThat(format.line(record(WordEvent.Type.PINNED, "x\u001b[2J", null)))
        .isEqualTo("2026-03-01T00:00:09.999Z  pinned 「x\uFFFD[2J」  a reason");
  }

  @Test
  void whatIsNoEventIsShownAsItIs() {
    var record = consumed("x\ny".getBytes(StandardCharsets.UTF_8));

    assertThat(format.isNews(record)).isFalse();
    assertThat(format.line(record)).isEqualTo("x y");
    assertThat(format.line(consumed(null))).isEqualTo("null");
  }

  private static ConsumerRecord<byte[], byte[]> record(
      WordEvent.Type type, String word, WordScore score) {
    var event =
        new WordEvent("main", 1, 0, word, type, "a reason", 1_772_323_209_999L, score, null);
    return consumed(new WordEventEncoder().encode(event).value());
  }

  private static ConsumerRecord<byte[], byte[]> consumed(byte[] value) {
    return new ConsumerRecord<>("wenliu.word-events", 0, 0, null, value);
  }
}
