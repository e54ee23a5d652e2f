package io.github.wenliu.pipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelsCommandTest {

  /** A tiny model that the tests of another module are made with. */
  private static final Path TINY =
      Path.of("../models/src/test/resources/models/transformer/tiny-transformer/v1");

  @TempDir private Path directory;
  private Path model;

  @BeforeEach
  void copyTheModel() throws IOException {
    model = Files.createDirectories(directory.resolve("tiny-transformer/v1"));
    try (var files = Files.list(TINY)) {
      for (Path file : files.toList()) {
        Files.copy(file, model.resolve(file.getFileName()));
      }
    }
  }

  @Test
  void listsWhatIsAtHandWithItsTerms() {
    var listed = run("ls", "--models", directory.toString());

    assertThat(listed.exitCode()).isZero();
    assertThat(listed.outLines()).first().asString().startsWith("MODEL").contains("SCHEMES");
    assertThat(listed.outLines())
        .anyMatch(line -> line.matches("tiny-transformer/v1 +token-classifier +0\\.1 MiB +names"))
        .contains("    Invented sentences only; free to use.");
  }

  @Test
  void aModelThatCannotBeUsedIsListedWithTheReason() throws IOException {
    spoil();
    assertThat(run("ls", "--models", directory.toString()).out())
        .contains("tiny-transformer/v1", "cannot be used", "tokenizer.json");
  }

  @Test
  void checksAFolderOrAName() {
    var byFolder = run("check", model.toString());

    assertThat(byFolder.err()).isEmpty();
    assertThat(byFolder.exitCode()).isZero();
    assertThat(byFolder.outLines()).hasSize(3);
    assertThat(byFolder.outLines().get(0))
        .isEqualTo("tiny-transformer/v1: 3 files, 0.1 MiB, are as the manifest says");
    assertThat(byFolder.outLines().get(2))
        .matches("names: opens; ([1-9]\\d*) of \\1 golden sentences are answered as they were");
    assertThat(run("check", "tiny-transformer", "--models", directory.toString()).out())
        .isEqualTo(byFolder.out());
  }

  @Test
  void namesTheFileThatIsNotAsItWas() throws IOException {
    spoil();
    var checked = run("check", model.toString());

    assertThat(checked.exitCode()).isEqualTo(1);
    assertThat(checked.errLines())
        .singleElement()
        .asString()
        .contains("tokenizer.json", "expected", "found");
  }

  @Test
  void aModelThatLiesUnderAnotherNameIsNotFoundByIt() throws IOException {
    var moved = Files.move(model, directory.resolve("tiny-transformer/v2"));

    var checked = run("check", moved.toString());
    assertThat(checked.exitCode()).isEqualTo(1);
    assertThat(checked.err()).contains("tiny-transformer/v1").contains("tiny-transformer/v2");
  }

  @Test
  void selectsOnlyWhatCanBeNamed() {
    for (List<String> wrong :
        List.of(
            List.of("nowhere"),
            List.of("no where/v1"),
            List.of("tiny-transformer", "--scheme", "news"),
            List.of("tiny-transformer", "--scheme", "none"))) {
      var arguments = new ArrayList<>(List.of("select", "--models", directory.toString()));
      arguments.addAll(wrong);

      var selected = run(arguments.toArray(String[]::new));

      assertThat(selected.exitCode()).as(wrong.toString()).isEqualTo(2);
      assertThat(selected.errLines()).hasSize(1);
    }
  }

  private void spoil() throws IOException {
    Files.writeString(model.resolve("tokenizer.json"), "{}");
  }

  private static CommandLineRun run(String... arguments) {
    return CommandLineRun.of(
        Stream.concat(Stream.of("models"), Stream.of(arguments)).toArray(String[]::new));
  }
}
