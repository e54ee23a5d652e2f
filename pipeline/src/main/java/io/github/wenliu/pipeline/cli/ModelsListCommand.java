package io.github.wenliu.pipeline.cli;

import io.github.wenliu.models.extract.Extractors;
import io.github.wenliu.models.inference.ModelCatalog;
import io.github.wenliu.models.inference.ModelException;
import io.github.wenliu.models.inference.ModelPackage;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists the models that are at hand. */
@Command(
    name = "ls",
    description =
        "Lists the released models, and those of a folder of your own, with their label schemes and"
            + " the terms they come with. Scores stand in each model's MODEL_CARD.md.",
    mixinStandardHelpOptions = true)
final class ModelsListCommand implements Runnable {

  private static final String LINE = "%-20s  %-16s  %9s  %s";
  private static final double BYTES_OF_A_MEBIBYTE = 1 << 20;

  @Mixin private LocalModels models;

  @Override
  public void run() {
    var catalog = models.catalog();
    var out = StandardOutput.open();
    out.println(LINE.formatted("MODEL", "KIND", "SIZE", "SCHEMES"));
    for (String id : catalog.list()) {
      out.println(described(catalog, id));
    }
    out.flush();
  }

  private static String described(ModelCatalog catalog, String id) {
    try {
      var model = catalog.resolve(id);
      return LINE.formatted(model.id(), model.kind(), size(model), schemes(model))
          + "\n    "
          + RecordText.shown(model.description())
          + "\n    "
          + RecordText.shown(model.terms());
    } catch (ModelException e) {
      return LINE.formatted(
          id, RecordText.NONE, RecordText.NONE, "cannot be used: " + e.getMessage());
    }
  }

  private static String schemes(ModelPackage model) {
    return model.kind().equals(ModelPackage.LINKER)
        ? RecordText.NONE
        : String.join(", ", Extractors.schemes(model));
  }

  /** The size of all files of a model. */
  static String size(ModelPackage model) {
    long bytes = model.files().stream().mapToLong(ModelPackage.PackageFile::bytes).sum();
    return String.format(Locale.ROOT, "%.1f MiB", bytes / BYTES_OF_A_MEBIBYTE);
  }
}
