package io.github.wenliu.models.inference;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds models by name: {@code NAME/VERSION}, or {@code NAME} for the highest {@code vN} there is.
 * Looks into the user's directory first, then asks the repository (for a version that is named: a
 * repository has no list), then takes what is released with the project. There is no other place,
 * whatever a message asks for.
 */
public final class ModelCatalog {

  private static final Pattern VERSION = Pattern.compile("v([1-9][0-9]{0,8})");

  private final Path directory;
  private final ModelRepository repository;

  private ModelCatalog(Path directory, ModelRepository repository) {
    this.directory = directory;
    this.repository = repository;
  }

  /** Only what is released with the project. */
  public static ModelCatalog released() {
    return new ModelCatalog(null, null);
  }

  /**
   * A catalog of all places.
   *
   * @param directory of the user, with {@code NAME/VERSION/} folders, or {@code null}
   * @param repository base address of such folders, {@code http} or {@code https}, or {@code null}
   * @param cache folder that keeps what came from the repository; needed with one
   */
  public static ModelCatalog of(Path directory, URI repository, Path cache) {
    if (directory != null && !Files.isDirectory(directory)) {
      throw new ModelException(
          "%s: expected a directory of models but found none".formatted(directory));
    }
    return new ModelCatalog(
        directory, repository == null ? null : new ModelRepository(repository, cache));
  }

  /**
   * A catalog of the places that a configuration names.
   *
   * @param directory of the user, or {@code null}
   * @param repository base address, or {@code null}
   * @param cache folder for what comes from the repository; {@code null} for one among the
   *     temporary files
   */
  public static ModelCatalog configured(String directory, String repository, String cache) {
    return of(
        directory == null ? null : Path.of(directory),
        repository == null ? null : URI.create(repository),
        cache == null
            ? Path.of(System.getProperty("java.io.tmpdir"), "wenliu-models")
            : Path.of(cache));
  }

  /**
   * Reads a package and checks all of it.
   *
   * @param id {@code NAME/VERSION} or {@code NAME}
   * @throws ModelException in one line, if there is none or if it is not as its manifest says
   */
  public ModelPackage resolve(String id) {
    String[] parts = id.split("/", -1);
    if (parts.length > 2 || !Stream.of(parts).allMatch(PackageManifest::isName)) {
      throw new ModelException(
          "a model is named NAME or NAME/VERSION, of letters, digits, '.', '_' and '-', not '%s'"
              .formatted(shortened(id)));
    }
    String version = parts.length == 2 ? parts[1] : newest(parts[0]);
    ModelPackage found = find(parts[0], version);
    if (!found.name().equals(parts[0]) || !found.version().equals(version)) {
      throw found.wrong("name and version", parts[0] + "/" + version, found.id());
    }
    return found;
  }

  /** Name and version of all that can be listed: the user's and the released ones, sorted. */
  public Set<String> list() {
    var all = new LinkedHashSet<String>();
    Stream.concat(inDirectory().stream(), ReleasedModels.list().stream())
        .sorted(
            Comparator.comparing((String id) -> id.substring(0, id.indexOf('/')))
                .thenComparingLong(id -> number(id.substring(id.indexOf('/') + 1)))
                .thenComparing(Comparator.naturalOrder()))
        .forEach(all::add);
    return all;
  }

  private ModelPackage find(String name, String version) {
    String id = name + "/" + version;
    if (directory != null && Files.isDirectory(directory.resolve(id))) {
      return ModelPackage.read(directory.resolve(id));
    }
    Optional<ModelPackage> fetched =
        repository == null ? Optional.empty() : repository.fetch(name, version);
    if (fetched.isPresent()) {
      return fetched.get();
    }
    if (ReleasedModels.list().contains(id)) {
      return ReleasedModels.read(id);
    }
    throw new ModelException("model %s: %s".formatted(id, notFound()));
  }

  private String newest(String name) {
    return Stream.of(inDirectory(), ReleasedModels.list())
        .flatMap(ids -> newest(name, ids).stream())
        .findFirst()
        .orElseThrow(() -> new ModelException("model %s: %s".formatted(name, notFound())));
  }

  private static Optional<String> newest(String name, List<String> ids) {
    return ids.stream()
        .filter(id -> id.startsWith(name + "/"))
        .map(id -> id.substring(name.length() + 1))
        .filter(version -> number(version) > 0)
        .max(Comparator.comparingLong(ModelCatalog::number));
  }

  private static long number(String version) {
    var matcher = VERSION.matcher(version);
    return matcher.matches() ? Long.parseLong(matcher.group(1)) : 0;
  }

  private String notFound() {
    return "expected in %s%sthe released models, which are %s, but found nowhere"
        .formatted(
            directory == null ? "" : directory + ", ",
            repository == null ? "" : repository + " (with its version), ",
            ReleasedModels.list());
  }

  private List<String> inDirectory() {
    if (directory == null) {
      return List.of();
    }
    try (var paths = Files.find(directory, 2, (path, a) -> isPackage(path))) {
      return paths
          .map(path -> directory.relativize(path).toString().replace('\\', '/'))
          .sorted()
          .toList();
    } catch (IOException | UncheckedIOException e) {
      throw new ModelException("%s: the models there cannot be listed".formatted(directory), e);
    }
  }

  private boolean isPackage(Path path) {
    return directory.relativize(path).getNameCount() == 2
        && Files.isRegularFile(path.resolve(ModelPackage.MANIFEST));
  }

  private static String shortened(String id) {
    String printable = id.replaceAll("\\p{C}", "?");
    return printable.length() <= 80 ? printable : printable.substring(0, 80) + "…";
  }
}
