package io.github.wenliu.operators.link;

import io.github.wenliu.models.inference.InferenceMetrics;
import io.github.wenliu.models.link.LinkModel;
import io.github.wenliu.operators.document.Setting;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Keeps each entry and says what its changes mean under its aliases: to those who answer for the
 * alias with the entry as it stands there, to those who find mentions that there is one more or one
 * less. Keyed by {@code channel/id}.
 */
public final class EntryAliasesFunction
    extends KeyedProcessFunction<String, KbUpdate, AliasChange> {

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

  private transient LinkModel model;
  private transient EntryAliases aliases;
  private transient Counter updates;
  private transient Counter changes;

  public EntryAliasesFunction(LinkModelFactory models) {
    this.models = models;
  }

  @Override
  public void open(OpenContext context) {
    entryState =
        getRuntimeContext()
            .getState(new ValueStateDescriptor<>("entry", LinkTypeInformation.ENTRY));
    redirectedState =
        getRuntimeContext()
            .getMapState(
                new MapStateDescriptor<>(
                    "redirected-names", Types.STRING, Types.LIST(Types.STRING)));
    model = models.open(InferenceMetrics.NONE);
    aliases = new EntryAliases(model);
    var metrics = getRuntimeContext().getMetricGroup().addGroup(STAGE);
    updates = metrics.counter(METRIC_UPDATES);
    changes = metrics.counter(METRIC_CHANGES);
  }

  @Override
  public void processElement(KbUpdate update, Context context, Collector<AliasChange> out)
      throws Exception {
    updates.inc();
    var known = entryState.value();
    var before = known == null ? KnownEntry.NONE : known;
    var redirected = redirected(before);
    var after =
        update.names() == null
            ? aliases.known(update.entry(), before)
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
      out.collect(
          new AliasChange(update.channel(), alias, update.id(), difference.candidate(), epoch));
      if (difference.delta() != 0) {
        context.output(MARKS, AliasMark.of(update.channel(), alias, difference.delta(), epoch));
      }
    }
    // What holds for all time makes no version.
    if (epoch != Setting.ALWAYS) {
      context.output(MARKS, AliasMark.version(update.channel(), epoch));
    }
  }

  private KnownEntry withNames(KnownEntry before, String source, List<String> names)
      throws Exception {
    boolean was = before.sources() > 0 && redirectedState.contains(source);
    if (names.isEmpty()) {
      redirectedState.remove(source);
    } else {
      redirectedState.put(source, names);
    }
    int more = (names.isEmpty() ? 0 : 1) - (was ? 1 : 0);
    return new KnownEntry(before.entry(), before.vector(), before.sources() + more);
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
  public void close() {
    if (model != null) {
      model.close();
    }
  }
}
