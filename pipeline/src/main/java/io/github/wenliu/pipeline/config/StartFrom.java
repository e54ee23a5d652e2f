package io.github.wenliu.pipeline.config;

/** Where a job without a checkpoint starts to read. */
public enum StartFrom {
  EARLIEST,
  LATEST
}
