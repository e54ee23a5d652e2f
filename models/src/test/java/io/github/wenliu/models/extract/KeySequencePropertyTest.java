package io.github.wenliu.models.extract;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wenliu.models.text.AnyText;
import java.util.ArrayList;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

final class KeySequencePropertyTest {

  @Provide
  Arbitrary<String> texts() {
    return AnyText.texts();
  }

  @Property
  void aPositionIsACodePointWithAKeyAndWhatFollowsWithoutOne(@ForAll("texts") String text) {
    var keys = new ArrayList<Integer>();
    var starts = new ArrayList<Integer>();
    int[] codePoints = text.codePoints().toArray();
    for (int i = 0; i < codePoints.length; i++) {
      if (Keys.of(codePoints[i]) != Keys.NONE) {
        keys.add(Keys.of(codePoints[i]));
        starts.add(i);
      }
    }

    var positions = KeySequence.of(text);

    assertThat(positions.length()).isEqualTo(keys.size());
    for (int i = 0; i < keys.size(); i++) {
      assertThat(positions.key(i)).isEqualTo(keys.get(i));
      assertThat(positions.start(i)).isEqualTo(starts.get(i));
    }
    assertThat(positions.start(keys.size())).isEqualTo(codePoints.length);
  }

  @Property
  void bothKindsOfOffsetsNameTheSamePlace(@ForAll("texts") String text) {
    var positions = KeySequence.of(text);
    for (int i = 0; i <= positions.length(); i++) {
      assertThat(positions.startUtf16(i)).isEqualTo(text.offsetByCodePoints(0, positions.start(i)));
    }
    for (int c = 0; c <= text.codePointCount(0, text.length()); c++) {
      assertThat(positions.utf16(text, c)).isEqualTo(text.offsetByCodePoints(0, c));
    }
  }

  @Property
  void findsTheFirstPositionFromACodePointOn(@ForAll("texts") String text) {
    var positions = KeySequence.of(text);
    for (int c = 0; c <= text.codePointCount(0, text.length()); c++) {
      int found = positions.positionFrom(c);
      assertThat(found == positions.length() || positions.start(found) >= c).isTrue();
      assertThat(found == 0 || positions.start(found - 1) < c).isTrue();
    }
  }
}
