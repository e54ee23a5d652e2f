package io.github.wenliu.models.extract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.wenliu.models.inference.ModelException;
import io.github.wenliu.models.inference.ModelPackage;
import io.github.wenliu.models.inference.PackageFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Features and schemes of a manifest, and what is said of those that are wrong. */
final class PackageReadingTest {
  private static final String SCHEMES =
      """
      {"news": {"task": "entities", "model": "m.onnx", "decoder": "half-pointer",
                "output": "scores", "labels": ["PER", "ORG"], "categories": {"ORG": "company"},
                "startThreshold": 0.4, "endThreshold": 0.5, "maxSpan": 40},
       "tags": {"task": "entities", "model": "m.onnx", "decoder": "crf", "output": "emissions",
                "labels": ["PER"], "tags": ["O", "B-PER", "I-PER"],
                "transitions": [[0, 0, -9], [0, 0, 1], [0, 0, 1]],
                "starts": [0, 0, -9], "ends": [0, 0, 0]},
       "duie": {"task": "relations", "model": "r.onnx", "hidden": "hidden",
                "subjects": "subjects", "objectModel": "o.onnx", "objects": "objects",
                "predicates": [{"name": "作者", "subjectType": "图书作品", "objectType": "人物"}],
                "subjectThreshold": 0.4, "objectThreshold": 0.3,
                "scoreThreshold": 0.35, "maxSpan": 30}}
      """;

  private static final String FEATURES =
      """
      [{"kind": "lexicon", "file": "lexicon.tsv", "categories": ["word", "PER"]},
       {"kind": "characters", "as": "ids", "vocabulary": "chars.txt"}]
      """;

  @TempDir private Path directory;

  private ModelPackage read(Consumer<ObjectNode> change) {
    var json = new ObjectMapper();
    var folder = new PackageFolder(directory, "small", "v1");
    folder.file("lexicon.tsv", "顾明远\tPER\n");
    folder.file("chars.txt", "<unk>\n顾\n \n\u0085\n");
    return ModelPackage.read(
        folder.write(
            manifest -> {
              try {
                manifest.set("schemes", json.readTree(SCHEMES));
                manifest.set("features", json.readTree(FEATURES));
              } catch (IOException e) {
                throw new IllegalStateException(e);
              }
              change.accept(manifest);
            }));
  }

  @Test
  void readsSchemesOfBothTasks() {
    var schemes = new SchemeReader(read(manifest -> {}));
    assertThat(schemes.names()).containsExactly("duie", "news", "tags");
    assertThat(schemes.isRelations("duie")).isTrue();
    assertThat(schemes.isRelations("news")).isFalse();
    assertThat(schemes.entities("news").labels()).containsExactly("PER", "ORG");
    assertThat(schemes.entities("news").categories()).containsEntry("ORG", "company");
    assertThat(schemes.entities("news").decoder().columns()).isEqualTo(4);
    assertThat(schemes.entities("tags").decoder().columns()).isEqualTo(3);
    assertThat(schemes.relations("duie").predicates())
        .containsExactly(new PredicateSchema("作者", "图书作品", "人物"));
    assertThat(schemes.relations("duie").scoreThreshold()).isEqualTo(0.35);
  }

  @Test
  void readsFeaturesOfBothKinds() {
    var features = FeatureSet.read(read(manifest -> {}));
    assertThat(features.width()).isEqualTo(8);
    assertThat(features.idNames()).containsExactly("characters");
    var window = features.encode(Fixtures.whole("见顾明远\u3000"), List.of());
    assertThat(features.rows(window, 0)).containsExactly(0, 1, 0, 0, 2);
    var dense = new float[8];
    features.write(window, 1, dense);
    assertThat(dense).as("顾 begins a person").containsExactly(0, 0, 0, 0, 1, 0, 0, 0);
    features.write(window, 3, dense);
    assertThat(dense).as("远 ends a person").containsExactly(0, 0, 0, 0, 0, 0, 1, 0);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/schemes/news/decoder | \"best\" | schemes.news.decoder: expected half-pointer or crf",
        "/schemes/news/startThreshold | 1.5 | startThreshold: expected a number between 0 and 1",
        "/schemes/news/maxSpan | 0 | maxSpan: expected a positive whole number",
        "/schemes/news/labels | [\"PER\", \"PER\"] | labels: expected labels, each once",
        "/schemes/news/labels | \"PER\" | labels: expected a list",
        "/schemes/news/output | null | output: expected a string",
        "/schemes/news/task | \"words\" | task: expected entities or relations",
        "/schemes/tags/tags | [\"O\", \"B-PER\", \"X\"] | schemes.tags: expected tags",
        "/schemes/tags/starts | [0] | starts: expected a number for each of 3 tags",
        "/schemes/duie/predicates | [] | predicates: expected predicates",
        "/schemes/duie/predicates | [{\"name\": \"p\"}] | predicates[0].subjectType",
        "/features/0/kind | \"colours\" | features[0].kind: expected characters, bigrams",
        "/features/0/categories | [\"word\"] | lexicon.tsv line 1",
        "/features/1/as | \"vectors\" | features[1].as: expected ids",
        "/features/1/vocabulary | \"none.txt\" | none.txt",
      })
  void tellsWhatIsWrongAndWhere(String pointer, String value, String message) throws IOException {
    JsonNode replacement = new ObjectMapper().readTree(value);
    int last = pointer.lastIndexOf('/');
    var from =
        read(
            manifest ->
                ((ObjectNode) manifest.at(pointer.substring(0, last)))
                    .set(pointer.substring(last + 1), replacement));
    assertThatThrownBy(
            () -> {
              FeatureSet.read(from);
              var schemes = new SchemeReader(from);
              for (var name : schemes.names()) {
                if (schemes.isRelations(name)) {
                  schemes.relations(name);
                } else {
                  schemes.entities(name);
                }
              }
            })
        .isInstanceOf(ModelException.class)
        .hasMessageContaining(message);
  }

  @Test
  void refusesASchemeThatIsNotThere() {
    var schemes = new SchemeReader(read(manifest -> {}));
    assertThatThrownBy(() -> schemes.entities("msra"))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("schemes: expected msra but found [duie, news, tags]");
    assertThatThrownBy(() -> schemes.relations("news")).isInstanceOf(ModelException.class);
  }
}
