package io.github.wenliu.operators.extract;

import io.github.wenliu.models.extract.Extraction;
import io.github.wenliu.models.extract.ExtractionRequest;
import io.github.wenliu.models.extract.Extractor;
import io.github.wenliu.models.extract.ModelSelection;
import io.github.wenliu.models.inference.InferenceMetrics;
import io.github.wenliu.operators.async.OutageException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Function;

/**
 * The models that a subtask has open. One that no document has asked for in a long while is given
 * back, and so is the one that was not asked for the longest when there would be too many; never
 * one with a document under way. Models are opened and given back on threads of their own, as
 * either may take long. Used by one thread.
 */
final class ModelLeases implements AutoCloseable {

  /** Models that stay open, those with documents under way not counted. */
  static final int MOST = 4;

  /** Documents of other models behind which a model is given back. */
  static final long IDLE_DOCUMENTS = 10_000;

  private record Key(String model, String schemes) {}

  private final ExtractorFactory factory;
  private final Function<String, InferenceMetrics> metrics;
  private final Executor threads;
  private final Map<Key, Lease> leases = new HashMap<>();
  private long documents;

  /**
   * @param metrics of a model, asked for on the thread that uses the leases
   * @param threads where models are opened and given back
   */
  ModelLeases(
      ExtractorFactory factory, Function<String, InferenceMetrics> metrics, Executor threads) {
    this.factory = factory;
    this.metrics = metrics;
    this.threads = threads;
  }

  /** A model that is open, or on its way. */
  final class Lease {

    private final CompletableFuture<Extractor> opened;
    private long lastUse;
    private int underWay;

    private Lease(CompletableFuture<Extractor> opened) {
      this.opened = opened;
    }

    /** Completed when the model is open, with a {@link NotOpenException} if it cannot be. */
    CompletableFuture<Extractor> opened() {
      return opened;
    }

    /** Extracts once the model is open; {@link #end} must follow. */
    CompletableFuture<Answer> extract(ExtractionRequest request) {
      underWay++;
      return opened.thenCompose(
          extractor ->
              extractor
                  .extract(request)
                  .thenApply(extraction -> new Answer(extractor.selection(), extraction)));
    }

    /** Says that an extraction has come to its end, or is not waited for any more. */
    void end() {
      underWay--;
    }

    /** One that is still being opened is given back by the thread that opens it. */
    private void giveBack() {
      threads.execute(
          () ->
              opened.whenComplete(
                  (extractor, failure) -> {
                    if (extractor != null) {
                      extractor.close();
                    }
                  }));
    }
  }

  /** What a model said. */
  record Answer(ModelSelection selection, Extraction extraction) {}

  /** A model cannot be opened, which is no document's fault. */
  static final class NotOpenException extends OutageException {

    private static final long serialVersionUID = 1L;

    private NotOpenException(String model, String schemes, Throwable cause) {
      super("%s:%s cannot be opened: %s".formatted(model, schemes, cause.getMessage()), cause);
    }
  }

  /** The lease of a model, which is opened if it is not. */
  Lease of(String model, String schemes) {
    var key = new Key(model, schemes);
    var lease = leases.get(key);
    if (lease == null || lease.opened.isCompletedExceptionally()) {
      lease = new Lease(open(key));
      leases.put(key, lease);
    }
    lease.lastUse = ++documents;
    if (leases.size() > 1) {
      giveBackIdle();
    }
    return lease;
  }

  private CompletableFuture<Extractor> open(Key key) {
    var told = metrics.apply(key.model());
    return CompletableFuture.supplyAsync(
            () -> factory.open(key.model(), key.schemes(), told), threads)
        .exceptionally(
            failure -> {
              var cause = failure instanceof CompletionException ? failure.getCause() : failure;
              throw new NotOpenException(key.model(), key.schemes(), cause);
            });
  }

  private void giveBackIdle() {
    var all = leases.values().iterator();
    Lease oldest = null;
    while (all.hasNext()) {
      var lease = all.next();
      if (lease.underWay > 0) {
        continue;
      }
      if (documents - lease.lastUse >= IDLE_DOCUMENTS) {
        lease.giveBack();
        all.remove();
      } else if (oldest == null || lease.lastUse < oldest.lastUse) {
        oldest = lease;
      }
    }
    if (leases.size() > MOST && oldest != null && oldest.lastUse < documents) {
      oldest.giveBack();
      leases.values().remove(oldest);
    }
  }

  /** Gives all models back, without waiting for what is under way. */
  @Override
  public void close() {
    leases.values().forEach(Lease::giveBack);
    leases.clear();
  }
}
