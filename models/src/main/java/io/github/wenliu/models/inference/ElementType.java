package io.github.wenliu.models.inference;

/** What the numbers of a tensor are. */
public enum ElementType {
  /** 32-bit floating point. */
  FLOAT,
  /** 32-bit integers. */
  INT,
  /** 64-bit integers. */
  LONG
}
