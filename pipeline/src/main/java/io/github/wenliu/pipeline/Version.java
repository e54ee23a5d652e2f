package io.github.wenliu.pipeline;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The version of this build. */
public final class Version {

  /** As in the POM; stands in every output event. */
  public static final String PIPELINE = read();

  private Version() {}

  private static String read() {
    var properties = new Properties();
    try (var in = Version.class.getResourceAsStream("/wenliu/version.properties")) {
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties.getProperty("version");
  }
}
