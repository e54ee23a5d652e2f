package io.github.wenliu.operators.newword;

import java.util.Arrays;

/**
 * Finds the candidates in the windows of a shard and what one direction knows of each: its count,
 * its {@link Extensions} by one symbol, and the counts of the n-grams it begins with.
 *
 * <p>Windows come in ascending order, so all that begin with the same n-gram come together: the
 * scan keeps the n-grams that two windows have begun with, one for each order, and closes those
 * that the next window does not begin with. The n-grams that only one window begins with need no
 * place: most windows occur once, and then all they say is that their longest shared beginning has
 * one more extension. Counts of an n-gram's beginnings are known when these are closed, so
 * candidates wait until the two symbols they begin with are. O(windows); memory for the candidates
 * of two symbols. Used for one shard after the other.
 */
final class CandidateScan implements WindowRun.Sink {

  /** Takes each candidate; arrays and extensions are reused. */
  interface Consumer {

    /**
     * @param symbols the candidate in the direction of the windows
     * @param length its symbols
     * @param count its occurrences
     * @param extensions by one more symbol
     * @param parts {@code parts[k]}: occurrences of its first {@code k} symbols, from two to one
     *     less than all
     */
    void candidate(int[] symbols, int length, long count, Extensions extensions, long[] parts);
  }

  private static final int ROOT = Ngrams.MIN_WORD;

  private final int minCount;
  private final SymbolLogs logs;
  private final Consumer consumer;
  private RunNames runs;

  /** The newest window; n-gram {@code d} is {@code path[0 .. d-1]}. */
  private final int[] path = new int[Ngrams.MAX_ORDER];

  private int depth;
  private long newest;

  /** The n-grams of two to so many symbols are open: the newest window shares them. */
  private int open;

  // What is known of the open n-grams, by order, the newest window not counted.
  private final long[] counts = new long[Ngrams.MAX_ORDER + 1];
  private final Extensions[] extensions = new Extensions[Ngrams.MAX_ORDER + 1];

  /** Candidates that were waiting when an n-gram was opened. */
  private final int[] opened = new int[Ngrams.MAX_ORDER + 1];

  // The waiting candidates: symbols and parts at i * MAX_WORD.
  private int waiting;
  private int[] waitingSymbols = new int[16 * Ngrams.MAX_WORD];
  private int[] waitingLength = new int[16];
  private long[] waitingCount = new long[16];
  private Extensions[] waitingExtensions = new Extensions[16];
  private long[] waitingParts = new long[16 * Ngrams.MAX_WORD];

  private final int[] symbols = new int[Ngrams.MAX_WORD];
  private final long[] parts = new long[Ngrams.MAX_WORD];

  /**
   * @param minCount occurrences below which nothing is a candidate
   * @param logs of symbols
   */
  CandidateScan(int minCount, SymbolLogs logs, Consumer consumer) {
    this.minCount = minCount;
    this.logs = logs;
    this.consumer = consumer;
    fill(extensions, 0);
    fill(waitingExtensions, 0);
  }

  private void fill(Extensions[] into, int from) {
    for (int i = from; i < into.length; i++) {
      into[i] = new Extensions(logs);
    }
  }

  /**
   * Begins with a shard.
   *
   * @param names of its Latin runs
   */
  void start(RunNames names) {
    runs = names;
    logs.start(names);
    depth = 0;
    open = 0;
  }

  @Override
  public void accept(int[] window, int length, long count) {
    int shared = 0;
    int end = Math.min(length, depth);
    while (shared < end && window[shared] == path[shared]) {
      shared++;
    }
    closeTo(shared);
    for (int k = shared; k < length; k++) {
      path[k] = window[k];
    }
    depth = length;
    newest = count;
  }

  /** Hands out what is still waiting; the shard's last window has come. */
  void finish() {
    closeTo(0);
  }

  /** Counts the newest window and closes all n-grams of more than so many symbols. */
  private void closeTo(int shared) {
    if (depth == 0) {
      return;
    }
    // What is frequent enough to be a candidate needs its place, though one window has it all.
    int needed = newest >= minCount ? depth : shared;
    for (int d = Math.max(open + 1, ROOT); d <= needed; d++) {
      counts[d] = 0;
      extensions[d].clear();
      opened[d] = waiting;
      open = d;
    }
    if (open >= ROOT) {
      counts[open] += newest;
      if (depth > open) {
        extensions[open].add(path[open], newest);
      }
    }
    while (open > shared && open >= ROOT) {
      close(open--);
    }
    if (open < ROOT) {
      open = 0;
    }
  }

  private void close(int d) {
    long count = counts[d];
    if (count >= minCount) {
      for (int i = opened[d]; i < waiting; i++) {
        waitingParts[i * Ngrams.MAX_WORD + d] = count;
      }
      if (d <= Ngrams.MAX_WORD && runs.mayBeWord(path, d)) {
        await(d);
      }
    }
    if (d > ROOT) {
      counts[d - 1] += count;
      extensions[d - 1].add(path[d - 1], count);
    } else {
      handOut();
    }
  }

  private void await(int d) {
    if (waiting == waitingLength.length) {
      grow();
    }
    System.arraycopy(path, 0, waitingSymbols, waiting * Ngrams.MAX_WORD, d);
    waitingLength[waiting] = d;
    waitingCount[waiting] = counts[d];
    waitingExtensions[waiting].set(extensions[d]);
    waiting++;
  }

  private void grow() {
    int room = 2 * waiting;
    waitingSymbols = Arrays.copyOf(waitingSymbols, room * Ngrams.MAX_WORD);
    waitingLength = Arrays.copyOf(waitingLength, room);
    waitingCount = Arrays.copyOf(waitingCount, room);
    waitingExtensions = Arrays.copyOf(waitingExtensions, room);
    fill(waitingExtensions, waiting);
    waitingParts = Arrays.copyOf(waitingParts, room * Ngrams.MAX_WORD);
  }

  private void handOut() {
    for (int i = 0; i < waiting; i++) {
      int at = i * Ngrams.MAX_WORD;
      System.arraycopy(waitingSymbols, at, symbols, 0, waitingLength[i]);
      System.arraycopy(waitingParts, at, parts, 0, Ngrams.MAX_WORD);
      consumer.candidate(symbols, waitingLength[i], waitingCount[i], waitingExtensions[i], parts);
    }
    waiting = 0;
  }
}
