package io.github.wenliu.pipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.wenliu.operators.link.DocumentLinker;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelsCommandTest {

  /** A tiny model that the tests of another module are made with. */
  private static final Path TINY =
      Path.of("../models/src/test/resources/models/transformer/tiny-transformer/v1");

  private static final Path LINKERS = Path.of("../models/src/test/resources/models/linker");

  private static final ObjectMapper JSON = new ObjectMapper();

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
  void listsALinkingModelToo() throws IOException {
    copyLinker();
    assertThat(run("ls", "--models", directory.toString()).outLines())
        .anyMatch(line -> line.matches("tiny-linker/v1 +linker +0\\.0 MiB +-"))
        .contains("    Random numbers; free to use.");
  }

  @Test
  void checksALinkingModelByItsGoldenDocuments() throws IOException {
    var linker = copyLinker();
    var checked = run("check", linker.toString());

    assertThat(checked.outLines())
        .containsExactly(
            "tiny-linker/v1: 4 files, 0.0 MiB, are as the manifest says",
            "terms: Random numbers; free to use.",
            "linker: opens; 4 of 4 golden documents are answered as they were");
    assertThat(checked.exitCode()).as("it is for other features").isEqualTo(1);
    assertThat(checked.errLines())
        .singleElement()
        .asString()
        .startsWith("linker: tiny-linker/v1 is for other features than documents have here");
  }

  @Test
  void aLinkingModelForTheFeaturesOfThisVersionIsRight() throws IOException {
    var linker = copyLinker();
    put(linker, "scorer.onnx", Files.readAllBytes(LINKERS.resolve("scorer-of-any-features.onnx")));
    put(linker, "golden.jsonl", new byte[0]);
    change(
        linker,
        manifest -> {
          var features = ((ObjectNode) manifest.get("linker")).putArray("features");
          DocumentLinker.featureNames().forEach(features::add);
        });
    var checked = run("check", "tiny-linker", "--models", directory.toString());

    assertThat(checked.err()).isEmpty();
    assertThat(checked.exitCode()).isZero();
    assertThat(checked.outLines())
        .endsWith("linker: opens; 0 of 0 golden documents are answered as they were");
  }

  @Test
  void namesTheGoldenDocumentsThatAreAnsweredOtherwise() throws IOException {
    var linker = copyLinker();
    var golden = Files.readAllLines(linker.resolve("golden.jsonl"));
    var second = (ObjectNode) JSON.readTree(golden.get(1));
    var logits = (ArrayNode) second.get("logits").get(2);
    logits.set(1, logits.get(1).doubleValue() + 0.001);
    golden.set(1, second.toString());
    var third = (ObjectNode) JSON.readTree(golden.get(2));
    third.putArray("context");
    golden.set(2, third.toString());
    put(linker, "golden.jsonl", String.join("\n", golden).getBytes(StandardCharsets.UTF_8));
    var checked = run("check", linker.toString());

    assertThat(checked.exitCode()).isEqualTo(1);
    assertThat(checked.outLines())
        .endsWith("linker: opens; 2 of 4 golden documents are answered as they were");
    assertThat(checked.errLines()).hasSize(3);
    assertThat(checked.errLines().get(0))
        .matches(
            "linker: golden document 2: pair 2: expected the log-odds -?[0-9.]+ but found"
                + " -?[0-9.]+");
    assertThat(checked.errLines().get(1))
        .isEqualTo(
            "linker: golden document 3: expected context of 11 pairs, one at least, but found 0");
  }

  @Test
  void nothingIsExtractedWithALinkingModel() throws IOException {
    copyLinker();
    var selected = run("select", "tiny-linker", "--models", directory.toString());
    assertThat(selected.exitCode()).isNotZero();
    assertThat(selected.errLines())
        .singleElement()
        .asString()
        .contains("kind: expected one that extracts but found linker");
  }

  private Path copyLinker() throws IOException {
    var copy = Files.createDirectories(directory.resolve("tiny-linker/v1"));
    try (var files = Files.list(LINKERS.resolve("tiny-linker/v1"))) {
      for (Path file : files.toList()) {
        Files.copy(file, copy.resolve(file.getFileName()));
      }
    }
    return copy;
  }

  private static void change(Path model, Consumer<ObjectNode> change) throws IOException {
    var path = model.resolve("manifest.json");
    var manifest = (ObjectNode) JSON.readTree(path.toFile());
    change.accept(manifest);
    Files.writeString(path, manifest.toString());
  }

  /** Puts other bytes in the place of a file, and says so in the manifest. */
  private static void put(Path model, String file, byte[] bytes) throws IOException {
    Files.write(model.resolve(file), bytes);
    change(
        model,
        manifest -> {
          for (JsonNode entry : manifest.get("files")) {
            if (entry.get("path").asText().equals(file)) {
              ((ObjectNode) entry).put("bytes", bytes.length).put("sha256", sha256(bytes));
            }
          }
        });
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
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
