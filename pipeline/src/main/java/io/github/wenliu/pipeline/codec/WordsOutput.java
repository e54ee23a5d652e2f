package io.github.wenliu.pipeline.codec;

/** Which words an enriched document shows. */
public enum WordsOutput {
  /** Every word of the text. */
  ALL,
  /** Only words that the stream discovered. */
  NEW,
  /** No words. */
  NONE
}
