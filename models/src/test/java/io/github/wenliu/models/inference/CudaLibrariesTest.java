package io.github.wenliu.models.inference;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a jar of files that are no libraries: the real one is fetched under its profile only. */
class CudaLibrariesTest {

  private static final String FOLDER = "org/bytedeco/cuda/linux-x86_64/";

  @TempDir Path directory;
  private URL anchor;

  @BeforeEach
  void write() throws IOException {
    Path jar = directory.resolve("cuda-redist.jar");
    try (var out = new JarOutputStream(Files.newOutputStream(jar))) {
      for (String name :
          List.of(
              "libcudnn_ops.so.9",
              "libcublas.so.12",
              "libcublasLt.so.12",
              "libcudart.so.12",
              "libnpps.so.12",
              "libcudnn.so.9")) {
        out.putNextEntry(new JarEntry(FOLDER + name));
        out.write(name.getBytes(StandardCharsets.UTF_8));
        out.closeEntry();
      }
    }
    anchor = URI.create("jar:" + jar.toUri() + "!/" + FOLDER + "libcudart.so.12").toURL();
  }

  @Test
  void whatIsUsedIsUnpackedEachBehindWhatItNeeds() throws IOException {
    var unpacked = CudaLibraries.unpack(anchor, directory.resolve("own"));
    assertThat(unpacked)
        .extracting(path -> path.getFileName().toString())
        .containsExactly(
            "libcudart.so.12",
            "libcublasLt.so.12",
            "libcublas.so.12",
            "libcudnn.so.9",
            "libcudnn_ops.so.9");
    assertThat(unpacked.get(1)).hasContent("libcublasLt.so.12");
  }

  @Test
  void whatIsThereIsNotUnpackedAgainButAPartIs() throws IOException {
    Path folder = directory.resolve("own");
    var unpacked = CudaLibraries.unpack(anchor, folder);
    var past = FileTime.fromMillis(0);
    for (Path path : unpacked) {
      Files.setLastModifiedTime(path, past);
    }
    Files.writeString(unpacked.get(2), "half");
    CudaLibraries.unpack(anchor, folder);
    assertThat(Files.getLastModifiedTime(unpacked.get(1))).isEqualTo(past);
    assertThat(unpacked.get(2)).hasContent("libcublas.so.12");
    try (var files = Files.list(unpacked.get(0).getParent())) {
      assertThat(files).hasSize(5);
    }
  }

  @Test
  void whatCannotBeUnpackedIsToldInOneLine() throws IOException {
    Path file = Files.createFile(directory.resolve("file"));
    assertThat(CudaLibraries.load(anchor, file))
        .hasValueSatisfying(
            reason ->
                assertThat(reason)
                    .startsWith("NVIDIA's libraries cannot be loaded: ")
                    .doesNotContain("\n"));
  }
}
