package io.github.wenliu.operators.newword;

/**
 * Packs what one direction knows of candidates, by the bucket that scores them, and what all need
 * to know of pairs. A candidate is written as the number of its symbols, these in the order of the
 * text, its count, its {@link Extensions}, the symbol that the most frequent one adds where it
 * takes up most of the candidate (a byte says whether), how often the symbol it begins with starts
 * and ends what is unbroken, and the counts of the parts it begins with, in the direction's order,
 * from one symbol to one less than all. Not thread-safe.
 */
final class CandidateFacts {

  /** Takes what was packed. */
  interface Consumer {

    void accept(int bucket, byte[] facts);
  }

  /** An extension that holds more than nine tenths of a candidate's occurrences may absorb it. */
  private static final int ABSORBS = 9;

  private static final int TENTHS = 10;

  private final PackedWriter[] buckets = new PackedWriter[Ngrams.BUCKETS];
  private final Direction direction;
  private final SymbolCounts symbolCounts;
  private final int minCount;
  private final SymbolLogs logs;
  private final PairSums pairs = new PairSums();
  private RunNames runs;

  /**
   * @param minCount occurrences below which nothing is a candidate
   * @param symbolCounts occurrences of single symbols
   */
  CandidateFacts(Direction direction, int minCount, SymbolCounts symbolCounts) {
    this.direction = direction;
    this.symbolCounts = symbolCounts;
    this.minCount = minCount;
    this.logs = new SymbolLogs(minCount, symbolCounts);
  }

  /** Packs the candidates of a shard, and takes in its pairs. */
  void add(NgramTrie shard) {
    runs = shard.runs();
    shard.scan(
        minCount,
        logs,
        (symbol, count) -> pairs.addPair(symbol, runs.name(symbol), count),
        this::write);
  }

  /** The pairs of all shards that were added. */
  PairSums pairs() {
    return pairs;
  }

  /** Packs the sums of those pairs, as far as candidates need them. */
  byte[] packedPairs() {
    return pairs.toByteArray(symbolCounts, minCount);
  }

  /** The logarithms of the symbols' counts. */
  SymbolLogs logs() {
    return logs;
  }

  private void write(int[] symbols, int length, long count, Extensions extensions, long[] parts) {
    boolean backward = direction == Direction.BACKWARD;
    int folded = 0;
    for (int k = 0; k < length; k++) {
      int symbol = symbols[backward ? length - 1 - k : k];
      folded = Ngrams.fold(folded, Ngrams.hash(symbol, runs.name(symbol)));
    }
    var out = bucket(Ngrams.bucket(folded));
    out.writeByte(length);
    for (int k = 0; k < length; k++) {
      int symbol = symbols[backward ? length - 1 - k : k];
      out.writeSymbol(symbol, runs.name(symbol));
    }
    out.writeCount(count);
    out.writeCount(extensions.sum);
    out.writeCount(extensions.most);
    out.writeCount(extensions.different);
    out.writeCount(extensions.once);
    out.writeCount(extensions.occurrences);
    out.writeCount(extensions.chance);
    boolean absorbs = extensions.most * TENTHS > count * ABSORBS;
    out.writeByte(absorbs ? 1 : 0);
    if (absorbs) {
      out.writeSymbol(extensions.mostSymbol, runs.name(extensions.mostSymbol));
    }
    var first = symbolCounts.of(symbols[0], runs.name(symbols[0]));
    out.writeCount(first.starts());
    out.writeCount(first.ends());
    out.writeCount(first.all());
    for (int k = Ngrams.MIN_WORD; k < length; k++) {
      out.writeCount(parts[k]);
    }
  }

  private PackedWriter bucket(int bucket) {
    if (buckets[bucket] == null) {
      buckets[bucket] = new PackedWriter();
    }
    return buckets[bucket];
  }

  /** Hands out all that was packed and forgets it. */
  void drain(Consumer consumer) {
    for (int bucket = 0; bucket < Ngrams.BUCKETS; bucket++) {
      if (buckets[bucket] != null && buckets[bucket].length() > 0) {
        consumer.accept(bucket, buckets[bucket].toByteArray());
        buckets[bucket].clear();
      }
    }
  }

  /** One direction's facts of a candidate. */
  static final class Entry {

    /** The number of symbols. */
    int length;

    String word;

    /** The first symbol, and its characters if it is a run. */
    int first;

    String firstRun;

    /** The last symbol. */
    int last;

    String lastRun;

    long count;

    /** Its extensions; what the most frequent one adds is said below. */
    final Extensions extensions = new Extensions();

    /** What the most frequent extension adds, or {@code null} where it does not absorb. */
    String mostSymbol;

    /** Occurrences of the first or last symbol with nothing before it. */
    long starts;

    /** Those with nothing behind it. */
    long ends;

    /** {@code parts[k]}: occurrences of the first or last {@code k} symbols. */
    final long[] parts = new long[Ngrams.MAX_WORD];

    /** Reads the next entry. */
    static Entry read(PackedReader in, StringBuilder characters) {
      var entry = new Entry();
      entry.length = in.readByte();
      characters.setLength(0);
      for (int k = 0; k < entry.length; k++) {
        int symbol = in.readSymbol();
        var run = in.run(symbol);
        if (k == 0) {
          entry.first = symbol;
          entry.firstRun = run;
        }
        entry.last = symbol;
        entry.lastRun = run;
        if (run == null) {
          characters.appendCodePoint(symbol);
        } else {
          characters.append(run);
        }
      }
      entry.word = characters.toString();
      entry.count = in.readCount();
      entry.extensions.sum = in.readCount();
      entry.extensions.most = in.readCount();
      entry.extensions.different = in.readCount();
      entry.extensions.once = in.readCount();
      entry.extensions.occurrences = in.readCount();
      entry.extensions.chance = in.readCount();
      if (in.readByte() == 1) {
        characters.setLength(0);
        in.readSymbol(characters);
        entry.mostSymbol = characters.toString();
      }
      entry.starts = in.readCount();
      entry.ends = in.readCount();
      for (int k = 1; k < entry.length; k++) {
        entry.parts[k] = in.readCount();
      }
      return entry;
    }
  }
}
