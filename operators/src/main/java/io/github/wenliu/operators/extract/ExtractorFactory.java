package io.github.wenliu.operators.extract;

import io.github.wenliu.models.extract.Extractor;
import io.github.wenliu.models.inference.InferenceMetrics;
import java.io.Serializable;

/**
 * Opens models by the names that stand in documents. Part of the job's graph, and so serializable.
 */
public interface ExtractorFactory extends Serializable {

  /**
   * Opens a model, or shares one that this process has open. May take long.
   *
   * @param model name and version
   * @param schemes as {@code versions.scheme} has them
   * @param metrics told of what is run for this user
   * @throws io.github.wenliu.models.inference.ModelException if it cannot be opened; the message is
   *     one line
   */
  Extractor open(String model, String schemes, InferenceMetrics metrics);
}
