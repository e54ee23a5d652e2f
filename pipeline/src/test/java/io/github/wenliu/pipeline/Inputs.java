package io.github.wenliu.pipeline;

import io.github.wenliu.operators.document.ControlChange;
import io.github.wenliu.operators.document.SourceRecord;
import io.github.wenliu.pipeline.config.PipelineConfig;
import io.github.wenliu.pipeline.kafka.Sources;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** What the topology of a test reads, with the uids of the job. */
final class Inputs {

  private Inputs() {}

  static DataStream<SourceRecord> documents(
      StreamExecutionEnvironment environment, PipelineConfig config, PartitionsSource source) {
    return environment
        .fromSource(source, Sources.watermarks(config, true), "documents")
        .uid("source-documents");
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
