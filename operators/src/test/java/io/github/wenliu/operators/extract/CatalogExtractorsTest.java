package io.github.wenliu.operators.extract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wenliu.models.extract.ExtractionRequest;
import io.github.wenliu.models.inference.InferenceMetrics;
import io.github.wenliu.models.inference.InferenceParameters;
import io.github.wenliu.models.inference.ModelException;
import io.github.wenliu.models.inference.SharedModels;
import io.github.wenliu.operators.async.FailurePolicy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatalogExtractorsTest {

  private static final String TEXT = "记者林小满在海棠湾采访了𠮷田明。";

  private static ExtractionParameters parameters(String directory) {
    return new ExtractionParameters(
        FailurePolicy.DEAD_LETTER,
        8,
        Duration.ofMinutes(2),
        InferenceParameters.DEFAULT,
        directory,
        null,
        null);
  }

  @Test
  void opensAReleasedModelOnceForAllWhoAskAndTellsOneOfThem() throws Exception {
    var extractors = new CatalogExtractors(parameters(null));
    var runs = List.of(new ArrayList<Integer>(), new ArrayList<Integer>());
    int before = SharedModels.ofProcess().size();
    try (var first = extractors.open("fast", "news", counting(runs.get(0)));
        var second = extractors.open("fast", "news", counting(runs.get(1)))) {
      assertThat(SharedModels.ofProcess().size()).isEqualTo(before + 1);
      assertThat(first.selection().model()).matches("fast/v[0-9]+");
      assertThat(first.selection().schemes()).isEqualTo("news");
      int warmUps = runs.get(0).size();
      assertThat(second.extract(ExtractionRequest.of(TEXT)).get())
          .isEqualTo(first.extract(ExtractionRequest.of(TEXT)).get());
      assertThat(runs.get(0)).hasSizeGreaterThan(warmUps);
      assertThat(runs.get(1)).isEmpty();
    }
    assertThat(SharedModels.ofProcess().size()).isEqualTo(before);
  }

  private static InferenceMetrics counting(List<Integer> batches) {
    return new InferenceMetrics() {
      @Override
      public void batch(int rows, int tokens, int paddedTokens, long nanos) {
        batches.add(rows);
      }
    };
  }

  @Test
  void saysInOneLineWhatCannotBeOpened(@TempDir Path directory) {
    var released = new CatalogExtractors(parameters(null));
    assertThatThrownBy(() -> released.open("fast", "hieroglyphs", InferenceMetrics.NONE))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("hieroglyphs");
    assertThatThrownBy(() -> released.open("fast", "news+cluener", InferenceMetrics.NONE))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("one scheme of entities and one of relations");
    var elsewhere = new CatalogExtractors(parameters(directory.resolve("none").toString()));
    assertThatThrownBy(() -> elsewhere.open("fast", "news", InferenceMetrics.NONE))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("expected a directory of models");
  }
}
