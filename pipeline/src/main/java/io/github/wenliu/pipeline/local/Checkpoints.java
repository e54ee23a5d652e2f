package io.github.wenliu.pipeline.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Finds the checkpoint to go on from. Flink keeps them as {@code JOB/chk-N}, and one is complete
 * once it holds {@code _metadata}. Numbers of different jobs do not compare, so the newest is the
 * one whose metadata was written last.
 */
public final class Checkpoints {

  private static final String METADATA = "_metadata";

  private Checkpoints() {}

  /** The newest complete checkpoint below a directory. */
  public static Optional<Path> newest(Path directory) {
    return below(directory).stream()
        .flatMap(job -> below(job).stream())
        .filter(checkpoint -> checkpoint.getFileName().toString().startsWith("chk-"))
        .map(checkpoint -> checkpoint.resolve(METADATA))
        .filter(Files::exists)
        .max(Comparator.comparing(Checkpoints::writtenAt).thenComparing(Path::toString))
        .map(Path::getParent);
  }

  /** What stands in a directory; nothing in one that is gone, as Flink removes old checkpoints. */
  private static List<Path> below(Path directory) {
    try (var entries = Files.list(directory)) {
      return entries.toList();
    } catch (NoSuchFileException | NotDirectoryException e) {
      return List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The checkpoint or savepoint to restore.
   *
   * @param directory where the job keeps its checkpoints
   * @param wanted what the user asked for, or {@code null} for the newest
   * @param acceptLoss whether an older one than the newest may be taken
   * @throws IOException if it is not complete, or older than the newest and that was not allowed
   */
  public static Optional<Path> toRestore(Path directory, Path wanted, boolean acceptLoss)
      throws IOException {
    var newest = newest(directory);
    if (wanted == null) {
      return newest;
    }
    var metadata = wanted.resolve(METADATA);
    if (!Files.exists(metadata)) {
      throw new IOException(
          wanted + " is no complete checkpoint or savepoint: it has no " + METADATA);
    }
    if (!acceptLoss
        && newest.isPresent()
        && writtenAt(metadata).compareTo(writtenAt(newest.get().resolve(METADATA))) < 0) {
      throw new IOException(
          wanted
              + " is older than "
              + newest.get()
              + ": output since then is committed and would be written twice; take the newest, or"
              + " say --accept-loss");
    }
    return Optional.of(wanted);
  }

  private static FileTime writtenAt(Path file) {
    try {
      return Files.getLastModifiedTime(file);
    } catch (IOException e) {
      // Flink removes old checkpoints while we look.
      return FileTime.fromMillis(0);
    }
  }
}
