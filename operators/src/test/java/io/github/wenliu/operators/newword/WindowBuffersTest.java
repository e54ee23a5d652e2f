package io.github.wenliu.operators.newword;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wenliu.models.text.NormalizedText;
import io.github.wenliu.models.text.SymbolCodes;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WindowBuffersTest {

  private final WindowBuffers buffers = new WindowBuffers();
  private final List<byte[]> batches = new ArrayList<>();

  private int add(String text, long epoch) {
    var codes = new SymbolCodes();
    codes.read(NormalizedText.of(text));
    return buffers.add(codes, epoch);
  }

  private void take(Direction direction, int shard, byte[] batch) {
    batches.add(batch);
  }

  private List<Window> windows() {
    return batches.stream().flatMap(batch -> Window.unpacked(batch).stream()).toList();
  }

  @Test
  void everySymbolButTheLastBeginsAWindowInEitherDirection() {
    assertThat(add("甲乙丙，丁。戊己", 3)).isEqualTo(2 * 2 + 2);
    buffers.drain(this::take);
    assertThat(windows())
        .containsExactlyInAnyOrder(
            new Window(3, List.of("甲", "乙", "丙")),
            new Window(3, List.of("乙", "丙")),
            new Window(3, List.of("丙", "乙", "甲")),
            new Window(3, List.of("乙", "甲")),
            new Window(3, List.of("戊", "己")),
            new Window(3, List.of("己", "戊")));
  }

  @Test
  void anEpochIsWrittenOnceAsLongAsItStays() {
    add("甲乙。甲乙。甲乙", 3);
    add("甲乙", 3);
    add("甲乙", -1);
    add("甲乙", 3);
    buffers.drain(this::take);
    assertThat(batches).hasSize(2);
    assertThat(windows())
        .extracting(Window::epoch)
        .containsExactly(3L, 3L, 3L, 3L, -1L, 3L, 3L, 3L, 3L, 3L, -1L, 3L);
    int window = 1 + 2 * 2;
    int epoch = 2;
    assertThat(batches).allMatch(batch -> batch.length == 6 * window + 3 * epoch);
  }

  @Test
  void whatIsDrainedIsForgottenAndTheNextBatchNamesItsEpochAgain() {
    add("甲乙", 3);
    buffers.drain(this::take);
    buffers.drain(this::take);
    assertThat(batches).hasSize(2);
    add("甲乙", 3);
    buffers.drain(this::take);
    assertThat(windows()).hasSize(4).allMatch(window -> window.epoch() == 3);
  }

  @Test
  void theLargeOnesMayLeaveFirst() {
    for (int i = 0; i < 20; i++) {
      add("甲乙", 3);
    }
    add("丙丁", 3);
    int large = 2 + 20 * 5;
    buffers.drain(Direction.FORWARD, large + 1, this::take);
    assertThat(batches).isEmpty();
    buffers.drain(Direction.FORWARD, large, this::take);
    assertThat(batches).hasSize(1);
    buffers.drain(Direction.BACKWARD, large, this::take);
    assertThat(batches).hasSize(2);
    assertThat(windows()).hasSize(40);
    add("甲乙", 3);
    buffers.drain(this::take);
    assertThat(windows()).hasSize(44).allMatch(window -> window.epoch() == 3);
  }
}
