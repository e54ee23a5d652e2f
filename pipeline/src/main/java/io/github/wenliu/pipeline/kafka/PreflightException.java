package io.github.wenliu.pipeline.kafka;

import java.util.List;

/** Kafka is not as the job needs it; the message lists every problem and what to do, one a line. */
public final class PreflightException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  PreflightException(List<String> problems) {
    super(String.join(System.lineSeparator(), problems));
  }
}
