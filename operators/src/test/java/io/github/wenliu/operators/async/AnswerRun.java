package io.github.wenliu.operators.async;

import io.github.wenliu.operators.document.DeadLetter;
import io.github.wenliu.operators.document.EnrichedDocument;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.tasks.mailbox.TaskMailbox;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;

/**
 * An operator that asks a model, in a harness, with a model that answers when the test tells it to.
 * Documents are told by their offsets, questions by the order in which they were asked.
 *
 * @param <T> what comes in
 */
public abstract class AnswerRun<T> implements AutoCloseable {

  private final OneInputStreamOperatorTestHarness<T, EnrichedDocument> harness;
  private final OutputTag<DeadLetter> deadLetters;

  protected AnswerRun(
      OneInputStreamOperatorTestHarness<T, EnrichedDocument> harness,
      OutputTag<DeadLetter> deadLetters)
      throws Exception {
    this.harness = harness;
    this.deadLetters = deadLetters;
    harness.setup();
    harness.setProcessingTime(0);
  }

  /** What comes in with the document at an offset. */
  protected abstract T input(int offset);

  /** The document in that. */
  protected abstract EnrichedDocument document(int offset);

  /** How many questions the model has been asked. */
  protected abstract int questions();

  /** What it was asked. */
  protected abstract Object asked(int question);

  /** Where the answer goes. */
  protected abstract CompletableFuture<?> answerTo(int question);

  /** Answers as a good model would. */
  protected abstract void reply(int question);

  public OneInputStreamOperatorTestHarness<T, EnrichedDocument> harness() {
    return harness;
  }

  public void open(OperatorSubtaskState state) throws Exception {
    harness.initializeState(state);
    harness.open();
  }

  public void send(T input) throws Exception {
    harness.processElement(new StreamRecord<>(input, 0));
  }

  /**
   * Documents from one offset to another, each when the model has been asked about the one before:
   * those that wait for it to open are asked in any order.
   */
  public void send(int from, int to) throws Exception {
    for (int i = from; i < to; i++) {
      send(input(i));
      awaitQuestions(i + 1);
    }
  }

  /** The model is asked when it is open, which another thread may still be busy with. */
  public void awaitQuestions(int count) throws InterruptedException {
    while (questions() < count) {
      Thread.sleep(1);
    }
  }

  /** Lets what has been completed come out. */
  public void mail() throws Exception {
    var mailbox = harness.getTaskMailbox();
    for (var mail = mailbox.tryTake(TaskMailbox.MIN_PRIORITY);
        mail.isPresent();
        mail = mailbox.tryTake(TaskMailbox.MIN_PRIORITY)) {
      mail.get().run();
    }
  }

  public void answer(int... questions) throws Exception {
    IntStream.of(questions).forEach(this::reply);
    mail();
  }

  public void answerAll() throws Exception {
    answer(IntStream.range(0, questions()).toArray());
  }

  public void fail(int question, Throwable failure) throws Exception {
    answerTo(question).completeExceptionally(failure);
    mail();
  }

  /** Offsets of documents, and marks, as they came out. */
  public List<Object> out() {
    var out = new ArrayList<Object>();
    for (Object element : harness.getOutput()) {
      out.add(
          element instanceof StreamRecord<?> record
              ? ((EnrichedDocument) record.getValue()).raw().offset()
              : element);
    }
    return out;
  }

  public List<EnrichedDocument> emitted() {
    return harness.extractOutputValues();
  }

  public List<DeadLetter> letters() {
    var letters = harness.getSideOutput(deadLetters);
    return letters == null ? List.of() : letters.stream().map(StreamRecord::getValue).toList();
  }

  @Override
  public void close() throws Exception {
    harness.close();
    harness.getEnvironment().close();
  }
}
