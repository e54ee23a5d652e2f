package io.github.wenliu.operators.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class CodePointOrderTest {

  @Test
  void rareHanComesBehindTheFirstPlane() {
    assertThat(Stream.of("𠮷野", "一", "Ａ", "一一", "BA").sorted(CodePointOrder::compare))
        .containsExactly("BA", "一", "一一", "Ａ", "𠮷野");
    assertThat("Ａ").as("UTF-16 has it the other way").isGreaterThan("𠮷野");
  }

  @Property(tries = 500)
  void theOrderIsThatOfCodePoints(@ForAll int[] a, @ForAll int[] b) {
    var one = string(a);
    var other = string(b);
    int expected = Arrays.compare(one.codePoints().toArray(), other.codePoints().toArray());
    assertThat(Integer.signum(CodePointOrder.compare(one, other)))
        .isEqualTo(Integer.signum(expected));
  }

  /** A string of a few planes, without half pairs. */
  private static String string(int[] numbers) {
    var string = new StringBuilder();
    for (int number : numbers) {
      int[] pool = {0xFF21, 0xD7A3, 0x4E00, 0x20BB7, 0x20BB8, 0x2A6A5, 0x1D11E};
      string.appendCodePoint(pool[Math.floorMod(number, pool.length)]);
    }
    return string.toString();
  }
}
