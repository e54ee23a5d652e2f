package io.github.wenliu.models.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ModelPackageTest {

  @TempDir Path directory;

  @Test
  void tellsWhatItsManifestSays() {
    var read = ModelPackage.read(folder().write(m -> m.putObject("schemes").put("news", 1)));
    assertThat(read.id()).isEqualTo("tiny/v1");
    assertThat(read.kind()).isEqualTo("extractor");
    assertThat(read.terms()).isEqualTo("Use it as you like.");
    assertThat(read.trainingData())
        .containsExactly(new ModelPackage.TrainingData("nothing", "none"));
    assertThat(read.bytes("words.txt")).isEqualTo("风\n".getBytes(StandardCharsets.UTF_8));
    assertThat(read.bytes("tables/a.bin")).hasSize(10);
    assertThat(read.manifest().path("schemes").path("news").intValue()).isEqualTo(1);
    assertThat(read.checksum()).hasSize(64);
  }

  @Test
  void anotherManifestIsAnotherChecksum() {
    String before = ModelPackage.read(folder().write()).checksum();
    assertThat(ModelPackage.read(folder().write()).checksum()).isEqualTo(before);
    assertThat(ModelPackage.read(folder().write(m -> m.put("commit", "1"))).checksum())
        .isNotEqualTo(before);
  }

  static Stream<Arguments> wrongManifests() {
    return Stream.of(
        wrong("format: expected 1 but found 2", m -> m.put("format", 2)),
        wrong("format: expected 1 but found nothing", m -> m.remove("format")),
        wrong("format: expected 1 but found \"1\"", m -> m.put("format", "1")),
        wrong(
            "kind: expected one of [extractor, linker, token-classifier]",
            m -> m.put("kind", "oracle")),
        wrong("name: expected letters, digits", m -> m.put("name", "../x")),
        wrong("version: expected letters, digits", m -> m.put("version", "v1..2")),
        wrong("terms: expected a string but found 3", m -> m.put("terms", 3)),
        wrong("licence: expected a string but found nothing", m -> m.remove("licence")),
        wrong("trainingData: expected a list but found nothing", m -> m.remove("trainingData")),
        wrong(
            "trainingData: expected a name and terms in every entry but found {}",
            m -> m.putArray("trainingData").addObject()),
        wrong("files: expected a list but found {}", m -> m.putObject("files")),
        wrong("files: expected relative paths", file("path", "../words.txt")),
        wrong("files: expected relative paths", file("path", "/etc/hosts")),
        wrong("files: expected relative paths", file("path", "a//b")),
        wrong("files: expected relative paths", file("path", "manifest.json")),
        wrong("files: expected every path once but found words.txt twice", ModelPackageTest::twice),
        wrong("files: words.txt: expected its size in bytes but found -1", size(-1)),
        wrong("files: words.txt: expected 64 hexadecimal digits", file("sha256", "abc")));
  }

  @ParameterizedTest
  @MethodSource("wrongManifests")
  void aManifestThatIsWrongIsRefusedInOneLine(String message, Consumer<ObjectNode> change) {
    Path folder = folder().write(change);
    assertThatThrownBy(() -> ModelPackage.read(folder))
        .isInstanceOf(ModelException.class)
        .hasMessageStartingWith(folder + "/manifest.json: " + message)
        .hasMessageNotContaining("\n");
  }

  static Stream<Arguments> wrongFiles() {
    return Stream.of(
        broken("words.txt: expected a file but found none", ModelPackageTest::delete),
        broken("words.txt: expected 4 bytes but found 3", folder -> content(folder, "风")),
        broken(
            "words.txt: expected 4 bytes but found at least 5", folder -> content(folder, "风\n\n")),
        broken("words.txt: expected SHA-256 ", folder -> content(folder, "雨\n")));
  }

  private static Arguments wrong(String message, Consumer<ObjectNode> change) {
    return Arguments.of(message, change);
  }

  private static Arguments broken(String message, Consumer<Path> change) {
    return Arguments.of(message, change);
  }

  @ParameterizedTest
  @MethodSource("wrongFiles")
  void aFileThatIsNotAsTheManifestSaysIsRefusedInOneLine(String message, Consumer<Path> change) {
    Path folder = folder().write();
    var before = ModelPackage.read(folder);
    change.accept(folder);
    assertThatThrownBy(() -> ModelPackage.read(folder))
        .isInstanceOf(ModelException.class)
        .hasMessageStartingWith(folder + "/" + message)
        .hasMessageNotContaining("\n");
    // checked again when it is used
    assertThatThrownBy(() -> before.bytes("words.txt")).isInstanceOf(ModelException.class);
  }

  @Test
  void aFolderWithoutManifestAndOneThatIsNoJsonAreRefused() throws Exception {
    Path empty = Files.createDirectories(directory.resolve("empty"));
    assertThatThrownBy(() -> ModelPackage.read(empty))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("empty/manifest.json: expected the manifest of a model");
    Files.writeString(empty.resolve("manifest.json"), "{\"format\": 1");
    assertThatThrownBy(() -> ModelPackage.read(empty))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("manifest.json: content: expected JSON but found")
        .hasMessageNotContaining("\n");
    Files.writeString(empty.resolve("manifest.json"), "[1]");
    assertThatThrownBy(() -> ModelPackage.read(empty))
        .hasMessageContaining("content: expected a JSON object but found ARRAY");
  }

  @Test
  void aFileThatIsNotListedIsNotRead() throws Exception {
    Path folder = folder().write();
    Files.writeString(folder.resolve("more.txt"), "more");
    assertThatThrownBy(() -> ModelPackage.read(folder).bytes("more.txt"))
        .hasMessageContaining("files: expected an entry for more.txt but found none");
  }

  private PackageFolder folder() {
    return new PackageFolder(directory, "tiny", "v1");
  }

  private static Consumer<ObjectNode> file(String field, String value) {
    return manifest -> ((ObjectNode) manifest.withArray("files").get(0)).put(field, value);
  }

  private static Consumer<ObjectNode> size(long bytes) {
    return manifest -> ((ObjectNode) manifest.withArray("files").get(0)).put("bytes", bytes);
  }

  private static void twice(ObjectNode manifest) {
    manifest.withArray("files").add(manifest.withArray("files").get(0).deepCopy());
  }

  private static void delete(Path folder) {
    try {
      Files.delete(folder.resolve("words.txt"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void content(Path folder, String content) {
    try {
      Files.writeString(folder.resolve("words.txt"), content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
