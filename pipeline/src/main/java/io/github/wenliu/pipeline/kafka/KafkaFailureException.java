package io.github.wenliu.pipeline.kafka;

/** Kafka did not do what was asked of it; the message is one line that says what to do. */
public final class KafkaFailureException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public KafkaFailureException(String message, Throwable cause) {
    super(message, cause);
  }
}
