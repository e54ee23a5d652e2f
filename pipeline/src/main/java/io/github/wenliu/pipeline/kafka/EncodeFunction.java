package io.github.wenliu.pipeline.kafka;

import io.github.wenliu.operators.cluster.Alignment;
import io.github.wenliu.operators.document.DeadLetter;
import io.github.wenliu.operators.document.EnrichedDocument;
import io.github.wenliu.operators.document.ErrorClass;
import io.github.wenliu.operators.document.Rejection;
import io.github.wenliu.pipeline.codec.EnrichedEncoder;
import io.github.wenliu.pipeline.codec.OutgoingRecord;
import io.github.wenliu.pipeline.codec.WordsOutput;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Encodes enriched documents; what does not fit into a record of the topic becomes a dead letter.
 */
final class EncodeFunction extends ProcessFunction<EnrichedDocument, OutgoingRecord> {

  private static final long serialVersionUID = 1L;

  static final String STAGE = "sink";
  static final OutputTag<DeadLetter> DEAD_LETTERS =
      new OutputTag<>("oversize", TypeInformation.of(DeadLetter.class));
  static final String METRIC_OVERSIZE = "oversize";

  private final WordsOutput wordsOutput;
  private final String pipelineVersion;
  private final Alignment memberships;
  private final long maxBytes;

  private transient EnrichedEncoder encoder;
  private transient Counter oversize;

  EncodeFunction(
      WordsOutput wordsOutput, String pipelineVersion, Alignment memberships, long maxBytes) {
    this.wordsOutput = wordsOutput;
    this.pipelineVersion = pipelineVersion;
    this.memberships = memberships;
    this.maxBytes = maxBytes;
  }

  @Override
  public void open(OpenContext context) {
    encoder = new EnrichedEncoder(wordsOutput, pipelineVersion, memberships);
    oversize = getRuntimeContext().getMetricGroup().addGroup(STAGE).counter(METRIC_OVERSIZE);
  }

  @Override
  public void processElement(
      EnrichedDocument document, Context context, Collector<OutgoingRecord> out) {
    var record = encoder.encode(document);
    if (record.size() <= maxBytes) {
      out.collect(record);
      return;
    }
    oversize.inc();
    var reason =
        new Rejection(
            ErrorClass.SERIALISE,
            EncodeFunction.class.getName(),
            "the enriched record has "
                + record.size()
                + " bytes, the topic takes "
                + maxBytes
                + ": raise max.message.bytes of enriched, or set output.words to new or none");
    context.output(DEAD_LETTERS, new DeadLetter(document.raw(), STAGE, reason, document.epoch()));
  }
}
