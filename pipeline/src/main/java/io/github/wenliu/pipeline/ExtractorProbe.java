package io.github.wenliu.pipeline;

import io.github.wenliu.models.extract.ExtractionRequest;
import io.github.wenliu.models.inference.InferenceMetrics;
import io.github.wenliu.operators.control.ModelProbe;
import io.github.wenliu.operators.document.ModelChoice;
import io.github.wenliu.operators.extract.ExtractorFactory;
import java.util.concurrent.ExecutionException;

/** Tries a model out as the extraction stage would use it: opens it and lets it read a sentence. */
record ExtractorProbe(ExtractorFactory extractors) implements ModelProbe {

  private static final String SENTENCE = "文流读懂每一篇文档。";

  @Override
  public String problem(ModelChoice choice) throws Exception {
    try (var extractor = extractors.open(choice.model(), choice.schemes(), InferenceMetrics.NONE)) {
      extractor.extract(ExtractionRequest.of(SENTENCE)).get();
      return null;
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
  }
}
