package io.github.wenliu.pipeline.cli;

import io.github.wenliu.models.extract.Extractors;
import io.github.wenliu.models.inference.ModelCatalog;
import io.github.wenliu.models.inference.ModelPackage;
import io.github.wenliu.operators.document.ModelChoice;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** The models that are at hand where a command runs: the released ones, and those of a folder. */
final class LocalModels {

  private static final String NONE = "none";
  private static final String USUAL_RELATIONS = "duie";

  @Option(
      names = "--models",
      paramLabel = "DIR",
      description = "Folder with models of your own, each in DIR/NAME/VERSION.")
  private Path directory;

  ModelCatalog catalog() {
    return ModelCatalog.of(directory, null, null);
  }

  /**
   * What names on the command line mean. A model that is not at hand is left for the job to find.
   *
   * @param model name, or name and version
   * @param scheme of the entities, or none
   * @param relations scheme of the relations, or none; {@code null} for the usual one if it is
   *     there
   */
  ModelChoice choice(String model, String scheme, String relations) {
    var catalog = catalog();
    boolean isAtHand =
        catalog.list().stream().anyMatch(id -> id.equals(model) || id.startsWith(model + "/"));
    if (isAtHand) {
      return choice(catalog.resolve(model), scheme, relations);
    }
    if (model.indexOf('/') < 0) {
      throw new UsageException(
          "no model "
              + RecordText.shown(model)
              + " is at hand here; name its version, or --models DIR, or one of "
              + catalog.list());
    }
    try {
      return new ModelChoice(model, schemes(scheme, relations == null ? NONE : relations));
    } catch (IllegalArgumentException e) {
      throw new UsageException("the model cannot be selected: " + e.getMessage());
    }
  }

  private static ModelChoice choice(ModelPackage from, String scheme, String relations) {
    var known = Extractors.schemes(from);
    var usual = known.contains(USUAL_RELATIONS) ? USUAL_RELATIONS : NONE;
    var schemes = schemes(scheme, relations == null ? usual : relations);
    for (String name : schemes.split("\\+")) {
      if (!known.contains(name)) {
        throw new UsageException(
            from.id() + " has no scheme " + RecordText.shown(name) + ", only " + known);
      }
    }
    return new ModelChoice(from.id(), schemes);
  }

  private static String schemes(String scheme, String relations) {
    var schemes =
        Stream.of(scheme, relations)
            .filter(name -> !name.equals(NONE))
            .collect(Collectors.joining("+"));
    if (schemes.isEmpty()) {
      throw new UsageException("--scheme and --relations are both none: select none instead");
    }
    return schemes;
  }
}
