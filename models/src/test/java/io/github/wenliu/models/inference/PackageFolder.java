package io.github.wenliu.models.inference;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.Consumer;

/** Writes small packages that are right, for tests that then break them. */
public final class PackageFolder {

  private static final ObjectMapper JSON = new ObjectMapper();

  final Path folder;
  public final ObjectNode manifest = JSON.createObjectNode();

  public PackageFolder(Path parent, String name, String version) {
    folder = parent.resolve(name).resolve(version);
    manifest
        .put("format", 1)
        .put("name", name)
        .put("version", version)
        .put("kind", ModelPackage.EXTRACTOR)
        .put("description", "For tests")
        .put("licence", "Apache-2.0")
        .put("terms", "Use it as you like.")
        .put("commit", "0000");
    manifest.putArray("trainingData").addObject().put("name", "nothing").put("terms", "none");
    manifest.putArray("files");
    file("words.txt", "风\n");
    file("tables/a.bin", "0123456789");
  }

  public PackageFolder file(String path, String content) {
    try {
      Path file = folder.resolve(path);
      Files.createDirectories(file.getParent());
      Files.writeString(file, content);
      byte[] bytes = Files.readAllBytes(file);
      manifest
          .withArray("files")
          .addObject()
          .put("path", path)
          .put("bytes", bytes.length)
          .put(
              "sha256",
              HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)));
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Writes the manifest, after a change to it. */
  public Path write(Consumer<ObjectNode> change) {
    change.accept(manifest);
    try {
      Files.writeString(folder.resolve(ModelPackage.MANIFEST), manifest.toString());
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Path write() {
    return write(unchanged -> {});
  }

  ObjectNode entry(int index) {
    return (ObjectNode) manifest.withArray("files").get(index);
  }
}
