package io.github.wenliu.pipeline.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * The most memory that this process has had of the machine: heap and all that is outside of it.
 *
 * @param startMb what it had when this was made; 0 where the system does not tell
 */
record PeakMemory(long startMb) {

  private static final Path STATUS = Path.of("/proc/self/status");
  private static final String RESIDENT = "VmRSS:";
  private static final String MOST = "VmHWM:";
  private static final long KIBI_IN_MEBI = 1024;

  static PeakMemory start() {
    return new PeakMemory(mebi(RESIDENT).orElse(0));
  }

  /** In MiB; empty where the system does not tell. */
  OptionalLong peak() {
    return mebi(MOST);
  }

  private static OptionalLong mebi(String name) {
    try (var lines = Files.lines(STATUS)) {
      return lines
          .filter(line -> line.startsWith(name))
          .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) / KIBI_IN_MEBI)
          .findFirst();
    } catch (IOException e) {
      return OptionalLong.empty();
    }
  }
}
