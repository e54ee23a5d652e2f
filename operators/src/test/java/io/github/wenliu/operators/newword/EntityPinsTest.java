package io.github.wenliu.operators.newword;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wenliu.models.text.NormalizedText;
import io.github.wenliu.operators.document.Entity;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EntityPinsTest {

  private static final EntityPins PINS =
      new EntityPins(
          Map.of("墨鲷", "ORG", "墨鲷科技", "ORG", "科技园", "LOC", "apple", "ORG", "new york", "LOC"));

  @Test
  void offsetsAreTrueInCodePointsAndInUtf16() {
    assertThat(in("𠮷😀墨鲷！"))
        .containsExactly(new Entity(2, 4, 4, 6, "ORG", 1, "lexicon", null, null));
  }

  @ParameterizedTest
  @CsvSource({
    "我们在墨鲷科技园见, 墨鲷科技",
    "墨鲷墨鲷科, 墨鲷/墨鲷",
    "科技墨鲷, 墨鲷",
    "ＡＰＰＬＥ与Apple, ＡＰＰＬＥ/Apple",
    "two apples or pineapple, ''",
    "New York的apple, New York/apple",
    "墨科技, ''"
  })
  void theFirstAndLongestAreTakenButNoPartOfASymbol(String text, String found) {
    assertThat(String.join("/", slices(text))).isEqualTo(found);
  }

  @Test
  void zeroWidthCharactersInsideDoNotHideAnEntity() {
    assertThat(slices("见墨\u200B鲷了")).containsExactly("墨\u200B鲷");
  }

  @Test
  void nothingIsFoundOfNothing() {
    assertThat(EntityPins.NONE.in(NormalizedText.of("墨鲷"))).isEmpty();
    assertThat(in("")).isEmpty();
    assertThatThrownBy(() -> new EntityPins(Map.of("", "ORG")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static List<String> slices(String text) {
    return in(text).stream()
        .map(entity -> text.substring(entity.startUtf16(), entity.endUtf16()))
        .toList();
  }

  private static List<Entity> in(String text) {
    return PINS.in(NormalizedText.of(text));
  }
}
