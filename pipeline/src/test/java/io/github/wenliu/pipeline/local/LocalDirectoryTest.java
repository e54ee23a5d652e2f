package io.github.wenliu.pipeline.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalDirectoryTest {

  @TempDir Path root;

  @Test
  void aSecondRunIsKeptOutUntilTheFirstEnds() throws IOException {
    var first = LocalDirectory.open(root, false);
    assertThatThrownBy(() -> LocalDirectory.open(root, false))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("in use by another run");
    first.close();

    LocalDirectory.open(root, false).close();
  }

  @Test
  void freshDeletesWhatAnEarlierRunLeft() throws IOException {
    Files.createDirectories(root.resolve("kafka").resolve("log"));
    var left = Files.createFile(root.resolve("kafka").resolve("log").resolve("segment"));
    LocalDirectory.open(root, false).close();
    assertThat(left).exists();

    LocalDirectory.open(root, true).close();
    assertThat(left).doesNotExist();
  }
}
