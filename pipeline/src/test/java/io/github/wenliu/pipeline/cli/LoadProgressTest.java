package io.github.wenliu.pipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoadProgressTest {

  private static final String TARGET = "wenliu.kb at localhost:9092, channel main";

  @TempDir private Path directory;

  private Path note;
  private String input;

  @BeforeEach
  void writeInput() throws IOException {
    note = directory.resolve("note.json");
    input = Files.writeString(directory.resolve("kb.jsonl"), "{}\n{}\n").toString();
  }

  @Test
  void aLaterRunGoesOnWhereAnEarlierOneStood() throws IOException {
    var first = LoadProgress.open(note, TARGET);
    assertThat(first.begun().loaded()).isZero();
    assertThat(first.linesDone(input)).isZero();
    first.done(input, 10, 8, 2, 99);
    first.done(input, 20, 17, 3, 120);

    var second = LoadProgress.open(note, TARGET);
    assertThat(second.begun().loaded()).isEqualTo(17);
    assertThat(second.begun().rejected()).isEqualTo(3);
    assertThat(second.begun().rejectedBytes()).isEqualTo(120);
    assertThat(second.linesDone(input)).isEqualTo(20);
    assertThat(second.linesDone(directory.resolve("./kb.jsonl").toString())).isEqualTo(20);
  }

  @Test
  void aFileThatHasChangedIsBegunAnew() throws IOException {
    LoadProgress.open(note, TARGET).done(input, 2, 2, 0, 0);
    Files.setLastModifiedTime(Path.of(input), FileTime.fromMillis(1_000));
    assertThat(LoadProgress.open(note, TARGET).linesDone(input)).isZero();

    LoadProgress.open(note, TARGET).done(input, 2, 2, 0, 0);
    Files.writeString(Path.of(input), "{}\n{}\n{}\n");
    Files.setLastModifiedTime(Path.of(input), FileTime.fromMillis(1_000));
    assertThat(LoadProgress.open(note, TARGET).linesDone(input)).isZero();
  }

  @Test
  void whatIsCompleteLeavesNoNote() throws IOException {
    var progress = LoadProgress.open(note, TARGET);
    progress.done(input, 2, 2, 0, 0);
    progress.complete();
    assertThat(directory)
        .isDirectoryContaining("glob:**kb.jsonl")
        .isDirectoryNotContaining("glob:**note*");
  }

  @Test
  void withoutAFileNothingIsKept() throws IOException {
    var progress = LoadProgress.open(null, TARGET);
    progress.done(input, 2, 2, 0, 0);
    progress.complete();
    assertThat(progress.linesDone(input)).isZero();
  }

  @Test
  void aNoteOfSomethingElseIsRefused() throws IOException {
    LoadProgress.open(note, TARGET).done(input, 2, 2, 0, 0);
    assertThatThrownBy(() -> LoadProgress.open(note, "elsewhere"))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("of a load to " + TARGET);

    for (String text : new String[] {"no JSON", "[]", "{\"target\": 1}"}) {
      Files.writeString(note, text);
      assertThatThrownBy(() -> LoadProgress.open(note, TARGET)).isInstanceOf(UsageException.class);
    }
  }
}
