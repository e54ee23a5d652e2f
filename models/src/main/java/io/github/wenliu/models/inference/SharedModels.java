package io.github.wenliu.models.inference;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * What a process has opened, shared by all who use it: opened by the first, closed by the last. Two
 * who ask at the same time get the same one; whoever comes second waits. An opening that fails
 * fails for those who wait and is forgotten. In a cluster this class stands above the class loaders
 * of jobs, so restarts and jobs side by side share too.
 */
public final class SharedModels {

  private static final SharedModels PROCESS = new SharedModels();

  private final Map<Key, Entry> entries = new HashMap<>();

  /**
   * What makes two opened things the same.
   *
   * @param checksum of the package
   * @param schemes that were opened
   * @param parameters how it runs
   */
  public record Key(String checksum, String schemes, InferenceParameters parameters) {}

  /** A share in something opened; to be closed once, closing again does nothing. */
  public final class Share<T> implements AutoCloseable {

    private final Key key;
    private final Entry entry;
    private final T value;
    private boolean closed;

    private Share(Key key, Entry entry, T value) {
      this.key = key;
      this.entry = entry;
      this.value = value;
    }

    public T value() {
      return value;
    }

    @Override
    public void close() {
      synchronized (this) {
        if (closed) {
          return;
        }
        closed = true;
      }
      release(key, entry);
    }
  }

  private static final class Entry {
    final CompletableFuture<AutoCloseable> opened = new CompletableFuture<>();
    int users;
  }

  SharedModels() {}

  /** The one of this process. */
  public static SharedModels ofProcess() {
    return PROCESS;
  }

  /**
   * A share in what the key names, opened here if nobody has.
   *
   * @param opener opens it and runs it once, so that the first row is as fast as the others
   * @throws ModelException if it cannot be opened
   */
  public <T extends AutoCloseable> Share<T> acquire(Key key, Class<T> type, Callable<T> opener) {
    Entry entry;
    boolean first;
    synchronized (entries) {
      entry = entries.computeIfAbsent(key, k -> new Entry());
      first = entry.users++ == 0;
    }
    try {
      if (first) {
        open(key, entry, opener);
      }
      return new Share<>(key, entry, type.cast(entry.opened.get()));
    } catch (ExecutionException e) {
      release(key, entry);
      // a new one each time, as each has its own stack and may be changed by its thread
      throw new ModelException(e.getCause().getMessage(), e.getCause());
    } catch (InterruptedException e) {
      release(key, entry);
      Thread.currentThread().interrupt();
      throw new ModelException("interrupted while a model was opened", e);
    } catch (RuntimeException e) {
      release(key, entry);
      throw e;
    }
  }

  /** How many things are open or being opened. */
  public int size() {
    synchronized (entries) {
      return entries.size();
    }
  }

  private void open(Key key, Entry entry, Callable<? extends AutoCloseable> opener) {
    try {
      entry.opened.complete(opener.call());
    } catch (Throwable e) {
      synchronized (entries) {
        entries.remove(key, entry);
      }
      if (e instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      }
      entry.opened.completeExceptionally(
          e instanceof ModelException
              ? e
              : new ModelException("a model cannot be opened: " + e, e));
      if (e instanceof Error error) {
        throw error;
      }
    }
  }

  private void release(Key key, Entry entry) {
    synchronized (entries) {
      if (--entry.users > 0) {
        return;
      }
      entries.remove(key, entry);
    }
    if (entry.opened.isDone() && !entry.opened.isCompletedExceptionally()) {
      try {
        entry.opened.join().close();
      } catch (RuntimeException e) {
        throw e;
      } catch (Exception e) {
        throw new ModelException("a model cannot be closed: " + e, e);
      }
    }
  }
}
