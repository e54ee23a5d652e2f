package io.github.wenliu.operators.newword;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wenliu.models.text.NormalizedText;
import io.github.wenliu.operators.document.ModelChoice;
import io.github.wenliu.operators.document.Setting;
import java.util.List;
import org.junit.jupiter.api.Test;

class SettingsTest {

  private static final String FAST = "fast/v1:news";
  private static final String ACCURATE = "accurate/v1:news+duie";

  private final Settings settings = new Settings();

  @Test
  void aSettingHoldsFromItsEpochUntilTheNextOne() {
    settings.apply(model("main", FAST, 3));
    settings.apply(model("main", ACCURATE, 7));

    assertThat(settings.at("main", 2).model()).isNull();
    assertThat(settings.at("main", 3).model()).isEqualTo(ModelChoice.of(FAST));
    assertThat(settings.at("main", 6).model()).isEqualTo(ModelChoice.of(FAST));
    assertThat(settings.at("main", 7).model()).isEqualTo(ModelChoice.of(ACCURATE));
    assertThat(settings.at("other", 7).model()).isNull();
  }

  @Test
  void theChoiceOfNoModelIsAChoice() {
    settings.apply(model("main", "none", Setting.ALWAYS));
    assertThat(settings.at("main", -5).model()).isEqualTo(ModelChoice.NONE);

    settings.apply(model("main", null, 3));
    assertThat(settings.at("main", 3).model()).isNull();
  }

  @Test
  void whatIsSaidLastHoldsInTheEnd() {
    var later = model("main", ACCURATE, 9);
    settings.apply(later);

    assertThat(settings.apply(model("main", FAST, 4))).containsExactly(later);
    assertThat(settings.at("main", 9).model()).isEqualTo(ModelChoice.of(FAST));
  }

  @Test
  void theSameEpochMayBeSetAgainThoughItWasAskedFor() {
    settings.apply(pin("墨鲷", "ORG", 4));
    assertThat(types("墨鲷", 5)).containsExactly("ORG");

    settings.apply(pin("墨鲷", "LOC", 4));
    assertThat(types("墨鲷", 5)).containsExactly("LOC");
  }

  @Test
  void whatIsTakenBackIsGoneFromThenOn() {
    settings.apply(pin("墨鲷", "ORG", 1));
    settings.apply(pin("屿安", "LOC", 2));
    settings.apply(pin("墨鲷", null, 4));

    assertThat(types("墨鲷屿安", 3)).containsExactly("ORG", "LOC");
    assertThat(types("墨鲷屿安", 4)).containsExactly("LOC");
    settings.apply(pin("屿安", null, 5));
    assertThat(settings.at("main", 5).pins()).isNull();
  }

  @Test
  void foldingForgetsWhatNobodyCanAskForAndOnlyThat() {
    settings.apply(pin("墨鲷", "ORG", 1));
    settings.apply(pin("墨鲷", "LOC", 4));
    settings.apply(pin("墨鲷", null, 8));

    assertThat(settings.fold("main", 3)).isEmpty();
    assertThat(settings.fold("main", 4)).containsExactly(pin("墨鲷", "ORG", 1));
    assertThat(types("墨鲷", 7)).containsExactly("LOC");
    assertThat(settings.fold("main", 8)).containsExactly(pin("墨鲷", "LOC", 4), pin("墨鲷", null, 8));
    assertThat(types("墨鲷", 9)).isEmpty();
    assertThat(settings.fold("main", 9)).isEmpty();
    assertThat(settings.fold("other", 9)).isEmpty();
  }

  private List<String> types(String text, long epoch) {
    var pins = settings.at("main", epoch).pins();
    return pins == null
        ? List.of()
        : pins.in(NormalizedText.of(text)).stream().map(entity -> entity.type()).toList();
  }

  private static Setting model(String channel, String value, long epoch) {
    return new Setting("model", channel, "extraction", value, epoch);
  }

  private static Setting pin(String text, String type, long epoch) {
    return new Setting("entity", "main", text, type, epoch);
  }
}
