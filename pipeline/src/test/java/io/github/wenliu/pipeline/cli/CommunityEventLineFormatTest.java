package io.github.wenliu.pipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wenliu.operators.cluster.CommunityEvent;
import io.github.wenliu.operators.cluster.CommunityEvent.Type;
import io.github.wenliu.operators.cluster.ExplainingEdge;
import io.github.wenliu.pipeline.codec.CommunityEventEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class CommunityEventLineFormatTest {

  private static final String TIME = "2026-03-01T00:00:09.999Z  ";

  private final CommunityEventLineFormat format = new CommunityEventLineFormat();

  @Test
  void aNewCommunityComesWithItsSizeAndItsForemostWords() {
    assertThat(line(Type.BORN, List.of(), null, 12, 0))
        .isEqualTo(TIME + "community c3 born (12 words): 高铁、列车、车站");
  }

  @Test
  void oneThatChangesSizeTellsBoth() {
    assertThat(line(Type.GREW, List.of(), null, 20, 12))
        .isEqualTo(TIME + "community c3 grew (12 to 20 words): 高铁、列车、车站");
    assertThat(line(Type.SHRANK, List.of(), null, 7, 12))
        .isEqualTo(TIME + "community c3 shrank (12 to 7 words): 高铁、列车、车站");
  }

  @Test
  void oneThatComesFromOthersNamesThem() {
    assertThat(line(Type.SPLIT, List.of("c1"), null, 5, 0))
        .isEqualTo(TIME + "community c3 split off c1 (5 words): 高铁、列车、车站; because of 列车–高铁, a–b");
    assertThat(line(Type.MERGED, List.of("c4", "c11"), null, 20, 20))
        .isEqualTo(TIME + "community c3 merged with c4, c11 (20 words): 高铁、列车、车站");
  }

  @Test
  void aDeadOneTellsWhatItWasAndWhereItWent() {
    assertThat(line(Type.DIED, List.of(), null, 0, 5))
        .isEqualTo(TIME + "community c3 died (5 words): 高铁、列车、车站");
    assertThat(line(Type.DIED, List.of(), "c1", 0, 5))
        .isEqualTo(TIME + "community c3 died, went into c1 (5 words): 高铁、列车、车站");
  }

  @Test
  void noLabelSteersTheTerminal() {
    assertThat(format.line(record(event(Type.BORN, List.of(), null, 3, 0, "x\u001b[2J"))))
        .isEqualTo(TIME + "community c3 born (3 words): x\uFFFD[2J");
  }

  @Test
  void whatIsNoEventIsShownAsItIs() {
    assertThat(format.line(consumed("x\ny".getBytes(StandardCharsets.UTF_8)))).isEqualTo("x y");
    assertThat(format.line(consumed("[1]".getBytes(StandardCharsets.UTF_8)))).isEqualTo("[1]");
    assertThat(format.line(consumed(new byte[0]))).isEmpty();
    assertThat(format.line(consumed(null))).isEqualTo("null");
  }

  private String line(Type type, List<String> parents, String into, int size, int before) {
    return format.line(record(event(type, parents, into, size, before, "高铁、列车、车站")));
  }

  private static CommunityEvent event(
      Type type, List<String> parents, String into, int size, int before, String label) {
    return new CommunityEvent(
        "main",
        1,
        0,
        "c3",
        type,
        parents,
        into,
        label,
        size,
        before,
        0.1,
        1_772_323_209_999L,
        type == Type.SPLIT
            ? List.of(new ExplainingEdge("列车", "高铁", 0.1), new ExplainingEdge("a", "b", 0.01))
            : List.of());
  }

  private static ConsumerRecord<byte[], byte[]> record(CommunityEvent event) {
    return consumed(new CommunityEventEncoder().encode(event).value());
  }

  private static ConsumerRecord<byte[], byte[]> consumed(byte[] value) {
    return new ConsumerRecord<>("wenliu.community-events", 0, 0, null, value);
  }
}
