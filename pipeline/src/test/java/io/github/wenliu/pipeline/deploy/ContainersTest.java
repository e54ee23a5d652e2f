package io.github.wenliu.pipeline.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.ndarray.NDManager;
import ai.onnxruntime.OrtEnvironment;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.gson.Gson;
import com.sun.jna.Native;
import it.unimi.dsi.fastutil.objects.Object2IntOpenHashMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.kafka.common.utils.AppInfoParser;
import org.junit.jupiter.api.Test;

/** Images, ports and names that several files of {@code deploy/} must agree on. */
class ContainersTest {

  private static final List<String> YAML_FILES =
      List.of(
          "compose.yaml",
          "conf/config.yaml",
          "conf/wenliu.yaml",
          "kubernetes/flinkdeployment.yaml",
          "kubernetes/topics.yaml",
          "monitoring/alerts.yml",
          "monitoring/prometheus.yml");

  @Test
  void everyYamlFileParses() throws IOException {
    for (String file : YAML_FILES) {
      assertThat(DeployFolder.documents(file)).as(file).isNotEmpty();
    }
  }

  @Test
  void theBrokerOfComposeIsThePinnedOne() throws IOException {
    var compose = DeployFolder.document("compose.yaml");

    assertThat(compose.at("/services/broker/image").asText())
        .isEqualTo("apache/kafka:" + AppInfoParser.getVersion());
  }

  @Test
  void composeAndKubernetesRunTheSameImage() throws IOException {
    var compose = DeployFolder.document("compose.yaml");
    var image = compose.at("/services/jobmanager/image").asText();

    assertThat(compose.at("/services/taskmanager/image").asText()).isEqualTo(image);
    assertThat(
            DeployFolder.documents("kubernetes/flinkdeployment.yaml").stream()
                .filter(document -> document.path("kind").asText().equals("FlinkDeployment"))
                .map(document -> document.at("/spec/image").asText()))
        .containsExactly(image);
    assertThat(
            DeployFolder.document("kubernetes/topics.yaml")
                .at("/spec/template/spec/containers/0/image")
                .asText())
        .isEqualTo(compose.at("/services/topics/image").asText());
  }

  @Test
  void prometheusScrapesThePortOfTheReporter() throws IOException {
    var firstPort =
        DeployFolder.flat("conf/config.yaml").get("metrics.reporter.prom.port").split("-")[0];

    assertThat(DeployFolder.text("monitoring/prometheus.yml")).contains(":" + firstPort);
  }

  /** Native libraries can be loaded once in a JVM, so all that models need stands above the job. */
  @Test
  void libHoldsTheModelsAndWhatTheyNeed() throws IOException {
    var lib = DeployFolder.text("conf/lib.txt").lines().toList();
    var image = DeployFolder.text("Dockerfile");
    for (Class<?> used :
        List.of(
            OrtEnvironment.class,
            HuggingFaceTokenizer.class,
            NDManager.class,
            Gson.class,
            Native.class,
            ObjectMapper.class,
            JsonParser.class,
            JsonProperty.class,
            Object2IntOpenHashMap.class)) {
      var jar = Path.of(used.getProtectionDomain().getCodeSource().getLocation().getPath());
      var artifact = jar.getFileName().toString().replaceFirst("-[0-9].*", "");
      assertThat(lib).as(used.getName()).contains(artifact);
      assertThat(image).as(used.getName()).contains(" " + artifact + " ");
    }
    assertThat(lib).contains("wenliu-models");
    assertThat(DeployFolder.flat("conf/config.yaml"))
        .containsEntry(
            "classloader.parent-first-patterns.additional",
            "ai.onnxruntime.;io.github.wenliu.models.");
  }

  @Test
  void alertsAndDashboardNameMetricsOfFlink() throws IOException {
    var name = Pattern.compile("\\bflink_[a-zA-Z_]+");
    var dashboard = DeployFolder.path("monitoring/dashboard.json");
    assertThat(new ObjectMapper().readTree(Files.readString(dashboard)).path("panels"))
        .isNotEmpty();
    var scraped = DeployFolder.text("monitoring/metrics.txt").lines().toList();
    for (String file : List.of("monitoring/alerts.yml", "monitoring/dashboard.json")) {
      var names = name.matcher(DeployFolder.text(file)).results().map(m -> m.group()).toList();
      assertThat(scraped).as("metrics of a running job").containsAll(names);
    }
  }
}
