package io.github.wenliu.operators.document;

/**
 * Why a record became a dead letter; names are part of the contract of the topic {@code
 * dead-letters}.
 */
public enum ErrorClass {
  /** The value is not well-formed JSON, or beyond the parser's limits. */
  PARSE,
  /** Well-formed, but not a document: a field is missing or has a wrong type or value. */
  SCHEMA,
  /** The text is longer than the cap. */
  TOO_LARGE,
  /** The bytes are not UTF-8, or a string holds half a surrogate pair. */
  ENCODING,
  /** A model failed on this document. */
  INFER,
  /** A model did not answer in time. */
  INFER_TIMEOUT,
  /** Linking failed on this document. */
  LINK,
  /** The result does not fit into a record of its topic. */
  SERIALISE
}
