package io.github.wenliu.models.inference;

import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/**
 * NVIDIA's CUDA and cuDNN from a jar of the class path, as the profile {@code gpu} puts it there.
 * They are unpacked once into a folder of the user and loaded before ONNX Runtime asks the system
 * for them by name: the system then finds that it has them. Without such a jar nothing happens
 * here, and the system's own are used if it has them.
 */
final class CudaLibraries {

  private static final String FOLDER = "org/bytedeco/cuda/linux-x86_64/";
  private static final String ANCHOR = FOLDER + "libcudart.so.12";

  /**
   * What ONNX Runtime uses, each behind those that it needs; beginnings of file names. What is in
   * the jar beside them is for others.
   */
  private static final List<String> ORDER =
      List.of(
          "libcudart.so.",
          "libnvJitLink.so.",
          "libnvrtc-builtins.so.",
          "libnvrtc.so.",
          "libcublasLt.so.",
          "libcublas.so.",
          "libcufft.so.",
          "libcurand.so.",
          "libcudnn.so.",
          "libcudnn_graph.so.",
          "libcudnn_ops.so.",
          "libcudnn_engines_runtime_compiled.so.",
          "libcudnn_engines_precompiled.so.",
          "libcudnn_heuristic.so.",
          "libcudnn_cnn.so.",
          "libcudnn_adv.so.");

  private static Optional<String> outcome;

  private CudaLibraries() {}

  /**
   * Loads them if they are on the class path; says what went wrong, if anything. Once a process.
   */
  static synchronized Optional<String> load() {
    if (outcome == null) {
      URL anchor = CudaLibraries.class.getResource("/" + ANCHOR);
      outcome = anchor == null ? Optional.empty() : load(anchor, folder());
    }
    return outcome;
  }

  /**
   * Unpacks and loads the libraries of a jar.
   *
   * @param anchor one of its files
   * @param folder where they are unpacked, or are already
   */
  static Optional<String> load(URL anchor, Path folder) {
    try {
      for (Path library : unpack(anchor, folder)) {
        System.load(library.toString());
      }
      return Optional.empty();
    } catch (IOException | UnsatisfiedLinkError e) {
      return Optional.of("NVIDIA's libraries cannot be loaded: " + OnnxSessions.firstLine(e));
    }
  }

  /** The libraries in the order in which they can be loaded. */
  static List<Path> unpack(URL anchor, Path folder) throws IOException {
    if (!(anchor.openConnection() instanceof JarURLConnection connection)) {
      return List.of();
    }
    connection.setUseCaches(false);
    var unpacked = new ArrayList<Path>();
    try (JarFile jar = connection.getJarFile()) {
      Path own = folder.resolve(Path.of(jar.getName()).getFileName());
      Files.createDirectories(own);
      List<JarEntry> entries =
          jar.stream().filter(entry -> entry.getName().startsWith(FOLDER)).toList();
      for (String beginning : ORDER) {
        for (JarEntry entry : entries) {
          String name = entry.getName().substring(FOLDER.length());
          if (name.startsWith(beginning)) {
            unpacked.add(unpack(jar, entry, own.resolve(name)));
          }
        }
      }
    }
    return unpacked;
  }

  private static Path unpack(JarFile jar, JarEntry entry, Path target) throws IOException {
    if (Files.exists(target) && Files.size(target) == entry.getSize()) {
      return target;
    }
    Path part = Files.createTempFile(target.getParent(), ".unpacking", null);
    try (var stream = jar.getInputStream(entry)) {
      Files.copy(stream, part, StandardCopyOption.REPLACE_EXISTING);
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(part);
    }
    return target;
  }

  private static Path folder() {
    String asked = System.getProperty("wenliu.cuda.folder");
    return asked != null
        ? Path.of(asked)
        : Path.of(System.getProperty("user.home"), ".cache", "wenliu", "cuda");
  }
}
