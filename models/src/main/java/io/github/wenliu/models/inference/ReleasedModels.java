package io.github.wenliu.models.inference;

import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The models that ship with the project, on the class path. */
final class ReleasedModels {

  static final String FOLDER = "wenliu/released";

  /** Always there, beside the models; tells where they are. */
  private static final String ANCHOR = FOLDER + "/lexicon/v1/manifest.json";

  private static final Pattern MANIFEST =
      Pattern.compile(FOLDER + "/([^/]+/v[1-9][0-9]*)/manifest\\.json");

  private ReleasedModels() {}

  /** Name and version of each, {@code fast/v1}, sorted; the lexicon is none. */
  static List<String> list() {
    URL anchor = ReleasedModels.class.getResource("/" + ANCHOR);
    if (anchor == null) {
      return List.of();
    }
    try {
      List<String> paths =
          anchor.openConnection() instanceof JarURLConnection jar ? inJar(jar) : inFolder(anchor);
      return paths.stream()
          .map(MANIFEST::matcher)
          .filter(matcher -> matcher.matches() && !matcher.group(1).startsWith("lexicon/"))
          .map(matcher -> matcher.group(1))
          .sorted()
          .toList();
    } catch (IOException | URISyntaxException e) {
      throw new ModelException("the released models cannot be listed at " + anchor, e);
    }
  }

  static ModelPackage read(String id) {
    return ModelPackage.read(new PackageSource.Resources(FOLDER + "/" + id));
  }

  private static List<String> inJar(JarURLConnection connection) throws IOException {
    // not the shared copy: closing that one would close it for class loaders too
    connection.setUseCaches(false);
    try (var jar = connection.getJarFile()) {
      var names = new ArrayList<String>();
      jar.stream().forEach(entry -> names.add(entry.getName()));
      return names;
    }
  }

  private static List<String> inFolder(URL anchor) throws IOException, URISyntaxException {
    Path manifest = Path.of(new URI(anchor.toString()));
    Path released = manifest.getParent().getParent().getParent();
    try (var paths = Files.walk(released, 3)) {
      return paths
          .map(path -> FOLDER + "/" + released.relativize(path).toString().replace('\\', '/'))
          .toList();
    }
  }
}
