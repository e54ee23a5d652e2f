package io.github.wenliu.pipeline.cli;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Where results go: UTF-8 whatever the locale says. */
final class StandardOutput {

  private StandardOutput() {}

  static PrintStream open() {
    return new PrintStream(System.out, false, StandardCharsets.UTF_8);
  }

  /** Whether a person reads along. */
  static boolean isTerminal() {
    return System.console() != null;
  }
}
