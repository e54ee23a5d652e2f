package io.github.wenliu.operators.newword;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WindowBuffersTest {

  private final WindowBuffers buffers = new WindowBuffers();
  private final List<byte[]> batches = new ArrayList<>();

  private int add(String text, long epoch) {
    return Texts.cut(buffers, text, epoch);
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

  /** Together the parts are what both directions of the text are. */
  @Test
  void packedTextsAreCutInPartsLikeTextsThemselves() {
    var text = "村BA的甲乙丙丁戊己庚，𠮷野家7月。文";
    add(text, 3);
    buffers.drain(this::take);
    var expected = windows();
    batches.clear();
    var texts = new SymbolBuffer();
    texts.add(Texts.packed(text), 3);
    byte[] packed = texts.drain();
    int windows = 0;
    for (Direction direction : Direction.values()) {
      for (int from = 0; from < Ngrams.SHARDS; from += Ngrams.SHARDS / 4) {
        var names = new RunNames();
        var reader = new PackedReader(packed, names);
        long epoch = WindowBuffers.readEpoch(reader);
        windows +=
            buffers.addEpoch(reader, names, epoch, direction, from, from + Ngrams.SHARDS / 4);
        int part = from;
        buffers.drain(
            (way, shard, batch) -> {
              assertThat(way).isEqualTo(direction);
              assertThat(shard).isBetween(part, part + Ngrams.SHARDS / 4 - 1);
              take(way, shard, batch);
            });
      }
    }
    assertThat(windows()).hasSize(windows).containsExactlyInAnyOrderElementsOf(expected);
  }
}
