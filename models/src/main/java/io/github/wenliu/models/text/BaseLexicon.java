package io.github.wenliu.models.text;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/** The shipped lexicon with its tables, checked against the manifest's checksums. */
record BaseLexicon(Lexicon lexicon, UnknownWords unknownWords, WordPairs pairs) {
  static final String VERSION = "base-v1";
  static final String FOLDER = "/wenliu/released/lexicon/v1/";
  static final String WORDS = "lexicon.tsv.gz";
  static final String CHARACTERS = "characters.tsv.gz";
  static final String PAIRS = "pairs.tsv.gz";
  static final String MANIFEST = "manifest.json";

  private static volatile BaseLexicon shipped;

  /** The shipped one, loaded at the first call; each call fails alike while it cannot be loaded. */
  static BaseLexicon shipped() {
    BaseLexicon known = shipped;
    return known != null ? known : loadShipped();
  }

  private static synchronized BaseLexicon loadShipped() {
    if (shipped == null) {
      shipped = load(BaseLexicon::resource);
    }
    return shipped;
  }

  Segmenter segmenter() {
    return new Segmenter(lexicon, unknownWords, pairs);
  }

  /** Loads the files that a function gives by name. */
  static BaseLexicon load(Function<String, byte[]> files) {
    String manifest = new String(files.apply(MANIFEST), StandardCharsets.UTF_8);
    Lexicon lexicon = lexicon(rows(files, manifest, WORDS, 2));
    return new BaseLexicon(
        lexicon,
        unknownWords(rows(files, manifest, CHARACTERS, 4)),
        pairs(lexicon, rows(files, manifest, PAIRS, 3)));
  }

  private static Lexicon lexicon(List<String[]> rows) {
    var builder = new LexiconBuilder(rows.size());
    // Frequent words first: nodes are numbered as they come, so the busy ones stand close together.
    rows.stream()
        .sorted(Comparator.comparingLong((String[] row) -> Long.parseLong(row[1])).reversed())
        .forEach(row -> builder.add(row[0], Long.parseLong(row[1])));
    return builder.build(VERSION);
  }

  /** Rows: a character and its counts by place; without a character, all words and by length. */
  static UnknownWords unknownWords(List<String[]> rows) {
    var characters = new HashMap<Character, long[]>();
    long words = 0;
    long[] lengths = new long[UnknownWords.LONGEST + 1];
    for (String[] row : rows) {
      long[] counts = new long[UnknownWords.PLACES];
      for (int i = 0; i < counts.length; i++) {
        counts[i] = Long.parseLong(row[i + 1]);
      }
      if (row[0].equals("words")) {
        words = counts[0];
      } else if (row[0].equals("lengths")) {
        System.arraycopy(counts, 0, lengths, 2, counts.length);
      } else {
        characters.put(row[0].charAt(0), counts);
      }
    }
    return UnknownWords.of(characters, lengths, words);
  }

  /** Rows: two words and how often they stood together; without a second, how often the first. */
  static WordPairs pairs(Lexicon lexicon, List<String[]> rows) {
    var builder = new WordPairs.Builder(lexicon);
    for (String[] row : rows) {
      long count = Long.parseLong(row[2]);
      if (row[1].isEmpty()) {
        builder.seen(row[0], count);
      } else {
        builder.add(row[0], row[1], count);
      }
    }
    return builder.build();
  }

  private static List<String[]> rows(
      Function<String, byte[]> files, String manifest, String name, int columns) {
    byte[] file = files.apply(name);
    var expected =
        Pattern.compile(
                "\""
                    + Pattern.quote(name)
                    + "\"\\s*:\\s*\\{[^}]*\"sha256\"\\s*:\\s*\"([0-9a-f]{64})\"")
            .matcher(manifest);
    if (!expected.find()) {
      throw new IllegalStateException(
          FOLDER + MANIFEST + " names no sha256 of " + name + "; build the models module again");
    }
    String found = sha256(file);
    if (!found.equals(expected.group(1))) {
      throw new IllegalStateException(
          FOLDER + name + " has sha256 " + found + ", its manifest says " + expected.group(1));
    }
    try (var lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(new ByteArrayInputStream(file)), StandardCharsets.UTF_8))) {
      var rows = new ArrayList<String[]>();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] row = line.split("\t", -1);
        if (row.length != columns) {
          throw new IllegalStateException(
              "%s%s line %d: expected %d columns, found %d"
                  .formatted(FOLDER, name, rows.size() + 1, columns, row.length));
        }
        rows.add(row);
      }
      return rows;
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + FOLDER + name, e);
    }
  }

  private static byte[] resource(String name) {
    try (InputStream in = BaseLexicon.class.getResourceAsStream(FOLDER + name)) {
      if (in == null) {
        throw new IllegalStateException(
            FOLDER + name + " is not on the class path; build the models module again");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + FOLDER + name, e);
    }
  }

  static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
