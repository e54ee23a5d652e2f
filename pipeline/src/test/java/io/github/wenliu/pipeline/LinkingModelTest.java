package io.github.wenliu.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wenliu.models.inference.ModelException;
import io.github.wenliu.pipeline.config.PipelineConfig;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinkingModelTest {

  private static LinkingModel of(String key, String value) {
    return LinkingModel.of(PipelineConfig.of(Map.of(key, value)));
  }

  @Test
  void aNameBecomesTheNewestVersionAndComesWithItsTerms() {
    var model = of("link.model", "link");

    assertThat(model.id()).matches("link/v\\d+");
    assertThat(model.terms()).isNotBlank();
    assertThat(model.line())
        .isEqualTo("mentions are linked with " + model.id() + "; " + model.terms());
  }

  @Test
  void withoutLinkingThereIsNone() {
    assertThat(of("link.enabled", "false").line()).isEqualTo("link.enabled is false: no links");
  }

  @ParameterizedTest
  @ValueSource(strings = {"no-such-model", "link/v0", "fast/v1"})
  void whatDoesNotLinkIsRefusedInOneLine(String model) {
    assertThatThrownBy(() -> of("link.model", model))
        .isInstanceOf(ModelException.class)
        .hasMessageNotContaining("\n");
  }
}
