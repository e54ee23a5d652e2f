package io.github.wenliu.models.inference;

/** Where a model runs. */
public enum Provider {
  /** On the processor. */
  CPU,
  /**
   * On an NVIDIA GPU; a machine without one is an error, or the processor where that is allowed.
   */
  CUDA,
  /** On a GPU if there is one, else on the processor. */
  AUTO
}
