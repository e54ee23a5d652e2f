package io.github.wenliu.models.inference;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.wenliu.models.inference.ModelPackage.PackageFile;
import io.github.wenliu.models.inference.ModelPackage.TrainingData;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The manifest of a package, as far as all kinds have it, checked.
 *
 * @param source where it lies, for messages
 * @param node all of it
 */
record PackageManifest(PackageSource source, JsonNode node) {

  private static final int FORMAT = 1;
  private static final Set<String> KINDS =
      Set.of(ModelPackage.EXTRACTOR, ModelPackage.LINKER, ModelPackage.TOKEN_CLASSIFIER);
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
  private static final Pattern PATH = Pattern.compile(NAME + "(/" + NAME + "){0,7}");
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
  private static final ObjectMapper JSON = new ObjectMapper();

  PackageManifest {
    if (!node.path("format").isInt() || node.path("format").intValue() != FORMAT) {
      throw wrong(source, "format", FORMAT, node.get("format"));
    }
    for (String field :
        List.of("name", "version", "kind", "description", "licence", "terms", "commit")) {
      if (!node.path(field).isTextual()) {
        throw wrong(source, field, "a string", node.get(field));
      }
    }
    for (String field : List.of("name", "version")) {
      if (!isName(node.path(field).textValue())) {
        throw wrong(source, field, "letters, digits, '.', '_', '-', at most 64", node.get(field));
      }
    }
    if (!KINDS.contains(node.path("kind").textValue())) {
      throw wrong(source, "kind", "one of " + KINDS.stream().sorted().toList(), node.get("kind"));
    }
  }

  static PackageManifest read(PackageSource source, byte[] bytes) {
    JsonNode read;
    try {
      read = JSON.readTree(bytes);
    } catch (JsonProcessingException e) {
      String found = e.getOriginalMessage().lines().findFirst().orElse("an error");
      throw wrong(source, "content", "JSON", found);
    } catch (IOException e) {
      throw new IllegalStateException("bytes in memory are always read", e);
    }
    if (!read.isObject()) {
      throw wrong(source, "content", "a JSON object", read.getNodeType());
    }
    return new PackageManifest(source, read);
  }

  /** Whether a string may be the name or the version of a model. */
  static boolean isName(String name) {
    return NAME.matcher(name).matches() && !name.contains("..");
  }

  static ModelException wrong(PackageSource source, String field, Object expected, Object found) {
    return new ModelException(
        "%s: %s: expected %s but found %s"
            .formatted(
                source.at(ModelPackage.MANIFEST),
                field,
                expected,
                found == null ? "nothing" : found));
  }

  /** One of the fields that are there as strings. */
  String text(String field) {
    return node.path(field).textValue();
  }

  List<PackageFile> files() {
    var read = new ArrayList<PackageFile>();
    var seen = new HashSet<String>();
    for (JsonNode entry : array("files")) {
      String path = entry.path("path").asText();
      if (!PATH.matcher(path).matches()
          || path.contains("..")
          || path.equals(ModelPackage.MANIFEST)) {
        throw wrong("files", "relative paths of letters, digits, '.', '_', '-', '/'", entry);
      }
      if (!entry.path("bytes").isIntegralNumber() || entry.path("bytes").longValue() < 0) {
        throw wrong("files: " + path, "its size in bytes", entry.get("bytes"));
      }
      if (!SHA256.matcher(entry.path("sha256").asText()).matches()) {
        throw wrong("files: " + path, "64 hexadecimal digits as sha256", entry.get("sha256"));
      }
      if (!seen.add(path)) {
        throw wrong("files", "every path once", path + " twice");
      }
      read.add(
          new PackageFile(path, entry.path("bytes").longValue(), entry.path("sha256").asText()));
    }
    return List.copyOf(read);
  }

  List<TrainingData> trainingData() {
    var read = new ArrayList<TrainingData>();
    for (JsonNode entry : array("trainingData")) {
      if (!entry.path("name").isTextual() || !entry.path("terms").isTextual()) {
        throw wrong("trainingData", "a name and terms in every entry", entry);
      }
      read.add(new TrainingData(entry.path("name").asText(), entry.path("terms").asText()));
    }
    return List.copyOf(read);
  }

  private JsonNode array(String field) {
    JsonNode value = node.get(field);
    if (value == null || !value.isArray()) {
      throw wrong(field, "a list", value);
    }
    return value;
  }

  private ModelException wrong(String field, Object expected, Object found) {
    return wrong(source, field, expected, found);
  }
}
