package io.github.wenliu.models.extract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.wenliu.models.inference.ModelCatalog;
import io.github.wenliu.models.inference.ModelPackage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The transformer that {@code make_tiny_transformer.py} made, and what that script says of it. */
final class TinyTransformer {

  static final ModelSelection SELECTION = new ModelSelection("tiny-transformer/v1", "names", null);

  private TinyTransformer() {}

  static ModelCatalog catalog() {
    try {
      var script =
          Path.of(
              TinyTransformer.class
                  .getResource("/models/transformer/make_tiny_transformer.py")
                  .toURI());
      return ModelCatalog.of(script.getParent(), null, null);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  static ModelPackage read() {
    return catalog().resolve(SELECTION.model());
  }

  static List<JsonNode> golden() {
    var json = new ObjectMapper();
    var rows = new ArrayList<JsonNode>();
    try {
      var lines = new String(read().bytes("golden.jsonl"), StandardCharsets.UTF_8);
      for (String line : lines.strip().split("\n")) {
        rows.add(json.readTree(line));
      }
      return rows;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
