package io.github.wenliu.operators.link;

import io.github.wenliu.models.inference.InferenceMetrics;
import io.github.wenliu.models.link.LinkModel;
import io.github.wenliu.operators.document.Setting;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.FlinkRuntimeException;
import org.apache.flink.util.OutputTag;

/**
 * Keeps each entry and says what its changes mean under its aliases: to those who answer for the
 * alias with the entry as it stands there, to those who find mentions that there is one more or one
 * less. Keyed by {@code channel/id}.
 *
 * <p>An operator and not a function, so that descriptions can be encoded many at once: what holds
 * for all time waits for more of its kind until a watermark or a checkpoint comes, and no document
 * needs it before.
 */
public final class EntryAliasesOperator extends AbstractStreamOperator<AliasChange>
    implements OneInputStreamOperator<KbUpdate, AliasChange>, BoundedOneInput {

  private static final long serialVersionUID = 1L;

  /** Name of this stage. */
  public static final String STAGE = "entry-aliases";

  /** For whoever finds mentions. */
  public static final OutputTag<AliasMark> MARKS =
      new OutputTag<>("alias-marks", LinkTypeInformation.MARK);

  static final String METRIC_UPDATES = "updates";
  static final String METRIC_CHANGES = "aliasChanges";

  private final LinkModelFactory models;

  private transient ValueState<KnownEntry> entryState;
  private transient MapState<String, List<String>> redirectedState;
  private transient ListState<String> modelState;

  /** Taken together; none is left at a checkpoint. */
  private transient List<KbUpdate> waiting;

  private transient LinkModel model;
  private transient EntryAliases aliases;
  private transient Counter updates;
  private transient Counter changes;

  public EntryAliasesOperator(LinkModelFactory models) {
    this.models = models;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    var keyed = getKeyedStateStore();
    entryState = keyed.getState(new ValueStateDescriptor<>("entry", LinkTypeInformation.ENTRY));
    redirectedState =
        keyed.getMapState(
            new MapStateDescriptor<>("redirected-names", Types.STRING, Types.LIST(Types.STRING)));
    modelState =
        context
            .getOperatorStateStore()
            .getUnionListState(new ListStateDescriptor<>("encoded-by", Types.STRING));
    waiting = new ArrayList<>(EntryAliases.TOGETHER);
  }

  @Override
  public void open() throws Exception {
    super.open();
    model = models.open(InferenceMetrics.NONE);
    for (String encoder : modelState.get()) {
      if (!encoder.equals(model.id())) {
        throw new FlinkRuntimeException(
            "the knowledge base in state was encoded by %s, link.model is %s: go on with %s, or start without that state"
                .formatted(encoder, model.id(), encoder));
      }
    }
    aliases = new EntryAliases(model);
    var metrics = getMetricGroup().addGroup(STAGE);
    updates = metrics.counter(METRIC_UPDATES);
    changes = metrics.counter(METRIC_CHANGES);
  }

  @Override
  public void processElement(StreamRecord<KbUpdate> element) throws Exception {
    var update = element.getValue();
    waiting.add(update);
    if (update.epoch() != Setting.ALWAYS || waiting.size() == EntryAliases.TOGETHER) {
      takeAll();
    }
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    takeAll();
    super.processWatermark(mark);
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpoint) throws Exception {
    takeAll();
    super.prepareSnapshotPreBarrier(checkpoint);
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    modelState.update(List.of(model.id()));
  }

  @Override
  public void endInput() throws Exception {
    takeAll();
  }

  private void takeAll() throws Exception {
    var known = aliases.known(waiting.stream().map(KbUpdate::entry).toList());
    for (int i = 0; i < known.size(); i++) {
      setCurrentKey(waiting.get(i).key());
      take(waiting.get(i), known.get(i));
    }
    waiting.clear();
  }

  private void take(KbUpdate update, KnownEntry known) throws Exception {
    updates.inc();
    var there = entryState.value();
    var before = there == null ? KnownEntry.NONE : there;
    var redirected = redirected(before);
    var after =
        update.names() == null
            ? known.withSources(before.sources())
            : withNames(before, update.source(), update.names());
    var formerly = aliases.candidates(before, redirected);
    var now = aliases.candidates(after, update.names() == null ? redirected : redirected(after));
    if (after.isEmpty()) {
      entryState.clear();
    } else {
      entryState.update(after);
    }
    long epoch = update.epoch();
    for (var difference : EntryAliases.differences(formerly, now)) {
      var alias = difference.alias();
      changes.inc();
      output.collect(
          new StreamRecord<>(
              new AliasChange(
                  update.channel(), alias, update.id(), difference.candidate(), epoch)));
      if (difference.delta() != 0) {
        mark(AliasMark.of(update.channel(), alias, difference.delta(), epoch));
      }
    }
    // What holds for all time makes no version.
    if (epoch != Setting.ALWAYS) {
      mark(AliasMark.version(update.channel(), epoch));
    }
  }

  private void mark(AliasMark mark) {
    output.collect(MARKS, new StreamRecord<>(mark));
  }

  private KnownEntry withNames(KnownEntry before, String source, List<String> names)
      throws Exception {
    boolean was = before.sources() > 0 && redirectedState.contains(source);
    if (names.isEmpty()) {
      redirectedState.remove(source);
    } else {
      redirectedState.put(source, names);
    }
    return before.withSources(before.sources() + (names.isEmpty() ? 0 : 1) - (was ? 1 : 0));
  }

  private List<String> redirected(KnownEntry known) throws Exception {
    if (known.sources() == 0) {
      return List.of();
    }
    var names = new ArrayList<String>();
    for (List<String> ofSource : redirectedState.values()) {
      names.addAll(ofSource);
    }
    return names;
  }

  @Override
  public void close() throws Exception {
    super.close();
    if (model != null) {
      model.close();
    }
  }
}
