package io.github.wenliu.models.inference;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/**
 * Packages at {@code BASE/NAME/VERSION/}, over HTTP or HTTPS, kept in a folder. Files come into the
 * folder whole or not at all, the manifest last; what lies there and is right is not fetched again,
 * so an interrupted fetch goes on where it was. As versions never change, a package that is
 * complete needs no network. Sizes are bounded by the manifest, and that by {@link
 * #MAX_PACKAGE_BYTES}; the time by {@link #PATIENCE} for each answer and {@link #MAX_TIME} for a
 * file.
 */
final class ModelRepository {

  static final long MAX_PACKAGE_BYTES = 4L << 30;
  static final Duration PATIENCE = Duration.ofSeconds(30);
  static final Duration MAX_TIME = Duration.ofMinutes(30);

  private final String base;
  private final Path cache;
  private final Duration patience;

  ModelRepository(URI base, Path cache) {
    this(base, cache, PATIENCE);
  }

  ModelRepository(URI base, Path cache, Duration patience) {
    String scheme = base.getScheme() == null ? "" : base.getScheme().toLowerCase();
    if (!scheme.equals("http") && !scheme.equals("https") || base.getHost() == null) {
      throw new ModelException(
          "model repository: expected an http or https address but found " + base);
    }
    if (base.getRawQuery() != null || base.getRawFragment() != null) {
      throw new ModelException(
          "model repository: expected an address without query and fragment but found " + base);
    }
    if (cache == null) {
      throw new ModelException("model repository: expected a cache folder with it but found none");
    }
    this.base = base.toString().replaceAll("/+$", "");
    // packages of different repositories may have the same name
    this.cache =
        cache.resolve(
            UUID.nameUUIDFromBytes(this.base.getBytes(StandardCharsets.UTF_8)).toString());
    this.patience = patience;
  }

  /** The package, in the cache; nothing where the repository does not have it. */
  Optional<ModelPackage> fetch(String name, String version) {
    Path folder = cache.resolve(name).resolve(version);
    if (Files.isRegularFile(folder.resolve(ModelPackage.MANIFEST))) {
      try {
        return Optional.of(ModelPackage.read(folder));
      } catch (ModelException e) {
        // damaged: what is wrong is fetched again
      }
    }
    String address = base + "/" + name + "/" + version + "/";
    try {
      Files.createDirectories(folder);
      Path manifest = temporary(folder);
      try {
        download(address + ModelPackage.MANIFEST, manifest, ModelPackage.MAX_MANIFEST_BYTES);
        fetchFiles(address, folder, Files.readAllBytes(manifest));
        move(manifest, folder.resolve(ModelPackage.MANIFEST));
      } finally {
        Files.deleteIfExists(manifest);
      }
      return Optional.of(ModelPackage.read(folder));
    } catch (FileNotFoundException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new ModelException(
          "%s: expected a model package but found an error (%s)"
              .formatted(address, String.valueOf(e.getMessage()).lines().findFirst().orElse("")),
          e);
    }
  }

  private void fetchFiles(String address, Path folder, byte[] manifest) throws IOException {
    var described = ModelPackage.describedBy(new PackageSource.Folder(folder), manifest);
    long bytes = 0;
    for (var file : described.files()) {
      bytes += file.bytes();
      if (file.bytes() > MAX_PACKAGE_BYTES || bytes > MAX_PACKAGE_BYTES) {
        throw described.wrong("files", "at most " + MAX_PACKAGE_BYTES + " bytes", "more");
      }
    }
    for (var file : described.files()) {
      if (!described.isRight(file)) {
        Path target = folder.resolve(file.path());
        Files.createDirectories(target.getParent());
        Path part = temporary(folder);
        try {
          try {
            download(address + file.path(), part, file.bytes());
          } catch (FileNotFoundException e) {
            throw new IOException("no file " + file.path(), e);
          }
          move(part, target);
        } finally {
          Files.deleteIfExists(part);
        }
      }
    }
  }

  /** Fetches one address into a file; what is longer than the limit is an error. */
  private void download(String address, Path target, long limit) throws IOException {
    var connection = (HttpURLConnection) URI.create(address).toURL().openConnection();
    connection.setConnectTimeout((int) patience.toMillis());
    connection.setReadTimeout((int) patience.toMillis());
    connection.setUseCaches(false);
    long deadline = System.nanoTime() + MAX_TIME.toNanos();
    try {
      int status = connection.getResponseCode();
      if (status == HttpURLConnection.HTTP_NOT_FOUND || status == HttpURLConnection.HTTP_GONE) {
        throw new FileNotFoundException(address);
      }
      if (status != HttpURLConnection.HTTP_OK) {
        throw new IOException("status " + status);
      }
      try (InputStream in = connection.getInputStream();
          OutputStream out = Files.newOutputStream(target)) {
        byte[] buffer = new byte[1 << 16];
        long bytes = 0;
        for (int n; (n = in.read(buffer)) >= 0; ) {
          bytes += n;
          if (bytes > limit) {
            throw new IOException("more than the expected %d bytes".formatted(limit));
          }
          if (System.nanoTime() > deadline) {
            throw new IOException("not there after " + MAX_TIME);
          }
          out.write(buffer, 0, n);
        }
      }
    } finally {
      connection.disconnect();
    }
  }

  private static Path temporary(Path folder) throws IOException {
    return Files.createTempFile(folder, ".fetching", null);
  }

  private static void move(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  @Override
  public String toString() {
    return base;
  }
}
