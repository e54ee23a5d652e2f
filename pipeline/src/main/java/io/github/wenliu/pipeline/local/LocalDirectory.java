package io.github.wenliu.pipeline.local;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;

/**
 * Where a local run keeps its data: {@code kafka/}, {@code checkpoints/}, and a lock that keeps a
 * second run out. The lock goes with the process, however it ends.
 */
public final class LocalDirectory implements AutoCloseable {

  private static final String LOCK = "run.lock";

  private final Path root;
  private final FileChannel lock;

  private LocalDirectory(Path root, FileChannel lock) {
    this.root = root;
    this.lock = lock;
  }

  /**
   * Opens a directory and locks it.
   *
   * @param fresh whether to delete what an earlier run left
   * @throws IOException if another run holds it
   */
  public static LocalDirectory open(Path given, boolean fresh) throws IOException {
    var root = given.toAbsolutePath();
    Files.createDirectories(root);
    var channel =
        FileChannel.open(root.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (channel.tryLock() == null) {
        throw new OverlappingFileLockException();
      }
    } catch (OverlappingFileLockException e) {
      channel.close();
      throw new IOException(
          root + " is in use by another run: stop that one, or choose another --data", e);
    }
    var directory = new LocalDirectory(root, channel);
    if (fresh) {
      delete(directory.kafka());
      delete(directory.checkpoints());
    }
    Files.createDirectories(directory.checkpoints());
    return directory;
  }

  public Path kafka() {
    return root.resolve("kafka");
  }

  public Path checkpoints() {
    return root.resolve("checkpoints");
  }

  @Override
  public void close() throws IOException {
    lock.close();
  }

  /** Deletes a file or a directory with all it holds, if it is there. */
  static void delete(Path path) throws IOException {
    if (!Files.exists(path)) {
      return;
    }
    try (var files = Files.walk(path)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
