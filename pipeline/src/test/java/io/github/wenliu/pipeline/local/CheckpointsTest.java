package io.github.wenliu.pipeline.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointsTest {

  @TempDir Path directory;

  @Test
  void nothingIsNewestWhereThereIsNone() throws IOException {
    assertThat(Checkpoints.newest(directory.resolve("missing"))).isEmpty();
    assertThat(Checkpoints.newest(directory)).isEmpty();
  }

  @Test
  void theNewestIsTheLastWrittenNotTheHighestNumber() throws IOException {
    checkpoint("a", "chk-90", 1_000);
    var newest = checkpoint("b", "chk-2", 2_000);

    assertThat(Checkpoints.newest(directory)).contains(newest);
  }

  @Test
  void whatIsNotCompleteDoesNotCount() throws IOException {
    var complete = checkpoint("a", "chk-1", 1_000);
    Files.createDirectories(directory.resolve("a").resolve("chk-2"));

    assertThat(Checkpoints.newest(directory)).contains(complete);
  }

  @Test
  void whatFlinkRemovesMeanwhileDoesNotDisturb() throws Exception {
    var newest = checkpoint("a", "chk-1", 1_000);
    var shared = Files.createDirectories(directory.resolve("a").resolve("shared"));
    var looking = new AtomicBoolean(true);
    var flink =
        CompletableFuture.runAsync(
            () -> {
              while (looking.get()) {
                create(shared, 200).forEach(CheckpointsTest::delete);
              }
            });
    try {
      for (int i = 0; i < 300; i++) {
        assertThat(Checkpoints.newest(directory)).contains(newest);
      }
    } finally {
      looking.set(false);
      flink.join();
    }
  }

  private static List<Path> create(Path directory, int count) {
    return IntStream.range(0, count)
        .mapToObj(
            number -> {
              try {
                return Files.createFile(directory.resolve("file-" + number));
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            })
        .toList();
  }

  private static void delete(Path file) {
    try {
      Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void anOlderOneIsRefusedUnlessLossIsAccepted() throws IOException {
    var old = checkpoint("a", "chk-1", 1_000);
    checkpoint("a", "chk-2", 2_000);

    assertThatThrownBy(() -> Checkpoints.toRestore(directory, old, false))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("--accept-loss");
    assertThat(Checkpoints.toRestore(directory, old, true)).contains(old);
  }

  @Test
  void aWantedOneMustBeComplete() throws IOException {
    var empty = Files.createDirectories(directory.resolve("a").resolve("chk-3"));

    assertThatThrownBy(() -> Checkpoints.toRestore(directory, empty, true))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("_metadata");
  }

  @Test
  void theNewestIsTakenWhereNoneIsWanted() throws IOException {
    var newest = checkpoint("a", "chk-7", 1_000);

    assertThat(Checkpoints.toRestore(directory, null, false)).contains(newest);
  }

  private Path checkpoint(String job, String name, long writtenAtMillis) throws IOException {
    var path = Files.createDirectories(directory.resolve(job).resolve(name));
    var metadata = Files.createFile(path.resolve("_metadata"));
    Files.setLastModifiedTime(metadata, FileTime.fromMillis(writtenAtMillis));
    return path;
  }
}
