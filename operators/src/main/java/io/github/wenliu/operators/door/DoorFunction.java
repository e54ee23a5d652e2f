package io.github.wenliu.operators.door;

import io.github.wenliu.operators.document.DeadLetter;
import io.github.wenliu.operators.document.Document;
import io.github.wenliu.operators.document.EnrichedDocument;
import io.github.wenliu.operators.document.EpochTime;
import io.github.wenliu.operators.document.Flag;
import io.github.wenliu.operators.document.RawRecord;
import io.github.wenliu.operators.document.SourceRecord;
import io.github.wenliu.operators.flood.FloodException;
import io.github.wenliu.operators.flood.FloodGuard;
import io.github.wenliu.operators.flood.FloodGuardParameters;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Gives each document its effective time and lets it in; sends the rest to the dead letters. Must
 * be chained to the source at equal parallelism, so that it sees each partition in order.
 */
public final class DoorFunction extends ProcessFunction<SourceRecord, EnrichedDocument>
    implements CheckpointedFunction {

  private static final long serialVersionUID = 1L;

  /** Name of this stage in dead letters. */
  public static final String STAGE = "door";

  public static final OutputTag<DeadLetter> DEAD_LETTERS =
      new OutputTag<>("dead-letters", TypeInformation.of(DeadLetter.class));

  static final String METRIC_DOCUMENTS = "documents";
  static final String METRIC_REJECTED = "rejected";
  static final String METRIC_CLAMPED = "clamped";

  private final EpochTime time;
  private final FloodGuardParameters floodGuard;

  private transient ListState<PartitionMark> marksState;
  private transient ListState<Long> epochLengthState;

  private transient PartitionMarks marks;
  private transient FloodGuard flood;
  private transient Counter documents;
  private transient Counter rejected;
  private transient Counter clamped;

  public DoorFunction(EpochTime time, FloodGuardParameters floodGuard) {
    this.time = time;
    this.floodGuard = floodGuard;
  }

  @Override
  public void initializeState(FunctionInitializationContext context) throws Exception {
    var store = context.getOperatorStateStore();
    marksState =
        store.getUnionListState(
            new ListStateDescriptor<>("partition-marks", TypeInformation.of(PartitionMark.class)));
    epochLengthState =
        store.getUnionListState(
            new ListStateDescriptor<>("epoch-length-millis", TypeInformation.of(Long.class)));
    marks = new PartitionMarks(time);
    for (PartitionMark mark : marksState.get()) {
      marks.merge(mark);
    }
    for (long epochMillis : epochLengthState.get()) {
      if (epochMillis != time.epochMillis()) {
        throw new SuppressRestartsException(
            new IllegalStateException(
                "time.epoch is "
                    + time.epochMillis()
                    + " ms but this state was written with "
                    + epochMillis
                    + " ms; an epoch's length is fixed at the first savepoint: set it back"));
      }
    }
  }

  @Override
  public void open(OpenContext context) {
    flood = new FloodGuard(floodGuard);
    var metrics = getRuntimeContext().getMetricGroup().addGroup(STAGE);
    documents = metrics.counter(METRIC_DOCUMENTS);
    rejected = metrics.counter(METRIC_REJECTED);
    clamped = metrics.counter(METRIC_CLAMPED);
  }

  @Override
  public void processElement(
      SourceRecord record, Context context, Collector<EnrichedDocument> out) {
    boolean isRejected = record.rejection() != null;
    if (flood.isFlooded(isRejected)) {
      throw new SuppressRestartsException(
          new FloodException(
              flood,
              "records are no documents",
              record.raw().origin(),
              record.rejection().errorClass().name(),
              "Check the topic and its producer"));
    }
    if (isRejected) {
      rejected.inc();
      context.output(DEAD_LETTERS, turnedAway(record));
    } else {
      documents.inc();
      out.collect(letIn(record.raw(), record.document()));
    }
  }

  private DeadLetter turnedAway(SourceRecord record) {
    var raw = record.raw();
    long effective = marks.current(raw.topic(), raw.partition());
    return new DeadLetter(raw, STAGE, record.rejection(), time.epochOf(effective));
  }

  private EnrichedDocument letIn(RawRecord raw, Document document) {
    Long event = document.timeMillis();
    long effective;
    int flags = 0;
    if (event == null) {
      effective = marks.current(raw.topic(), raw.partition());
    } else if (time.believes(event, raw.appendMillis())) {
      effective = marks.advance(raw.topic(), raw.partition(), event);
    } else {
      clamped.inc();
      flags = Flag.CLAMPED.bit();
      effective = marks.current(raw.topic(), raw.partition());
    }
    return EnrichedDocument.entering(raw, document, effective, time.epochOf(effective), flags);
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) throws Exception {
    marksState.update(marks.snapshot());
    epochLengthState.update(List.of(time.epochMillis()));
  }
}
