package io.github.wenliu.pipeline.config;

import java.util.List;

/** The configuration is wrong; the message lists every problem, one a line. */
public final class ConfigException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public ConfigException(List<String> problems) {
    super(String.join(System.lineSeparator(), problems));
  }
}
