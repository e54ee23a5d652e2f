package io.github.wenliu.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wenliu.operators.document.ModelChoice;
import io.github.wenliu.pipeline.config.PipelineConfig;
import io.github.wenliu.pipeline.kafka.ControlBootstrap;
import io.github.wenliu.pipeline.kafka.Preflight;
import io.github.wenliu.pipeline.kafka.Topic;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A savepoint finds its state by these names: whoever changes one loses the state behind it. */
class UidsTest {

  @ParameterizedTest
  @CsvSource({
    "exactly-once, false",
    "exactly-once, true",
    "at-least-once, false",
    "at-least-once, true"
  })
  void everyOperatorIsListedAndNothingElse(String delivery, boolean bounded) {
    assertThat(nodes(delivery, bounded))
        .extracting(StreamNode::getTransformationUID)
        .doesNotContainNull()
        .containsExactlyInAnyOrderElementsOf(listed());
  }

  @ParameterizedTest
  @CsvSource({"exactly-once", "at-least-once"})
  void everyOperatorHasTheSameKeyGroups(String delivery) {
    assertThat(Topology.MAX_PARALLELISM).isEqualTo(720);
    var environment = environment();
    wire(environment, delivery, false);
    assertThat(environment.getStreamGraph(false).getJobGraph().getVertices())
        .isNotEmpty()
        .allSatisfy(vertex -> assertThat(vertex.getMaxParallelism()).isEqualTo(720));
  }

  private static Collection<StreamNode> nodes(String delivery, boolean bounded) {
    var environment = environment();
    wire(environment, delivery, bounded);
    return environment.getStreamGraph(false).getStreamNodes();
  }

  private static void wire(
      StreamExecutionEnvironment environment, String delivery, boolean bounded) {
    var sizes = new EnumMap<Topic, Long>(Topic.class);
    for (Topic topic : Topic.values()) {
      sizes.put(topic, 1_000_000L);
    }
    PipelineJob.wire(
        environment,
        PipelineConfig.of(Map.of("delivery", delivery)),
        new PipelineJob.Surroundings(
            new Preflight.Findings(4, sizes),
            ControlBootstrap.EMPTY,
            Set.of(),
            new ModelChoice("fast/v1", "news"),
            "link/v1",
            Map.of()),
        bounded);
  }

  private static StreamExecutionEnvironment environment() {
    return StreamExecutionEnvironment.getExecutionEnvironment(
        PipelineJob.engine(new Configuration()));
  }

  private static List<String> listed() {
    try (var in = UidsTest.class.getResourceAsStream("/wenliu/uids.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
