package io.github.wenliu.operators.newword;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class SeenTextsPropertyTest {

  private static final int TEXTS = 60;

  /** Steps of time and texts, against a map that forgets nothing. */
  @Property(tries = 300)
  void aTextCountsOnceInItsTime(
      @ForAll @Size(min = 1, max = 400) List<@IntRange(min = 0, max = TEXTS) Integer> texts,
      @ForAll @IntRange(min = 0, max = 40) int remembered,
      @ForAll @IntRange(min = 1, max = 8) int textsOfAnEpoch,
      @ForAll @IntRange(min = 1, max = 50) int saveEvery) {
    var counted = new HashMap<Integer, Long>();
    var seen = new SeenTexts(remembered);
    var log = new PackedWriter();
    for (int i = 0; i < texts.size(); i++) {
      long epoch = i / textsOfAnEpoch - 20;
      int text = texts.get(i);
      Long last = counted.get(text);
      boolean counts = text == 0 || last == null || epoch - last > remembered;
      assertThat(seen.counts(fingerprint(text), epoch)).isEqualTo(counts);
      if (counts) {
        counted.put(text, epoch);
      }
      if (i % saveEvery == 0) {
        log.clear();
        seen.write(log);
        seen = new SeenTexts(remembered);
        seen.read(log.toByteArray());
      }
    }
  }

  /** The first stands for what always counts; many have their first bits in common. */
  private static long fingerprint(int text) {
    return text == 0 ? PackedText.NONE : 0x7700_0000_0000_0000L | (long) text << 40;
  }

  /** Whether the table made room in between, or was written and read, does not matter. */
  @Test
  void forALateTextTimeHasGoneOn() {
    var seen = new SeenTexts(3);
    assertThat(seen.counts(7, 0)).isTrue();
    assertThat(seen.counts(8, 9)).isTrue();
    var log = new PackedWriter();
    seen.write(log);
    var restored = new SeenTexts(3);
    restored.read(log.toByteArray());
    for (var table : List.of(seen, restored)) {
      assertThat(table.counts(7, 2)).isTrue();
      assertThat(table.counts(8, 2)).isFalse();
    }
  }

  /** However long the stream, the table holds what the time holds. */
  @Property(tries = 20)
  void whatIsNotRememberedTakesNoRoom(@ForAll @IntRange(min = 0, max = 50) int remembered) {
    var seen = new SeenTexts(remembered);
    for (int i = 1; i <= 20_000; i++) {
      assertThat(seen.counts(i, i)).isTrue();
    }
    assertThat(seen.size()).isLessThanOrEqualTo(2 * (remembered + 16));
    var log = new PackedWriter();
    seen.write(log);
    var again = new SeenTexts(remembered);
    again.read(log.toByteArray());
    assertThat(again.size()).isEqualTo(remembered + 1);
  }
}
