package io.github.wenliu.models.inference;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * Tells what happens in a shared model to one of those who share it, the one who has done so
 * longest: each batch is counted once, and goes on being counted when that one leaves.
 */
public final class SharedMetrics implements InferenceMetrics {
  private final List<InferenceMetrics> users = new CopyOnWriteArrayList<>();

  public void add(InferenceMetrics user) {
    users.add(user);
  }

  public void remove(InferenceMetrics user) {
    users.remove(user);
  }

  @Override
  public void batch(int rows, int tokens, int paddedTokens, long nanos) {
    tell(user -> user.batch(rows, tokens, paddedTokens, nanos));
  }

  @Override
  public void waited(long nanos) {
    tell(user -> user.waited(nanos));
  }

  @Override
  public void failed(int rows) {
    tell(user -> user.failed(rows));
  }

  @Override
  public void timedOut(int rows) {
    tell(user -> user.timedOut(rows));
  }

  @Override
  public void fellBackToCpu() {
    tell(InferenceMetrics::fellBackToCpu);
  }

  private void tell(Consumer<InferenceMetrics> what) {
    // an iterator sees one state of the list, whoever leaves meanwhile
    var all = users.iterator();
    if (all.hasNext()) {
      what.accept(all.next());
    }
  }
}
