package io.github.wenliu.pipeline.cli;

import io.github.wenliu.models.inference.InferenceMetrics;
import io.github.wenliu.models.inference.ModelCatalog;
import io.github.wenliu.models.link.LinkModel;
import io.github.wenliu.models.link.Linkers;
import io.github.wenliu.operators.link.DocumentLinker;
import java.io.PrintWriter;
import picocli.CommandLine.Option;

/** With which model the commands link that need no job. */
final class LinkModelOptions {

  @Option(
      names = "--link-model",
      paramLabel = "NAME[/VERSION]",
      defaultValue = "link",
      description = "Linking model; without a version the highest (${DEFAULT-VALUE}).")
  private String model;

  /** Opens the model from where the extractor's is looked for, and prints its terms. */
  LinkModel open(ExtractionOptions extraction, PrintWriter err) {
    ModelCatalog catalog = extraction.catalog();
    var found = catalog.resolve(model);
    err.println(found.id() + ": " + found.terms());
    err.flush();
    return Linkers.open(
        catalog,
        model,
        DocumentLinker.featureNames(),
        extraction.parameters(),
        InferenceMetrics.NONE);
  }
}
