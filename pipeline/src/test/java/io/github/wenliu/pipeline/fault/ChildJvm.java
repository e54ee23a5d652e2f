package io.github.wenliu.pipeline.fault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A JVM of its own with this class path, that can be killed as {@code kill -9} does. Its output
 * goes to a file.
 */
final class ChildJvm {

  private static final long POLL_MILLIS = 100;

  private final Process process;
  private final Path log;

  private ChildJvm(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /**
   * Starts a main class.
   *
   * @param log where its output goes
   * @param heap as for {@code -Xmx}
   */
  static ChildJvm start(Path log, String heap, Class<?> main, String... arguments)
      throws IOException {
    return start(log, heap, main.getName(), arguments);
  }

  static ChildJvm start(Path log, String heap, String main, String... arguments)
      throws IOException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx" + heap);
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(main);
    command.addAll(List.of(arguments));
    var process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    return new ChildJvm(process, log);
  }

  /** Waits until a line of its output holds this text, and returns the line. */
  String awaitLine(String text, long seconds) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    while (System.nanoTime() < deadline) {
      for (String line : Files.readAllLines(log)) {
        if (line.contains(text)) {
          return line;
        }
      }
      if (!process.isAlive()) {
        throw new IllegalStateException("ended without '" + text + "':\n" + output());
      }
      Thread.sleep(POLL_MILLIS);
    }
    throw new IllegalStateException("no '" + text + "' within " + seconds + " s:\n" + output());
  }

  /** Ends it as {@code kill -9} does. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Waits for its own end and returns its exit code. */
  int await(long seconds) throws InterruptedException, IOException {
    if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
      kill();
      throw new IllegalStateException("did not end within " + seconds + " s:\n" + output());
    }
    return process.exitValue();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  String output() throws IOException {
    return Files.readString(log);
  }
}
