package io.github.wenliu.pipeline.cli;

import io.github.wenliu.pipeline.files.Decompression;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** The gold files that something is scored against, one line of result each. */
final class GoldFiles {

  @Option(names = "--gold", arity = "1..*", paramLabel = "FILE", description = "Gold files.")
  private List<String> files;

  /** Scores a file. */
  interface Scorer {

    /** Returns what to print. */
    String score(Path file) throws IOException;
  }

  boolean areGiven() {
    return files != null;
  }

  /** Prints the score of each file as soon as it is there. */
  void forEach(Scorer scorer) throws IOException {
    if (files == null) {
      throw new UsageException("Missing required option: '--gold=FILE'");
    }
    InputFiles.require(files);
    var out = StandardOutput.open();
    for (String file : files) {
      out.println(scorer.score(Path.of(file)));
      out.flush();
    }
  }

  /** Opens a file of UTF-8 text, compressed or not. */
  static BufferedReader open(Path file) throws IOException {
    return new BufferedReader(
        new InputStreamReader(
            Decompression.of(Files.newInputStream(file)), StandardCharsets.UTF_8));
  }
}
