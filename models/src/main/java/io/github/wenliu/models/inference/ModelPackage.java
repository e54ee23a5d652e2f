package io.github.wenliu.models.inference;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * A released model: a folder that never changes, described by its {@code manifest.json}. The
 * manifest lists every file with size and SHA-256; nothing is used that does not agree with it.
 * What all kinds of models have is typed here; the rest of the manifest is handed on to whoever
 * runs that kind. Whatever is wrong is told in one line that names the file, what was expected and
 * what was found.
 */
public final class ModelPackage {

  /** Kind of a package with our own encoders and decoders. */
  public static final String EXTRACTOR = "extractor";

  /** Kind of a package with a transformer that brings its tokenizer. */
  public static final String TOKEN_CLASSIFIER = "token-classifier";

  /** Kind of a package that tells which entries of a knowledge base are meant. */
  public static final String LINKER = "linker";

  static final String MANIFEST = "manifest.json";
  static final int MAX_MANIFEST_BYTES = 4 << 20;

  private final PackageSource source;
  private final String checksum;
  private final PackageManifest manifest;
  private final List<PackageFile> files;
  private final List<TrainingData> trainingData;

  /**
   * A file of a package.
   *
   * @param path relative to the manifest, with slashes
   * @param bytes size
   * @param sha256 checksum, in lower-case hexadecimal digits
   */
  public record PackageFile(String path, long bytes, String sha256) {}

  /**
   * What a model learned from.
   *
   * @param name of the data set
   * @param terms under which it may be used
   */
  public record TrainingData(String name, String terms) {}

  private ModelPackage(PackageSource source, byte[] bytes) {
    this.source = source;
    this.checksum = HexFormat.of().formatHex(sha256().digest(bytes));
    this.manifest = PackageManifest.read(source, bytes);
    this.files = manifest.files();
    this.trainingData = manifest.trainingData();
  }

  /** Reads the package of a folder and checks every file. */
  public static ModelPackage read(Path folder) {
    return read(new PackageSource.Folder(folder));
  }

  static ModelPackage read(PackageSource source) {
    var read = new ModelPackage(source, source.manifest());
    read.files.forEach(read::verify);
    return read;
  }

  /** What a manifest says, without a look at the files. */
  static ModelPackage describedBy(PackageSource source, byte[] manifest) {
    return new ModelPackage(source, manifest);
  }

  public String name() {
    return manifest.text("name");
  }

  public String version() {
    return manifest.text("version");
  }

  /** Name and version as they stand in events: {@code fast/v1}. */
  public String id() {
    return name() + "/" + version();
  }

  public String kind() {
    return manifest.text("kind");
  }

  public String description() {
    return manifest.text("description");
  }

  public String licence() {
    return manifest.text("licence");
  }

  /** The line to be printed where the model is started. */
  public String terms() {
    return manifest.text("terms");
  }

  /** Revision of the training kit that made the model. */
  public String commit() {
    return manifest.text("commit");
  }

  public List<TrainingData> trainingData() {
    return trainingData;
  }

  public List<PackageFile> files() {
    return files;
  }

  /** The whole manifest, for what belongs to one kind only. */
  public JsonNode manifest() {
    return manifest.node();
  }

  /** SHA-256 of the manifest, and so of everything that it lists. */
  public String checksum() {
    return checksum;
  }

  /** Where the package lies, for messages. */
  public String location() {
    return source.location();
  }

  /** The content of a file, checked as it is read. */
  public byte[] bytes(String path) {
    PackageFile file = file(path);
    if (file.bytes() > Integer.MAX_VALUE - 8) {
      throw wrong("files: " + path, "less than 2 GiB", file.bytes());
    }
    try (var stream = open(file)) {
      byte[] read = stream.readNBytes((int) file.bytes() + 1);
      check(file, read.length, stream);
      return read;
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  /** Where a file lies that a native library opens itself; none within a jar. */
  Optional<Path> path(String path) {
    file(path);
    return source.path(path);
  }

  /** The listed file of that path. */
  public PackageFile file(String path) {
    return files.stream()
        .filter(file -> file.path().equals(path))
        .findFirst()
        .orElseThrow(() -> wrong("files", "an entry for " + path, "none"));
  }

  /** Whether a file is there and as the manifest says. */
  boolean isRight(PackageFile file) {
    try {
      verify(file);
      return true;
    } catch (ModelException e) {
      return false;
    }
  }

  private void verify(PackageFile file) {
    try (var stream = open(file)) {
      byte[] buffer = new byte[1 << 16];
      long bytes = 0;
      for (int n; bytes <= file.bytes() && (n = stream.read(buffer)) >= 0; ) {
        bytes += n;
      }
      check(file, bytes, stream);
    } catch (IOException e) {
      throw unreadable(file.path(), e);
    }
  }

  /** A complaint about the manifest, for whoever reads the fields of one kind. */
  public ModelException wrong(String field, Object expected, Object found) {
    return PackageManifest.wrong(source, field, expected, found);
  }

  private DigestInputStream open(PackageFile file) throws IOException {
    return new DigestInputStream(source.open(file.path()), sha256());
  }

  private void check(PackageFile file, long bytes, DigestInputStream stream) throws IOException {
    if (bytes != file.bytes()) {
      // a file that is too long was not read to its end
      throw new ModelException(
          "%s: expected %d bytes but found %s%d"
              .formatted(
                  source.at(file.path()),
                  file.bytes(),
                  bytes > file.bytes() ? "at least " : "",
                  bytes));
    }
    String found = HexFormat.of().formatHex(stream.getMessageDigest().digest());
    if (!found.equals(file.sha256())) {
      throw new ModelException(
          "%s: expected SHA-256 %s but found %s"
              .formatted(source.at(file.path()), file.sha256(), found));
    }
  }

  private ModelException unreadable(String path, IOException e) {
    boolean missing = e instanceof NoSuchFileException || e instanceof FileNotFoundException;
    return new ModelException(
        "%s: expected a file but found %s"
            .formatted(source.at(path), missing ? "none" : "an error: " + e.getMessage()),
        e);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
