package io.github.wenliu.operators.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelChoiceTest {

  @ParameterizedTest
  @ValueSource(strings = {"fast/v1:news", "a.b-c_d/v10:news+duie", "none"})
  void isReadAsItIsWritten(String text) {
    assertThat(ModelChoice.of(text).text()).isEqualTo(text);
  }

  @Test
  void namesItsParts() {
    assertThat(ModelChoice.of("fast/v1:news+duie"))
        .isEqualTo(new ModelChoice("fast/v1", "news+duie"));
    assertThat(ModelChoice.of("none")).isEqualTo(ModelChoice.NONE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "fast",
        "fast/v1",
        "fast/v1:",
        "fast:news",
        "/v1:news",
        "fast/../v1:news",
        "../v1:news",
        "fast/..:news",
        "fast/v1:news+duie+x",
        "fast/v1:news duie",
        "http://example.org/x/v1:news",
        "fast/v1:news\n"
      })
  void turnsAwayWhatIsNone(String text) {
    assertThatThrownBy(() -> ModelChoice.of(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageMatching("[^\\n]+");
  }

  @Test
  void hasAModelAndSchemesOrNeither() {
    assertThatThrownBy(() -> new ModelChoice("fast/v1", null))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
