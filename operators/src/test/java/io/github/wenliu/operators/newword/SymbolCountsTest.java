package io.github.wenliu.operators.newword;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wenliu.models.text.NormalizedText;
import io.github.wenliu.models.text.SymbolCodes;
import org.junit.jupiter.api.Test;

class SymbolCountsTest {

  private static SymbolCounts of(String... texts) {
    var counts = new SymbolCounts();
    var codes = new SymbolCodes();
    for (String text : texts) {
      codes.read(NormalizedText.of(text));
      counts.add(codes);
    }
    return counts;
  }

  /** Occurrences, those at starts, those at ends. */
  private static String shown(SymbolCounts.Count count) {
    return count.all() + " " + count.starts() + " " + count.ends();
  }

  private static String shown(SymbolCounts counts, String symbol) {
    return shown(
        Window.isRun(symbol)
            ? counts.of(SymbolCodes.FIRST_RUN, symbol)
            : counts.of(symbol.codePointAt(0), null));
  }

  @Test
  void edgesAreThoseOfTextsAndBreaks() {
    var counts = of("村BA赛，村", "《BA》村村");
    assertThat(shown(counts, "村")).isEqualTo("4 3 2");
    assertThat(shown(counts, "BA")).isEqualTo("2 1 1");
    assertThat(shown(counts, "赛")).isEqualTo("1 0 1");
    assertThat(shown(counts, "人")).isEqualTo("0 0 0");
    assertThat(counts.total()).isEqualTo(7);
  }

  @Test
  void packedCountsAddUpToThoseOfAllTexts() {
    var whole = of("村BA赛，村", "《BA》𠮷村");
    var sum = new SymbolCounts();
    sum.add(of("村BA赛，村").toByteArray(1));
    sum.add(of("《BA》𠮷村").toByteArray(1));
    for (String symbol : new String[] {"村", "BA", "赛", "𠮷"}) {
      assertThat(shown(sum, symbol)).isEqualTo(shown(whole, symbol));
    }
    assertThat(sum.total()).isEqualTo(whole.total());
  }

  @Test
  void rareSymbolsAreLeftOutOnRequest() {
    var packed = new SymbolCounts();
    packed.add(of("村BA村BA赛").toByteArray(2));
    assertThat(shown(packed, "村")).isEqualTo("2 1 0");
    assertThat(shown(packed, "BA")).isEqualTo("2 0 0");
    assertThat(shown(packed, "赛")).isEqualTo("0 0 0");
  }

  @Test
  void textsThatWerePackedCountAsIfTheyWereRead() {
    var buffer = new SymbolBuffer();
    for (String text : new String[] {"村BA赛，村", "。", "《BA》𠮷村2026"}) {
      buffer.add(Texts.packed(text), 7);
    }
    var names = new RunNames();
    var reader = new PackedReader(buffer.drain(), names);
    assertThat(WindowBuffers.readEpoch(reader)).isEqualTo(7);
    var counts = new SymbolCounts();
    var whole = of("村BA赛，村", "《BA》𠮷村2026");
    assertThat(counts.addEpoch(reader, names)).isEqualTo(whole.total()).isEqualTo(8);
    assertThat(reader.isAtEnd()).isTrue();
    assertThat(buffer.length()).isZero();
    for (String symbol : new String[] {"村", "BA", "赛", "𠮷"}) {
      assertThat(shown(counts, symbol)).isEqualTo(shown(whole, symbol));
    }
  }
}
