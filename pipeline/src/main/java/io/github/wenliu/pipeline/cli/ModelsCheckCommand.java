package io.github.wenliu.pipeline.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.wenliu.models.extract.ExtractionRequest;
import io.github.wenliu.models.extract.Extractor;
import io.github.wenliu.models.extract.Extractors;
import io.github.wenliu.models.inference.InferenceMetrics;
import io.github.wenliu.models.inference.InferenceParameters;
import io.github.wenliu.models.inference.ModelCatalog;
import io.github.wenliu.models.inference.ModelPackage;
import io.github.wenliu.models.link.Linkers;
import io.github.wenliu.operators.link.DocumentLinker;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says whether a model can be used here, before a job is asked to. */
@Command(
    name = "check",
    description =
        "Checks a model: that each file is as the manifest says, that every label scheme opens and"
            + " extracts, or a linking model knows the features that documents have here, and that"
            + " the answers to its golden sentences are those that it was released with.",
    mixinStandardHelpOptions = true)
final class ModelsCheckCommand implements Callable<Integer> {

  private static final String MANIFEST = "manifest.json";
  private static final String GOLDEN = "golden.jsonl";

  /** Extracted by models that bring no sentences. */
  private static final String WARM_UP = "今天天气很好。";

  @Mixin private LocalModels models;

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "PATH|NAME[/VERSION]",
      description = "A folder NAME/VERSION with a manifest.json, or a model that is at hand.")
  private String given;

  @Override
  public Integer call() throws IOException {
    var catalog = models.catalog();
    var id = given;
    var folder = Path.of(given).toAbsolutePath().normalize();
    if (Files.isRegularFile(folder.resolve(MANIFEST)) && folder.getNameCount() > 2) {
      catalog = ModelCatalog.of(folder.getParent().getParent(), null, null);
      id = folder.getParent().getFileName() + "/" + folder.getFileName();
    }
    var model = catalog.resolve(id);
    println(
        "%s: %d files, %s, are as the manifest says"
            .formatted(model.id(), model.files().size(), ModelsListCommand.size(model)));
    println("terms: " + RecordText.shown(model.terms()));
    var golden = golden(model);
    if (model.kind().equals(ModelPackage.LINKER)) {
      return checkLinks(catalog, model, golden) ? 0 : 1;
    }
    int wrong = 0;
    for (String scheme : Extractors.schemes(model)) {
      wrong += check(catalog, model, scheme, golden) ? 0 : 1;
    }
    return wrong == 0 ? 0 : 1;
  }

  private boolean check(
      ModelCatalog catalog, ModelPackage model, String scheme, List<JsonNode> golden) {
    var selection = Extractors.select(model, List.of(scheme));
    try (var extractor =
        Extractors.open(catalog, selection, InferenceParameters.DEFAULT, InferenceMetrics.NONE)) {
      extractor.extract(ExtractionRequest.of(WARM_UP)).join();
      var sentences =
          golden.stream()
              .filter(sentence -> sentence.path("scheme").asText(scheme).equals(scheme))
              .toList();
      var wrong = wrong(extractor, sentences);
      println(
          "%s: opens; %d of %d golden sentences are answered as they were"
              .formatted(scheme, sentences.size() - wrong.size(), sentences.size()));
      wrong.forEach(line -> spec.commandLine().getErr().println(scheme + ": " + line));
      return wrong.isEmpty();
    }
  }

  private boolean checkLinks(ModelCatalog catalog, ModelPackage model, List<JsonNode> golden) {
    var features = Linkers.features(model);
    try (var linker =
        Linkers.open(
            catalog, model.id(), features, InferenceParameters.DEFAULT, InferenceMetrics.NONE)) {
      var wrong = new ArrayList<String>();
      for (int i = 0; i < golden.size(); i++) {
        var difference = GoldenLinks.difference(golden.get(i), linker);
        if (difference != null) {
          wrong.add("golden document %d: %s".formatted(i + 1, difference));
        }
      }
      println(
          "%s: opens; %d of %d golden documents are answered as they were"
              .formatted(ModelPackage.LINKER, golden.size() - wrong.size(), golden.size()));
      if (!features.equals(DocumentLinker.featureNames())) {
        wrong.add(
            "%s is for other features than documents have here: take one that was released with"
                    .formatted(model.id())
                + " this version, or train it again");
      }
      wrong.forEach(line -> spec.commandLine().getErr().println(ModelPackage.LINKER + ": " + line));
      return wrong.isEmpty();
    }
  }

  /** What is wrong, a line for each sentence that is answered otherwise. */
  private static List<String> wrong(Extractor extractor, List<JsonNode> sentences) {
    var wrong = new ArrayList<String>();
    for (JsonNode sentence : sentences) {
      var request = ExtractionRequest.of(sentence.path("text").asText());
      var difference = GoldenAnswer.difference(sentence, extractor.extract(request).join());
      if (difference != null) {
        wrong.add(RecordText.shown(request.text()) + ": " + difference);
      }
    }
    return wrong;
  }

  /** The sentences that need nothing beside the text. */
  private static List<JsonNode> golden(ModelPackage model) throws IOException {
    if (model.files().stream().noneMatch(file -> file.path().equals(GOLDEN))) {
      return List.of();
    }
    var mapper = new ObjectMapper();
    var sentences = new ArrayList<JsonNode>();
    for (String line : new String(model.bytes(GOLDEN), StandardCharsets.UTF_8).lines().toList()) {
      var sentence = mapper.readTree(line);
      if (!sentence.has("pinned") && !sentence.path("words").path(0).isTextual()) {
        sentences.add(sentence);
      }
    }
    return sentences;
  }

  private void println(String line) {
    spec.commandLine().getOut().println(line);
  }
}
