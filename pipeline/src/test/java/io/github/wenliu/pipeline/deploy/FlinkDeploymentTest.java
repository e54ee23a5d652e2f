package io.github.wenliu.pipeline.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.github.wenliu.pipeline.cli.ClusterJob;
import io.github.wenliu.pipeline.config.PipelineConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The manifest for the Flink Kubernetes operator, against the operator's own schema. */
class FlinkDeploymentTest {

  private static final String MANIFEST = "kubernetes/flinkdeployment.yaml";
  private static final String DEFINITION =
      "/META-INF/fabric8/flinkdeployments.flink.apache.org-v1.yml";

  /** The published definition ends at Flink 1.20; later operators add versions of this form. */
  private static final String FLINK_VERSION = "v2_3";

  private CustomResourceSchema schema;
  private ObjectNode deployment;

  @BeforeEach
  void read() throws IOException {
    schema =
        CustomResourceSchema.ofResource(DEFINITION).allow(FLINK_VERSION, "spec", "flinkVersion");
    deployment = (ObjectNode) ofKind("FlinkDeployment");
  }

  @Test
  void fitsTheSchemaOfTheOperator() {
    assertThat(schema.problems(deployment)).isEmpty();
  }

  @Test
  void aMisspeltFieldIsFound() {
    ((ObjectNode) deployment.at("/spec/job")).put("upgradeMod", "savepoint");

    assertThat(schema.problems(deployment))
        .containsExactly("spec.job.upgradeMod is not a field of spec.job");
  }

  @Test
  void aMisspeltFieldDeepInAPodTemplateIsFound() {
    container().put("imagePulPolicy", "Always");

    assertThat(schema.problems(deployment))
        .containsExactly(
            "spec.podTemplate.spec.containers[0].imagePulPolicy is not a field of"
                + " spec.podTemplate.spec.containers[0]");
  }

  @Test
  void aWrongTypeIsFound() {
    ((ObjectNode) deployment.at("/spec/job")).put("parallelism", "two");
    ((ObjectNode) deployment.at("/spec/flinkConfiguration")).put("rest.port", 8081);

    assertThat(schema.problems(deployment))
        .containsExactlyInAnyOrder(
            "spec.job.parallelism is not of type integer",
            "spec.flinkConfiguration.rest.port is not of type string");
  }

  @Test
  void aValueOutsideAnEnumerationIsFound() {
    ((ObjectNode) deployment.at("/spec/job")).put("upgradeMode", "hope");

    assertThat(schema.problems(deployment)).singleElement().asString().contains("not one of");
  }

  @Test
  void anotherKindIsFound() {
    deployment.put("kind", "FlinkSessionJob");

    assertThat(schema.problems(deployment)).containsExactly("kind is not FlinkDeployment");
  }

  @Test
  void startsTheJobUnprivilegedFromAReadOnlyImage() {
    assertThat(deployment.at("/spec/job/entryClass").asText())
        .isEqualTo(ClusterJob.class.getName());
    var pod = deployment.at("/spec/podTemplate/spec");
    assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
    assertThat(pod.at("/securityContext/seccompProfile/type").asText()).isEqualTo("RuntimeDefault");
    assertThat(container().at("/securityContext/readOnlyRootFilesystem").asBoolean()).isTrue();
    assertThat(container().at("/securityContext/allowPrivilegeEscalation").asBoolean(true))
        .isFalse();
    assertThat(container().path("name").asText()).isEqualTo("flink-main-container");
  }

  @Test
  void everyMountHasItsVolume() {
    var volumes = deployment.at("/spec/podTemplate/spec/volumes").findValuesAsText("name");
    for (JsonNode mount : container().path("volumeMounts")) {
      assertThat(volumes).contains(mount.path("name").asText());
    }
  }

  @Test
  void keepsWhatTheStandaloneClusterIsSetTo() throws IOException {
    var standalone = DeployFolder.flat("conf/config.yaml");
    var settings =
        new YAMLMapper()
            .<Map<String, String>>convertValue(
                deployment.at("/spec/flinkConfiguration"),
                new com.fasterxml.jackson.core.type.TypeReference<>() {});
    for (String key :
        new String[] {
          "env.java.opts.all",
          "state.backend.type",
          "execution.checkpointing.interval",
          "execution.checkpointing.mode",
          "execution.checkpointing.incremental",
          "execution.checkpointing.externalized-checkpoint-retention",
          "classloader.parent-first-patterns.additional",
          "metrics.reporter.prom.factory.class"
        }) {
      assertThat(settings).containsEntry(key, standalone.get(key));
    }
  }

  @Test
  void theConfigurationOfTheJobIsValid(@TempDir Path directory) throws IOException {
    var map = ofKind("ConfigMap");
    var file = directory.resolve("wenliu.yaml");
    Files.writeString(file, map.at("/data/wenliu.yaml").asText());

    PipelineConfig.read(file, Map.of());

    var mounted = container().path("volumeMounts");
    var arguments = deployment.at("/spec/job/args");
    assertThat(arguments.get(0).asText()).isEqualTo("--config");
    assertThat(arguments.get(1).asText())
        .isEqualTo(mountPath(mounted, "wenliu-config") + "/wenliu.yaml");
    assertThat(deployment.at("/spec/podTemplate/spec/volumes").toString())
        .contains(map.at("/metadata/name").asText());
  }

  private ObjectNode container() {
    return (ObjectNode) deployment.at("/spec/podTemplate/spec/containers/0");
  }

  private static String mountPath(JsonNode mounts, String name) {
    for (JsonNode mount : mounts) {
      if (mount.path("name").asText().equals(name)) {
        return mount.path("mountPath").asText();
      }
    }
    return "";
  }

  private static JsonNode ofKind(String kind) throws IOException {
    return DeployFolder.documents(MANIFEST).stream()
        .filter(document -> document.path("kind").asText().equals(kind))
        .findFirst()
        .orElseThrow();
  }
}
