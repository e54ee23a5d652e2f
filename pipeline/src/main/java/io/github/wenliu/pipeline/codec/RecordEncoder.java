package io.github.wenliu.pipeline.codec;

/** Writes values of one kind as records of their topic. Need not be thread-safe. */
@FunctionalInterface
public interface RecordEncoder<T> {

  /** The record to write; equal values give equal bytes. */
  OutgoingRecord encode(T value);
}
