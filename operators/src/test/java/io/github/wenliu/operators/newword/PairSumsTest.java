package io.github.wenliu.operators.newword;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wenliu.models.text.NormalizedText;
import io.github.wenliu.models.text.SymbolCodes;
import org.junit.jupiter.api.Test;

class PairSumsTest {

  private static final int RUN = SymbolCodes.FIRST_RUN;

  private static SymbolCounts counts(String text) {
    var codes = new SymbolCodes();
    codes.read(NormalizedText.of(text));
    var counts = new SymbolCounts();
    counts.add(codes);
    return counts;
  }

  @Test
  void partsAddUpWhateverTheirNumbersOfRuns() {
    var counts = counts("甲甲𠮷𠮷，BA，BA，5G，5G");
    var one = new PairSums();
    one.addPair('甲', null, 7);
    one.addPair(RUN, "BA", 3);
    one.addPair(0x20BB7, null, 4);
    var other = new PairSums();
    other.addPair(RUN, "5G", 5);
    other.addPair(RUN + 1, "BA", 2);
    other.addPair('甲', null, 2);
    var sum = new PairSums();
    sum.add(other.toByteArray(counts, 2));
    sum.add(one.toByteArray(counts, 2));
    assertThat(sum.of('甲', null)).isEqualTo(Phi.of(7) + Phi.of(2));
    assertThat(sum.of(0x20BB7, null)).isEqualTo(Phi.of(4));
    assertThat(sum.of(RUN + 5, "BA")).isEqualTo(Phi.of(3) + Phi.of(2));
    assertThat(sum.of(RUN, "5G")).isEqualTo(Phi.of(5));
    assertThat(sum.of('乙', null)).isZero();
    assertThat(sum.of(RUN, "NBA")).isZero();
  }

  @Test
  void symbolsThatAreTooRareAreLeftOut() {
    var sums = new PairSums();
    sums.addPair('甲', null, 2);
    sums.addPair('乙', null, 2);
    sums.addPair(RUN, "BA", 2);
    var packed = new PairSums();
    packed.add(sums.toByteArray(counts("甲乙甲乙甲。BA乙BA"), 3));
    assertThat(packed.of('甲', null)).isEqualTo(Phi.of(2));
    assertThat(packed.of('乙', null)).isEqualTo(Phi.of(2));
    assertThat(packed.of(RUN, "BA")).isZero();
  }

  @Test
  void pairsThatOccurOnceOrWereForgottenTakeNothing() {
    var sums = new PairSums();
    sums.addPair('甲', null, 1);
    sums.addPair('乙', null, 0);
    assertThat(sums.toByteArray(counts("甲乙甲乙甲乙"), 2)).isEmpty();
  }
}
