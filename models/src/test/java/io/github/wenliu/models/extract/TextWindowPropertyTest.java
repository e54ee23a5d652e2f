package io.github.wenliu.models.extract;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wenliu.models.text.AnyText;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

final class TextWindowPropertyTest {

  @Provide
  Arbitrary<String> texts() {
    return AnyText.texts().list().ofMaxSize(6).map(parts -> String.join("。", parts));
  }

  @Property
  void windowsCoverTheTextAndMeetOrOverlap(
      @ForAll("texts") String text,
      @ForAll @IntRange(min = 4, max = 20) int most,
      @ForAll @IntRange(min = 1, max = 2) int overlap) {
    var positions = KeySequence.of(text);

    var windows = TextWindow.cut(text, positions, most, overlap);

    int covered = 0;
    boolean hard = false;
    for (var window : windows) {
      assertThat(window.length()).isBetween(1, most);
      assertThat(window.cutBefore()).isEqualTo(hard);
      assertThat(window.from()).isEqualTo(hard ? covered - overlap : covered);
      hard = window.cutAfter();
      covered = window.to();
    }
    assertThat(covered).isEqualTo(positions.length());
    assertThat(hard).isFalse();
  }

  @Property
  void aTextThatFitsIsOneWindow(@ForAll("texts") String text) {
    var positions = KeySequence.of(text);
    if (positions.length() > 0) {
      assertThat(TextWindow.cut(text, positions, positions.length(), 1))
          .containsExactly(new TextWindow(0, positions.length(), false, false));
    }
  }

  @Example
  void cutsBehindTheLastSentenceThatFits() {
    assertThat(cut("一二。三四五六。七八九十一二", 10)).containsExactly("一二。三四五六。", "七八九十一二");
    assertThat(cut("“一二三四五六！”七八九十。", 10)).containsExactly("“一二三四五六！”", "七八九十。");
    assertThat(cut("一二三四五……六七八九十", 10)).containsExactly("一二三四五……", "六七八九十");
    assertThat(cut("一二三四五六\n七八九十一", 10)).containsExactly("一二三四五六\n", "七八九十一");
    assertThat(cut("一二三四五六？？\u200B七八九十", 10)).containsExactly("一二三四五六？？\u200B", "七八九十");
  }

  @Example
  void cutsHardWhereNoSentenceEndsInTheSecondHalf() {
    assertThat(cut("一二。三四五六七八九十一二", 10)).containsExactly("一二。三四五六七八九", "八九十一二");
  }

  private static List<String> cut(String text, int most) {
    var positions = KeySequence.of(text);
    return TextWindow.cut(text, positions, most, 2).stream()
        .map(
            window ->
                text.substring(
                    positions.startUtf16(window.from()), positions.startUtf16(window.to())))
        .toList();
  }
}
