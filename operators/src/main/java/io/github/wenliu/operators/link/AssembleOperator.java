package io.github.wenliu.operators.link;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Brings a document and the answers to its questions together. Every question is answered, so it
 * counts and needs no timer; answers may come before their document. Keyed by the document's {@code
 * topic-partition-offset}.
 *
 * <p>What waits is a moment's work: it stands in memory and, at a checkpoint, in state. To write
 * and read each answer cost more than all else that happens to it.
 *
 * <p>First input: {@link LinkTask}. Second input: {@link AliasAnswer}.
 */
public final class AssembleOperator extends AbstractStreamOperator<LinkTask>
    implements TwoInputStreamOperator<LinkTask, AliasAnswer, LinkTask> {

  private static final long serialVersionUID = 1L;

  /** Name of this stage. */
  public static final String STAGE = "assemble";

  static final String METRIC_WAITING = "waitingDocuments";

  private static final String TASK = "task";
  private static final String ANSWERS = "answers";

  private transient ValueState<LinkTask> taskState;
  private transient ListState<AliasAnswer> answersState;

  /** By key: what waits. */
  private transient Map<String, Waiting> waiting;

  /** The keys that have a state. */
  private transient Set<String> saved;

  private static final class Waiting {
    private LinkTask task;

    /** Of the task; 0 before it has come. */
    private int questions;

    /** Those that have come. */
    private final List<AliasAnswer> answers = new ArrayList<>();

    private void take(LinkTask task) {
      this.task = task;
      this.questions = task.questions();
    }

    private boolean isComplete() {
      return answers.size() == questions;
    }
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    var keyed = getKeyedStateStore();
    taskState = keyed.getState(new ValueStateDescriptor<>(TASK, LinkTypeInformation.TASK));
    answersState =
        keyed.getListState(new ListStateDescriptor<>(ANSWERS, LinkTypeInformation.ANSWER));
    waiting = new HashMap<>();
    saved = new HashSet<>();
    saved.addAll(keys(TASK));
    saved.addAll(keys(ANSWERS));
    for (String key : saved) {
      setCurrentKey(key);
      var of = waitingOf(key);
      var task = taskState.value();
      if (task != null) {
        of.take(task);
      }
      answersState.get().forEach(of.answers::add);
    }
  }

  /** The keys of this subtask that have a state. */
  private List<String> keys(String state) {
    try (var keys = this.<String>getKeyedStateBackend().getKeys(state, VoidNamespace.INSTANCE)) {
      return keys.toList();
    }
  }

  @Override
  public void open() throws Exception {
    super.open();
    getMetricGroup().addGroup(STAGE).gauge(METRIC_WAITING, () -> waiting.size());
  }

  @Override
  public void processElement1(StreamRecord<LinkTask> element) {
    var task = element.getValue();
    if (task.mentions().isEmpty()) {
      output.collect(new StreamRecord<>(task));
      return;
    }
    var key = task.key();
    var of = waitingOf(key);
    of.take(task);
    assembleIfComplete(key, of);
  }

  @Override
  public void processElement2(StreamRecord<AliasAnswer> element) {
    var answer = element.getValue();
    var key = answer.document();
    var of = waitingOf(key);
    of.answers.add(answer);
    assembleIfComplete(key, of);
  }

  private Waiting waitingOf(String key) {
    return waiting.computeIfAbsent(key, unused -> new Waiting());
  }

  private void assembleIfComplete(String key, Waiting of) {
    if (of.isComplete()) {
      waiting.remove(key);
      of.answers.sort(Comparator.comparing(AliasAnswer::alias));
      output.collect(new StreamRecord<>(of.task.with(of.answers)));
    }
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    saved.removeAll(waiting.keySet());
    for (String done : saved) {
      setCurrentKey(done);
      taskState.clear();
      answersState.clear();
    }
    saved.clear();
    for (var entry : waiting.entrySet()) {
      setCurrentKey(entry.getKey());
      var of = entry.getValue();
      if (of.task != null) {
        taskState.update(of.task);
      }
      answersState.update(of.answers);
      saved.add(entry.getKey());
    }
  }
}
