package io.github.wenliu.operators.newword;

import io.github.wenliu.models.text.NormalizedText;
import io.github.wenliu.models.text.SymbolCodes;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * What the n-grams of a channel take, in memory and packed as they stand in state, and how long
 * counting, a version, packing and reading take, on one thread, after so many characters of text.
 * Reads lines of text from standard input.
 *
 * <p>Arguments: after how many symbols each rare n-grams are forgotten, 0 for never; then at how
 * many characters to look.
 */
final class NgramBenchmark {

  private static final int MIN_COUNT = 5;
  private static final int MAX_WINDOWS = 1 << 20;
  private static final double MEGA = 1e6;

  private final NgramTrie[] tries =
      Stream.generate(() -> new NgramTrie(MIN_COUNT))
          .limit(2 * Ngrams.SHARDS)
          .toArray(NgramTrie[]::new);
  private final SymbolCodes codes = new SymbolCodes();
  private final PackedText text = new PackedText();
  private final PackedWriter packed = new PackedWriter();
  private final SymbolCounts symbolCounts = new SymbolCounts();
  private final WindowBuffers buffers = new WindowBuffers();
  private final long pruneSymbols;

  private long characters;
  private long sincePruning;
  private int windows;
  private long counting;

  private NgramBenchmark(long pruneSymbols) {
    this.pruneSymbols = pruneSymbols;
  }

  public static void main(String[] arguments) throws IOException {
    if (arguments.length < 2) {
      System.err.println("usage: bench ngrams PRUNE_SYMBOLS CHARACTERS... < TEXT");
      System.exit(2);
    }
    var benchmark = new NgramBenchmark(Long.parseLong(arguments[0]));
    var input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (int i = 1; i < arguments.length; i++) {
      benchmark.read(input, Long.parseLong(arguments[i]));
      benchmark.look();
    }
  }

  private void read(BufferedReader input, long until) throws IOException {
    String line = "";
    while (characters < until && (line = input.readLine()) != null) {
      long begin = System.nanoTime();
      codes.read(NormalizedText.of(line));
      symbolCounts.add(codes);
      windows += cut();
      sincePruning += codes.symbols();
      if (windows >= MAX_WINDOWS) {
        count();
      }
      counting += System.nanoTime() - begin;
      characters += line.codePointCount(0, line.length());
    }
    if (line == null) {
      System.out.printf("the text ends after %,d characters%n", characters);
    }
    count();
  }

  private int cut() {
    text.read(codes);
    packed.clear();
    text.writeTo(packed);
    var names = new RunNames();
    return buffers.add(new PackedReader(packed.toByteArray(), names), names, 0);
  }

  private void count() {
    buffers.drain(
        (direction, shard, batch) -> tries[direction.ordinal() * Ngrams.SHARDS + shard].add(batch));
    windows = 0;
    if (pruneSymbols > 0 && sincePruning >= pruneSymbols) {
      var logs = new SymbolLogs(MIN_COUNT, symbolCounts);
      Stream.of(tries).forEach(trie -> trie.prune(logs));
      sincePruning = 0;
    }
  }

  private void look() {
    long memory = Stream.of(tries).mapToLong(NgramTrie::memory).sum();
    long begin = System.nanoTime();
    long candidates = 0;
    long facts = 0;
    for (Direction direction : Direction.values()) {
      long[] found = new long[2];
      var told = new CandidateFacts(direction, MIN_COUNT, symbolCounts);
      for (int shard = 0; shard < Ngrams.SHARDS; shard++) {
        var trie = tries[direction.ordinal() * Ngrams.SHARDS + shard];
        told.add(trie);
        trie.scan(
            MIN_COUNT,
            told.logs(),
            (symbol, count) -> {},
            (symbols, length, count, extensions, parts) -> found[0]++);
      }
      told.drain((bucket, packed) -> found[1] += packed.length);
      candidates = found[0];
      facts += found[1];
    }
    double version = since(begin);
    begin = System.nanoTime();
    byte[][] packed = Stream.of(tries).map(NgramTrie::toByteArray).toArray(byte[][]::new);
    double packing = since(begin);
    begin = System.nanoTime();
    for (byte[] shard : packed) {
      NgramTrie.of(shard, MIN_COUNT);
    }
    double reading = since(begin);
    long state = Stream.of(packed).mapToLong(shard -> shard.length).sum();
    System.out.printf(
        "%,d characters, %,d candidates: memory %.0f MB, %.1f B a character; packed %.0f MB, %.1f B"
            + " a character; counted %,.0f characters/s; a version %.2f s, %.0f MB of facts;"
            + " packing %.1f s, reading %.1f s%n",
        characters,
        candidates,
        memory / MEGA,
        (double) memory / characters,
        state / MEGA,
        (double) state / characters,
        characters * (double) TimeUnit.SECONDS.toNanos(1) / counting,
        version,
        facts / MEGA,
        packing,
        reading);
  }

  private static double since(long nanos) {
    return (System.nanoTime() - nanos) / (double) TimeUnit.SECONDS.toNanos(1);
  }
}
