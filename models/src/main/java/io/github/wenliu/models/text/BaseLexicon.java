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
import java.util.HexFormat;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/** Reads the shipped lexicon and compares its checksum with the manifest's. */
final class BaseLexicon {
  static final String VERSION = "base-v1";
  static final String FOLDER = "/wenliu/released/lexicon/v1/";

  private static final String FILE = "lexicon.tsv.gz";
  private static final Pattern SHA256 =
      Pattern.compile(
          "\"lexicon\\.tsv\\.gz\"\\s*:\\s*\\{[^}]*\"sha256\"\\s*:\\s*\"([0-9a-f]{64})\"");

  static final Lexicon INSTANCE = load(resource(FILE), resource("manifest.json"));

  private BaseLexicon() {}

  static Lexicon load(byte[] file, byte[] manifest) {
    var expected = SHA256.matcher(new String(manifest, StandardCharsets.UTF_8));
    if (!expected.find()) {
      throw new IllegalStateException(
          FOLDER + "manifest.json names no sha256 for " + FILE + "; build the models module again");
    }
    String found = sha256(file);
    if (!found.equals(expected.group(1))) {
      throw new IllegalStateException(
          FOLDER + FILE + " has sha256 " + found + ", its manifest says " + expected.group(1));
    }
    try (var lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(new ByteArrayInputStream(file)), StandardCharsets.UTF_8))) {
      return read(lines);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + FOLDER + FILE, e);
    }
  }

  private static Lexicon read(BufferedReader lines) throws IOException {
    var builder = new Lexicon.Builder(1 << 17);
    int number = 0;
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      number++;
      int tab = line.indexOf('\t');
      if (tab <= 0) {
        throw new IllegalStateException(
            FOLDER + FILE + " line " + number + ": expected a word, a tab and a count");
      }
      builder.add(line.substring(0, tab), Long.parseLong(line.substring(tab + 1)));
    }
    return builder.build(VERSION);
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
