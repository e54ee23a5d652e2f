package io.github.wenliu.models.inference;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Where the files of a package are read from. */
sealed interface PackageSource {

  /** The place, for messages. */
  String location();

  /** Opens a file by its path relative to the manifest. */
  InputStream open(String path) throws IOException;

  /** The file itself, if it lies on a disk. */
  Optional<Path> path(String path);

  /** A file of this place, for messages. */
  default String at(String path) {
    return location() + "/" + path;
  }

  /** The bytes of the manifest. */
  default byte[] manifest() {
    try (var stream = open(ModelPackage.MANIFEST)) {
      byte[] bytes = stream.readNBytes(ModelPackage.MAX_MANIFEST_BYTES + 1);
      if (bytes.length > ModelPackage.MAX_MANIFEST_BYTES) {
        throw new ModelException(
            "%s: expected at most %d bytes but found more"
                .formatted(at(ModelPackage.MANIFEST), ModelPackage.MAX_MANIFEST_BYTES));
      }
      return bytes;
    } catch (IOException e) {
      throw new ModelException(
          "%s: expected the manifest of a model but it cannot be read (%s)"
              .formatted(at(ModelPackage.MANIFEST), e.getClass().getSimpleName()),
          e);
    }
  }

  /** A folder of a disk. */
  record Folder(Path folder) implements PackageSource {

    @Override
    public String location() {
      return folder.toString();
    }

    @Override
    public InputStream open(String path) throws IOException {
      return Files.newInputStream(folder.resolve(path));
    }

    @Override
    public Optional<Path> path(String path) {
      return Optional.of(folder.resolve(path));
    }
  }

  /** A folder of the class path. */
  record Resources(String folder) implements PackageSource {

    @Override
    public String location() {
      return folder;
    }

    @Override
    public InputStream open(String path) throws IOException {
      InputStream stream = PackageSource.class.getResourceAsStream("/" + folder + "/" + path);
      if (stream == null) {
        throw new FileNotFoundException(at(path));
      }
      return stream;
    }

    @Override
    public Optional<Path> path(String path) {
      return Optional.empty();
    }
  }
}
