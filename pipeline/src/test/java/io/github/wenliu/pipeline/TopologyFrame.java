package io.github.wenliu.pipeline;

import io.github.wenliu.operators.document.ControlChange;
import io.github.wenliu.operators.document.SourceRecord;
import io.github.wenliu.pipeline.config.PipelineConfig;
import io.github.wenliu.pipeline.kafka.Sources;
import java.time.Duration;
import java.util.List;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Where the topology of a test runs and what it reads, with the uids of the job. */
final class TopologyFrame {

  private TopologyFrame() {}

  /** An environment of its own that takes checkpoints often and starts again at once. */
  static StreamExecutionEnvironment environment(
      int parallelism, Duration checkpointInterval, int restarts) {
    var engine = PipelineJob.engine(new Configuration());
    engine.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, checkpointInterval);
    engine.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
    engine.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, restarts);
    engine.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(10));
    engine.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(64));
    return StreamExecutionEnvironment.createLocalEnvironment(parallelism, engine);
  }

  static DataStream<SourceRecord> documents(
      StreamExecutionEnvironment environment, PipelineConfig config, PartitionsSource source) {
    return environment
        .fromSource(source, Sources.watermarks(config, true), "documents")
        .uid("source-documents");
  }

  /** What people ask for, all of it before the first document. */
  static DataStream<ControlChange> control(
      StreamExecutionEnvironment environment, List<ControlChange> said) {
    return said.isEmpty()
        ? noControl(environment)
        : environment
            .fromSequence(0, said.size() - 1)
            .setParallelism(1)
            .uid("source-control")
            .map(number -> said.get(number.intValue()))
            .returns(ControlChange.class)
            .setParallelism(1)
            .uid("control");
  }

  /** A control topic that nobody writes to. */
  static DataStream<ControlChange> noControl(StreamExecutionEnvironment environment) {
    return environment
        .fromSequence(0, 0)
        .uid("source-control")
        .<ControlChange>flatMap((number, out) -> {})
        .returns(ControlChange.class)
        .uid("control");
  }
}
