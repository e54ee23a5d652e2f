package io.github.wenliu.operators.control;

import io.github.wenliu.operators.document.ModelChoice;
import java.io.Serializable;

/**
 * Finds out whether a model can be used before documents depend on it: fetches it if need be,
 * checks its files, opens it and lets it extract from something. May take long; is called on a
 * thread of its own, which is interrupted when nobody waits any more.
 */
public interface ModelProbe extends Serializable {

  /**
   * What is wrong with a choice.
   *
   * @param choice names a model
   * @return one line, or {@code null} if the model is ready
   * @throws Exception whose message is that line
   */
  String problem(ModelChoice choice) throws Exception;
}
