package io.github.wenliu.pipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class EnrichedLineFormatTest {

  private final EnrichedLineFormat format = new EnrichedLineFormat();

  @Test
  void showsTimeIdAndWordsWithTheNewOnesMarked() {
    assertThat(
            line(
                "{\"id\":\"a\",\"time\":\"2026-03-01T00:00:00.000Z\",\"text\":\"墨鲷来了\","
                    + "\"words\":[{\"text\":\"墨鲷\",\"new\":true},{\"text\":\"来\"},{\"text\":\"了\"}]}"))
        .isEqualTo("2026-03-01T00:00:00.000Z  a  「墨鲷」 / 来 / 了");
  }

  @Test
  void showsEntitiesAndRelationsBehindTheWords() {
    assertThat(
            line(
                "{\"id\":\"a\",\"time\":\"T\",\"text\":\"老陈种墨鲷\",\"entities\":[{\"text\":\"老陈\","
                    + "\"type\":\"PER\"},{\"text\":\"墨鲷\",\"type\":\"ORG\"}],\"relations\":"
                    + "[{\"subject\":0,\"predicate\":\"作者\",\"object\":1}]}"))
        .isEqualTo("T  a  老陈种墨鲷  老陈 PER, 墨鲷 ORG; 老陈 作者 墨鲷");
  }

  @Test
  void showsTheTextWhereThereAreNoWords() {
    assertThat(line("{\"id\":\"a\",\"effectiveTime\":\"T\",\"text\":\"x\\ny\"}"))
        .isEqualTo("T  a  x y");
  }

  @Test
  void noDocumentSteersTheTerminal() {
    assertThat(line("{\"id\":\"a\\u001b[2J\",\"time\":\"T\",\"text\":\"x\\u0007\"}"))
        .isEqualTo("T  a\uFFFD[2J  x\uFFFD");
  }

  @Test
  void showsWhatIsNoJsonOnOneLine() {
    assertThat(line("x\ny\u001b[2J")).isEqualTo("x y\uFFFD[2J");
    assertThat(format.line(new ConsumerRecord<>("t", 0, 0, null, null))).isEqualTo("null");
  }

  private String line(String value) {
    return format.line(
        new ConsumerRecord<>("t", 0, 0, null, value.getBytes(StandardCharsets.UTF_8)));
  }
}
