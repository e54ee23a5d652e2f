package io.github.wenliu.pipeline.config;

/** What a failure may do to the output. */
public enum Delivery {
  /** Nothing: each record appears once, at the checkpoint that covers it. */
  EXACTLY_ONCE,
  /** Records since the last checkpoint may appear again, with the same event id. */
  AT_LEAST_ONCE
}
