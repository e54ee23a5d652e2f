package io.github.wenliu.operators.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wenliu.operators.document.ControlChange;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PromotionTest {

  private static final Promotion FULL =
      new Promotion("Q 1", "台风墨鲷", List.of("墨鲷", "第3号\\台风"), List.of("台风", "灾害"), "登陆屿安的台风。");

  private static ControlChange change(String action, String value) {
    return new ControlChange("candidate", "main", "墨鲷#1", action, value, null, "control-0-7");
  }

  @Test
  void whatIsWrittenIsReadAgain() {
    var bare = new Promotion("candidate:墨鲷#1", "墨鲷", List.of(), List.of(), "");
    for (Promotion promotion : List.of(FULL, bare)) {
      assertThat(Promotion.of(change("promote", promotion.text()))).isEqualTo(promotion);
    }
  }

  @Test
  void itBecomesAnEntry() {
    assertThat(Promotion.entry(change("promote", FULL.text())))
        .isEqualTo(
            new KbEntry(
                "main",
                "Q 1",
                "台风墨鲷",
                List.of("墨鲷", "第3号\\台风"),
                List.of("台风", "灾害"),
                "登陆屿安的台风。",
                List.of(),
                null,
                null));
    assertThat(Promotion.entry(change(null, null))).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "机密",
        "id\tQ1",
        "name\t机密",
        "id\tQ1\nid\tQ2\nname\t机密",
        "id\tQ1\nname\t机密\nwhat\t机密",
        "id\tQ1\nname\t机密\n",
        "id\tQ1\nname\t ",
        "id\t\nname\t机密",
        "id\tQ1\nname\t机密\nalias\t",
        "id\tQ1\nname\t机密\tb",
        "id\tQ1\nname\t机密\ndescription\ta\ndescription\tb"
      })
  void whatSaysNothingSensibleIsRefusedInWordsThatQuoteNothing(String value) {
    assertThatThrownBy(() -> Promotion.entry(change("promote", value)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("机密");
    assertThatThrownBy(() -> Promotion.entry(change("promote", null)))
        .hasMessageContaining("value is missing");
  }

  @Test
  void everythingHasABound() {
    var long65 = "墨".repeat(65);
    var none = List.<String>of();
    assertThatThrownBy(() -> new Promotion("x".repeat(129), "n", none, none, ""))
        .hasMessageContaining("id is empty or longer than 128");
    assertThatThrownBy(() -> new Promotion("x", long65, none, none, ""))
        .hasMessageContaining("name is empty or longer than 64");
    assertThatThrownBy(() -> new Promotion("x", "n", List.of(long65), none, ""))
        .hasMessageContaining("one of the aliases");
    assertThatThrownBy(() -> new Promotion("x", "n", none, Collections.nCopies(33, "t"), ""))
        .hasMessageContaining("more than 32 types");
    assertThatThrownBy(() -> new Promotion("x", "n", none, none, "墨".repeat(1_001)))
        .hasMessageContaining("description");
  }

  @ParameterizedTest
  @CsvSource({
    "墨鲷#1, true",
    "c##12, true",
    "a/b#999999999, true",
    "墨鲷, false",
    "墨鲷#, false",
    "#1, false",
    "墨鲷#0, false",
    "墨鲷#01, false",
    "墨鲷#1000000000, false",
    "墨鲷#1x, false"
  })
  void knowsTheIdOfAGroup(String text, boolean isGroup) {
    assertThat(Promotion.isGroup(text)).isEqualTo(isGroup);
  }

  @Test
  void anIdSaysTheNameAndWhatTheEntryIsCalledIfNobodySays() {
    assertThat(Promotion.nameOf("c##12")).isEqualTo("c#");
    assertThat(Promotion.idOf("墨鲷#1")).isEqualTo("candidate:墨鲷#1");
    assertThatThrownBy(() -> Promotion.nameOf("墨".repeat(31) + "~0123456789abcdef#1"))
        .hasMessageContaining("name is missing");
  }
}
