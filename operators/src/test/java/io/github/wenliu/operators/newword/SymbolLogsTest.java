package io.github.wenliu.operators.newword;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wenliu.models.text.NormalizedText;
import io.github.wenliu.models.text.SymbolCodes;
import org.junit.jupiter.api.Test;

class SymbolLogsTest {

  private final SymbolCounts counts = new SymbolCounts();
  private final SymbolLogs logs = new SymbolLogs(2, counts);
  private final RunNames runs = new RunNames();

  private void read(String text) {
    var codes = new SymbolCodes();
    codes.read(NormalizedText.of(text));
    counts.add(codes);
    logs.start(runs);
  }

  @Test
  void ofWhatIsCounted() {
    read("甲甲甲甲𠮷𠮷𠮷𠮷BA乙BA乙BA乙BA乙BA");
    assertThat(logs.of('甲')).isEqualTo((int) Math.round((1 << 20) * Math.log(4)));
    assertThat(logs.of(0x20BB7)).isEqualTo(Phi.log(4));
    assertThat(logs.of(runs.code("BA"))).isEqualTo(Phi.log(5));
  }

  @Test
  void whatIsRarerThanACandidateIsAsFrequentAsOne() {
    read("甲BA乙𠮷");
    assertThat(logs.of('甲')).isEqualTo(Phi.log(2));
    assertThat(logs.of('丙')).isEqualTo(Phi.log(2));
    assertThat(logs.of(0x20BB7)).isEqualTo(Phi.log(2));
    assertThat(logs.of(runs.code("BA"))).isEqualTo(Phi.log(2));
  }

  @Test
  void runsAreThoseOfThePieceOfWork() {
    read("BA甲BA甲BA甲7G");
    assertThat(logs.of(runs.code("BA"))).isEqualTo(Phi.log(3));
    var others = new RunNames();
    others.code("7G");
    logs.start(others);
    assertThat(logs.of(SymbolCodes.FIRST_RUN)).isEqualTo(Phi.log(2));
  }
}
