package io.github.wenliu.models.text;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class NormalizedTextPropertyTest {
  @Provide
  Arbitrary<String> texts() {
    return AnyText.texts();
  }

  @Property(tries = 3000)
  void symbolsTileTheText(@ForAll("texts") String text) {
    var normalized = NormalizedText.of(text);
    var slices = new StringBuilder();
    var characters = new StringBuilder();
    for (int i = 0; i < normalized.symbols(); i++) {
      assertThat(normalized.endUtf16(i)).isGreaterThan(normalized.startUtf16(i));
      slices.append(normalized.slice(i, i + 1));
      characters.append(normalized.normalized(i, i + 1));
    }
    assertThat(slices.toString()).isEqualTo(text);
    assertThat(characters.toString()).isEqualTo(normalized.normalized());
    assertThat(normalized.startUtf16(0)).isZero();
    assertThat(normalized.startUtf16(normalized.symbols())).isEqualTo(text.length());
  }

  @Property(tries = 3000)
  void codePointsAreTheTwinsOfUnits(@ForAll("texts") String text) {
    var normalized = NormalizedText.of(text);
    for (int i = 0; i <= normalized.symbols(); i++) {
      int at = normalized.startUtf16(i);
      assertThat(normalized.start(i)).isEqualTo(text.codePointCount(0, at));
      boolean inside =
          at > 0
              && at < text.length()
              && Character.isSurrogatePair(text.charAt(at - 1), text.charAt(at));
      assertThat(inside).isFalse();
    }
  }

  @Property(tries = 3000)
  void normalisingTwiceChangesNothing(@ForAll("texts") String text) {
    String once = NormalizedText.normalize(text);
    assertThat(NormalizedText.normalize(once)).isEqualTo(once);
  }

  @Property(tries = 2000)
  void anIgnorableCharacterInsideChangesNothingButTheSpan(@ForAll("texts") String text) {
    String spread =
        "中"
            + text.codePoints()
                .filter(c -> !CodePointClasses.isIgnorable(c))
                .mapToObj(Character::toString)
                .reduce("", String::concat);
    var plain = NormalizedText.of("村BA" + spread);
    var tricked = NormalizedText.of("村\u200BB\u2060A\u00AD" + spread);
    assertThat(tricked.normalized()).isEqualTo(plain.normalized());
    assertThat(tricked.symbols()).isEqualTo(plain.symbols());
  }
}
