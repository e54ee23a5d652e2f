package io.github.wenliu.models.text;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * Makes the base lexicon: words from gold segmentations and word lists, words that a large text
 * shows, and counts from segmenting that text; beside it, the two tables of the segmenter.
 *
 * <p>Viterbi-EM [1]: segment with the counts so far, count, repeat. Between passes, words that the
 * model of unknown words found often enough, and neighbours that stand together far more often than
 * by chance [2], become words unless a gold segmentation keeps their parts apart; words that are
 * hardly better than their parts are dropped. Words of the gold segmentations always stay.
 *
 * <p>The result depends on the input only: counts are sums, and everything is written in order.
 *
 * <p>[1] Ge, Pratt, Smyth: Discovering Chinese words from unsegmented text, SIGIR 1999. [2] Sproat,
 * Shih: A statistical method for finding word boundaries in Chinese text, CPCOL 4, 1990.
 */
public final class LexiconTrainer {
  private static final String USAGE =
      """
      usage: LexiconTrainer --gold FILE... --words FILE... --text FILE... --sources TEXT... --out FOLDER
        --gold     segmented text, words separated by a blank, a sentence a line
        --words    word lists, the word before the first tab of a line
        --text     raw text, a paragraph a line
        --sources  for the manifest: what the files are, and their terms
        --out      where the tables and their manifest are written
      Files may be plain, .gz, or .xz (unpacked by the command xz).""";

  private static final int PASSES = 3;

  /** How many words of the text a word of the gold segmentations weighs. */
  private static final int GOLD_WEIGHT = 40;

  /** Gold words seen at most so often show what unknown words look like. */
  private static final int RARE = 2;

  private static final int MIN_COUNT = 8;
  private static final int MIN_INVENTED = 15;
  private static final int MIN_NEIGHBOURS = 200;

  /** Pairs seen less often are not worth their place, and would say too much of the gold text. */
  private static final int MIN_PAIR = 3;

  /** In nats: what neighbours must be closer than chance to become a word. */
  private static final double MIN_ASSOCIATION = 5;

  /** In nats: what a word must be cheaper than its parts. */
  private static final double MIN_GAIN = 4;

  private static final int LONGEST_LISTED = 8;
  private static final int LONGEST_JOINED = 4;

  private final Map<String, Long> gold = new HashMap<>();

  /** Gold neighbours by the left word. */
  private final Map<String, Map<String, Long>> goldPairs = new TreeMap<>();

  /** What gold neighbours would be if they were one word. */
  private final Set<String> apart = new HashSet<>();

  private final Set<String> listed = new HashSet<>();

  private LexiconTrainer() {}

  public static void main(String[] arguments) throws IOException {
    var options = new TreeMap<String, List<String>>();
    List<String> open = new ArrayList<>();
    for (String argument : arguments) {
      if (argument.startsWith("--")) {
        open = options.computeIfAbsent(argument, name -> new ArrayList<>());
      } else {
        open.add(argument);
      }
    }
    if (!options.keySet().equals(Set.of("--gold", "--words", "--text", "--sources", "--out"))
        || options.get("--out").size() != 1) {
      System.err.println(USAGE);
      System.exit(options.containsKey("--help") ? 0 : 2);
    }
    var trainer = new LexiconTrainer();
    for (Path file : paths(options.get("--gold"))) {
      lines(file, trainer::addGold);
    }
    for (Path file : paths(options.get("--words"))) {
      lines(file, line -> trainer.addListed(line.split("\t", 2)[0]));
    }
    Lexicon lexicon = trainer.train(paths(options.get("--text")));
    trainer.write(lexicon, options.get("--sources"), Path.of(options.get("--out").get(0)));
  }

  private static List<Path> paths(List<String> names) {
    return names.stream().map(Path::of).toList();
  }

  // ---- reading ----

  private void addGold(String line) {
    String before = "";
    for (String token : line.strip().split("\\s+")) {
      String word = NormalizedText.normalize(token);
      if (!isWord(word)) {
        before = "";
        continue;
      }
      gold.merge(word, 1L, Long::sum);
      if (!before.isEmpty()) {
        goldPairs.computeIfAbsent(before, left -> new TreeMap<>()).merge(word, 1L, Long::sum);
        apart.add(before + word);
      }
      before = word;
    }
  }

  private void addListed(String word) {
    String normal = NormalizedText.normalize(word);
    if (normal.length() <= LONGEST_LISTED && isWord(normal)) {
      listed.add(normal);
    }
  }

  /** A word has a Han character and nothing that breaks. */
  private static boolean isWord(String word) {
    var text = NormalizedText.of(word);
    for (int i = 0; i < text.symbols(); i++) {
      if (text.kind(i).isBreak()) {
        return false;
      }
    }
    return word.length() <= Lexicon.MAX_WORD
        && word.codePoints()
            .anyMatch(c -> Character.UnicodeScript.of(c) == Character.UnicodeScript.HAN);
  }

  private static void lines(Path file, Consumer<String> action) throws IOException {
    String name = file.toString();
    InputStream in;
    if (name.endsWith(".xz")) {
      in =
          new ProcessBuilder("xz", "-dc", name)
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start()
              .getInputStream();
    } else {
      in = Files.newInputStream(file);
      in = name.endsWith(".gz") ? new GZIPInputStream(in) : in;
    }
    try (var reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      reader.lines().forEach(action);
    }
  }

  // ---- training ----

  private Lexicon train(List<Path> texts) throws IOException {
    var counts = new HashMap<String, Long>();
    listed.forEach(word -> counts.put(word, 1L));
    gold.forEach((word, count) -> counts.put(word, count * GOLD_WEIGHT));
    for (String word : List.copyOf(counts.keySet())) {
      word.codePoints().forEach(c -> counts.putIfAbsent(Character.toString(c), 1L));
    }
    Lexicon lexicon = lexicon(counts);
    for (int pass = 1; pass <= PASSES; pass++) {
      System.err.printf("pass %d: %,d words%n", pass, lexicon.size());
      var statistics = new Statistics(lexicon);
      for (Path text : texts) {
        lines(text, statistics::add);
        System.err.printf("  %s: %,d words read%n", text.getFileName(), statistics.words);
      }
      lexicon = lexicon(pass < PASSES ? statistics.withNewWords() : statistics.kept());
    }
    return lexicon;
  }

  private static Lexicon lexicon(Map<String, Long> counts) {
    var builder = new LexiconBuilder(counts.size());
    new TreeMap<>(counts).forEach(builder::add);
    return builder.build("training");
  }

  /** What one pass over the text counts. */
  private final class Statistics {
    private final Lexicon lexicon;
    private final Segmenter segmenter;

    /** By node of the lexicon's trie. */
    private final long[] counts;

    private final NeighbourCounts neighbours = new NeighbourCounts();
    private final Map<String, Long> invented = new HashMap<>();
    private long words;

    Statistics(Lexicon lexicon) {
      this.lexicon = lexicon;
      this.segmenter = new Segmenter(lexicon, BaseLexicon.unknownWords(unknownWords()), null);
      this.counts = new long[lexicon.nodes()];
    }

    void add(String line) {
      var text = NormalizedText.of(line);
      int start = 0;
      int before = 0;
      for (int end : segmenter.cut(text)) {
        int node = text.kind(start).isBreak() ? 0 : lexicon.node(text.normalized(start, end));
        if (node != 0) {
          counts[node]++;
          words++;
          if (before != 0) {
            neighbours.add(before, node);
          }
        } else if (end > start + 1 && text.kind(start) == SymbolKind.TEXT) {
          invented.merge(text.normalized(start, end), 1L, Long::sum);
        }
        before = node;
        start = end;
      }
    }

    /** The words worth keeping, with their new counts. */
    Map<String, Long> kept() {
      var result = new HashMap<String, Long>();
      lexicon.forEach(
          (word, old) -> {
            long seen = counts[lexicon.node(word)];
            long weight = gold.getOrDefault(word, 0L) * GOLD_WEIGHT;
            if (weight > 0 || seen >= MIN_COUNT && gain(word, seen) >= MIN_GAIN) {
              result.put(word, seen + weight);
            }
          });
      return result;
    }

    /** The same, and words that the text shows. */
    Map<String, Long> withNewWords() {
      var result = kept();
      int before = result.size();
      String[] names = new String[counts.length];
      lexicon.forEach((word, old) -> names[lexicon.node(word)] = word);
      neighbours.forEach(
          (left, right, count) -> {
            String joined = names[left] + names[right];
            boolean fits =
                joined.length() <= LONGEST_JOINED
                    && (names[left].length() == 1 || names[right].length() == 1);
            if (fits
                && count >= MIN_NEIGHBOURS
                && association(left, right, count) >= MIN_ASSOCIATION) {
              addNew(joined, count, result);
            }
          });
      invented.forEach(
          (word, count) -> {
            if (count >= MIN_INVENTED) {
              addNew(word, count, result);
            }
          });
      System.err.printf("  %,d words kept, %,d new%n", before, result.size() - before);
      return result;
    }

    private void addNew(String word, long count, Map<String, Long> into) {
      if (!apart.contains(word)) {
        into.putIfAbsent(word, count);
      }
    }

    /** Nats by which a word is cheaper than its parts. */
    private double gain(String word, long count) {
      if (word.codePointCount(0, word.length()) < 2) {
        return Double.MAX_VALUE;
      }
      double parts = segmenter.costWithout(word) / (double) Segmenter.NAT;
      return parts - StrictMath.log((double) lexicon.total() / count);
    }

    /** Pointwise mutual information, in nats. */
    private double association(int left, int right, long count) {
      return StrictMath.log((double) count * words / ((double) counts[left] * counts[right]));
    }
  }

  /** Counts of neighbouring words, in an open hash table that grows. */
  private static final class NeighbourCounts {
    /** {@code left << 32 | right}; 0 is a free place. */
    private long[] keys = new long[1 << 22];

    private int[] counts = new int[1 << 22];
    private int used;

    void add(int left, int right) {
      long key = (long) left << 32 | right;
      int at = place(key);
      used += keys[at] == 0 ? 1 : 0;
      keys[at] = key;
      counts[at]++;
      if (used * 3L > keys.length * 2L) {
        grow();
      }
    }

    private int place(long key) {
      int mask = keys.length - 1;
      int at = (int) (key * 0x9E3779B97F4A7C15L >>> 64 - Integer.bitCount(mask));
      while (keys[at] != 0 && keys[at] != key) {
        at = at + 1 & mask;
      }
      return at;
    }

    private void grow() {
      long[] oldKeys = keys;
      int[] oldCounts = counts;
      keys = new long[oldKeys.length * 2];
      counts = new int[oldKeys.length * 2];
      for (int i = 0; i < oldKeys.length; i++) {
        if (oldKeys[i] != 0) {
          int at = place(oldKeys[i]);
          keys[at] = oldKeys[i];
          counts[at] = oldCounts[i];
        }
      }
    }

    void forEach(NeighbourAction action) {
      for (int i = 0; i < keys.length; i++) {
        if (keys[i] != 0) {
          action.accept((int) (keys[i] >>> 32), (int) keys[i], counts[i]);
        }
      }
    }
  }

  @FunctionalInterface
  private interface NeighbourAction {
    void accept(int left, int right, long count);
  }

  // ---- tables and files ----

  /** The rows of {@code characters.tsv.gz}, as {@link BaseLexicon#unknownWords} reads them. */
  private List<String[]> unknownWords() {
    var characters = new TreeMap<Character, long[]>();
    long[] lengths = new long[UnknownWords.LONGEST + 1];
    long total = 0;
    for (var entry : gold.entrySet()) {
      String word = entry.getKey();
      total += entry.getValue();
      boolean rare =
          entry.getValue() <= RARE
              && word.length() > 1
              && word.length() <= UnknownWords.LONGEST
              && word.chars().allMatch(c -> UnknownWords.covers((char) c));
      if (rare) {
        lengths[word.length()]++;
        for (int i = 0; i < word.length(); i++) {
          int place =
              i == 0
                  ? UnknownWords.FIRST
                  : i == word.length() - 1 ? UnknownWords.LAST : UnknownWords.INSIDE;
          characters.computeIfAbsent(word.charAt(i), c -> new long[UnknownWords.PLACES])[place]++;
        }
      }
    }
    var rows = new ArrayList<String[]>();
    rows.add(row("words", total, 0, 0));
    rows.add(row("lengths", lengths[2], lengths[3], lengths[4]));
    characters.forEach((c, n) -> rows.add(row(c.toString(), n[0], n[1], n[2])));
    return rows;
  }

  private static String[] row(String name, long first, long second, long third) {
    return new String[] {name, Long.toString(first), Long.toString(second), Long.toString(third)};
  }

  /** The rows of {@code pairs.tsv.gz}, as {@link BaseLexicon#pairs} reads them. */
  private List<String[]> pairs() {
    var rows = new ArrayList<String[]>();
    goldPairs.forEach(
        (left, rights) -> {
          int before = rows.size();
          rights.forEach(
              (right, count) -> {
                if (count >= MIN_PAIR) {
                  rows.add(new String[] {left, right, count.toString()});
                }
              });
          if (rows.size() > before) {
            rows.add(before, new String[] {left, "", gold.get(left).toString()});
          }
        });
    return rows;
  }

  private void write(Lexicon lexicon, List<String> sources, Path folder) throws IOException {
    Files.createDirectories(folder);
    var words = new ArrayList<String[]>();
    lexicon.forEach((word, count) -> words.add(new String[] {word, Long.toString(count)}));
    String files =
        String.join(
            ",\n",
            table(folder, BaseLexicon.WORDS, words),
            table(folder, BaseLexicon.CHARACTERS, unknownWords()),
            table(folder, BaseLexicon.PAIRS, pairs()));
    String manifest =
        """
        {
          "name": "lexicon",
          "version": "%s",
          "normaliser": "%s",
          "words": %d,
          "total": %d,
          "files": {
        %s
          },
          "sources": [
        %s
          ],
          "format": "tables of tab-separated values, described in MODEL_CARD.md",
          "generator": "io.github.wenliu.models.text.LexiconTrainer"
        }
        """
            .formatted(
                BaseLexicon.VERSION,
                NormalizedText.VERSION,
                lexicon.size(),
                lexicon.total(),
                files,
                String.join(",\n", sources.stream().map(s -> "    \"" + s + "\"").toList()));
    Files.writeString(folder.resolve(BaseLexicon.MANIFEST), manifest);
    System.err.print(manifest);
  }

  private static String table(Path folder, String name, List<String[]> rows) throws IOException {
    var text = new StringBuilder();
    rows.forEach(row -> text.append(String.join("\t", row)).append('\n'));
    var bytes = new ByteArrayOutputStream();
    try (var zip =
        new GZIPOutputStream(bytes) {
          {
            def.setLevel(Deflater.BEST_COMPRESSION);
          }
        }) {
      zip.write(text.toString().getBytes(StandardCharsets.UTF_8));
    }
    Files.write(folder.resolve(name), bytes.toByteArray());
    return "    \"%s\": {\"rows\": %d, \"bytes\": %d, \"sha256\": \"%s\"}"
        .formatted(name, rows.size(), bytes.size(), BaseLexicon.sha256(bytes.toByteArray()));
  }
}
