package io.github.wenliu.operators.link;

import io.github.wenliu.models.inference.InferenceMetrics;
import io.github.wenliu.models.link.LinkModel;
import java.io.Serializable;

/** Opens the linking model of the job. Part of the job's graph, and so serializable. */
public interface LinkModelFactory extends Serializable {

  /** Name of the model, for metrics. */
  default String model() {
    return "link";
  }

  /**
   * Opens the model, or shares the one that this process has open. May take long.
   *
   * @param metrics told of what is run for this user
   * @throws io.github.wenliu.models.inference.ModelException if it cannot be opened; the message is
   *     one line
   */
  LinkModel open(InferenceMetrics metrics);
}
