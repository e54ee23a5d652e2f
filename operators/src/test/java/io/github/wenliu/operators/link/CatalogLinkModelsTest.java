package io.github.wenliu.operators.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.wenliu.models.inference.InferenceMetrics;
import io.github.wenliu.models.inference.InferenceParameters;
import io.github.wenliu.models.inference.ModelException;
import io.github.wenliu.models.inference.Provider;
import io.github.wenliu.models.inference.SharedModels;
import io.github.wenliu.operators.async.AnswerParameters;
import io.github.wenliu.operators.async.FailurePolicy;
import io.github.wenliu.operators.document.EnrichedDocument;
import io.github.wenliu.operators.flood.FloodGuardParameters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class CatalogLinkModelsTest {

  /** A tiny model that the tests of another module are made with. */
  private static final Path LINKERS = Path.of("../models/src/test/resources/models/linker");

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path directory;

  private static CatalogLinkModels models(Path directory, String model) {
    return new CatalogLinkModels(
        model, InferenceParameters.DEFAULT, directory.toString(), null, null);
  }

  /** The tiny model, for the features of this package, with a scorer that takes any. */
  private CatalogLinkModels fitting() throws IOException {
    var folder = Files.createDirectories(directory.resolve("tiny-linker/v1"));
    try (var files = Files.list(LINKERS.resolve("tiny-linker/v1"))) {
      for (Path file : files.toList()) {
        Files.copy(file, folder.resolve(file.getFileName()));
      }
    }
    byte[] scorer = Files.readAllBytes(LINKERS.resolve("scorer-of-any-features.onnx"));
    Files.write(folder.resolve("scorer.onnx"), scorer);
    var manifest = (ObjectNode) JSON.readTree(folder.resolve("manifest.json").toFile());
    var features = ((ObjectNode) manifest.get("linker")).putArray("features");
    DocumentLinker.featureNames().forEach(features::add);
    for (JsonNode file : manifest.get("files")) {
      if (file.get("path").asText().equals("scorer.onnx")) {
        ((ObjectNode) file).put("bytes", scorer.length).put("sha256", sha256(scorer));
      }
    }
    Files.writeString(folder.resolve("manifest.json"), manifest.toString());
    return models(directory, "tiny-linker");
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void opensAModelOnceForAllWhoAsk() throws Exception {
    var models = InstantiationUtil.clone(fitting());
    int before = SharedModels.ofProcess().size();
    try (var first = models.open(InferenceMetrics.NONE);
        var second = models.open(InferenceMetrics.NONE)) {
      assertThat(SharedModels.ofProcess().size()).isEqualTo(before + 1);
      assertThat(first.id()).isEqualTo("tiny-linker/v1");
      assertThat(second.describe(new int[] {1, 2}))
          .isEqualTo(first.describe(new int[] {1, 2}))
          .hasSize(8);
    }
    assertThat(SharedModels.ofProcess().size()).isEqualTo(before);
    assertThat(models.model()).isEqualTo("tiny-linker");
  }

  @Test
  void saysInOneLineWhatCannotBeOpened() {
    assertThatThrownBy(() -> models(LINKERS, "tiny-linker").open(InferenceMetrics.NONE))
        .isInstanceOf(ModelException.class)
        .message()
        .contains("linker.features[0]: expected length but found feature-0")
        .hasLineCount(1);
    assertThatThrownBy(() -> models(LINKERS, "nothing").open(InferenceMetrics.NONE))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("model nothing: expected in");
    assertThatThrownBy(
            () -> models(directory.resolve("none"), "tiny-linker").open(InferenceMetrics.NONE))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("expected a directory of models");
  }

  /** The whole stage over a real model: the links are those of one document after the other. */
  @Test
  void theStageLinksTheSameWithManyDocumentsUnderWayAsWithOne() throws Exception {
    var models = fitting();
    var tasks = new ArrayList<LinkTask>();
    for (int i = 0; i < 40; i++) {
      tasks.add(LinkTasks.of("%d老陈".formatted(i % 10), i, i * 7 % 17));
    }
    assertThat(linked(models, tasks, 40))
        .usingRecursiveFieldByFieldElementComparator()
        .isEqualTo(linked(models, tasks, 1))
        .hasSize(40)
        .anySatisfy(one -> assertThat(one.entities().get(0).link().candidates()).hasSize(5));
  }

  private static List<EnrichedDocument> linked(
      CatalogLinkModels models, List<LinkTask> tasks, int capacity) throws Exception {
    var factory =
        new DisambiguateOperator.Factory(
            new AnswerParameters(FailurePolicy.DEAD_LETTER, capacity, Duration.ofMinutes(2)),
            LinkParameters.DEFAULT,
            models,
            Provider.CPU,
            FloodGuardParameters.DEFAULT);
    try (var harness = new OneInputStreamOperatorTestHarness<LinkTask, EnrichedDocument>(factory)) {
      harness.open();
      for (LinkTask task : tasks) {
        harness.processElement(new StreamRecord<>(task));
      }
      harness.endInput();
      assertThat(harness.getSideOutput(DisambiguateOperator.DEAD_LETTERS)).isNull();
      return harness.extractOutputValues().stream()
          .sorted(Comparator.comparingLong(document -> document.raw().offset()))
          .toList();
    }
  }
}
