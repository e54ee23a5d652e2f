package io.github.wenliu.pipeline.cli;

/** The command was called wrongly: one line on stderr, exit code 2. */
final class UsageException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  UsageException(String message) {
    super(message);
  }
}
