package io.github.wenliu.pipeline.cli;

import io.github.wenliu.operators.newword.WordDiscoverer;
import picocli.CommandLine.Option;

/** How words are to be found in a corpus. */
final class DiscoveryOptions {

  private static final int LEAST_MIN_COUNT = 2;

  @Option(
      names = "--min-count",
      paramLabel = "N",
      defaultValue = "5",
      description = "Occurrences below which nothing is a candidate (${DEFAULT-VALUE}).")
  private int minCount;

  @Option(
      names = "--mode",
      paramLabel = "score|seed",
      defaultValue = "score",
      converter = DiscoveryMode.Converter.class,
      description =
          "score: every candidate with its score, as the job finds words (the default). seed: the"
              + " pieces that are left when the text is cut where it does not hold together.")
  private DiscoveryMode mode;

  DiscoveryMode mode() {
    return mode;
  }

  int minCount() {
    return minCount;
  }

  /** A discoverer that has read nothing yet and will be asked once. */
  WordDiscoverer start() {
    requireMinCount();
    return mode.start(minCount);
  }

  /** The same, for one that will be asked again and again. */
  WordDiscoverer startKeptUp() {
    requireMinCount();
    return mode.startKeptUp(minCount);
  }

  private void requireMinCount() {
    if (minCount < LEAST_MIN_COUNT) {
      throw new UsageException(
          "--min-count is " + minCount + ", expected " + LEAST_MIN_COUNT + " or more");
    }
  }
}
