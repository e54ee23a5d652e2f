package io.github.wenliu.operators.newword;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * A network with one hidden layer: features, standardised and bounded, are weighed and added up for
 * each hidden unit, units that are negative count nothing, the others are weighed and added up.
 * Sums and products in a fixed order, so the same bits on every machine.
 *
 * <p>Its file has a line for each feature, in their order: name, mean, deviation and one weight for
 * each hidden unit, separated by TAB; then {@code bias} with a number for each unit, and {@code
 * out} with the bias of the score and a weight for each unit. {@code models/training} makes it.
 *
 * <p>O(features · units) a candidate. Immutable.
 */
final class WordNetwork {

  /** Deviations from the mean beyond which a feature says nothing more. */
  private static final double BOUND = 5;

  private static final String COMMENT = "#";

  private final double[] mean;

  /** One over the deviation. */
  private final double[] scale;

  /** The weight of feature {@code i} in unit {@code k} stands at {@code i * units + k}. */
  private final double[] weights;

  private final double[] bias;
  private final double[] out;
  private final double outBias;

  private WordNetwork(List<String> lines) {
    var features = WordFeature.values();
    if (lines.size() != features.length + 2) {
      throw new IllegalArgumentException(
          "there are " + lines.size() + " lines, must be " + (features.length + 2));
    }
    bias = numbers(lines.get(features.length), "bias");
    double[] last = numbers(lines.get(features.length + 1), "out");
    outBias = last[0];
    out = Arrays.copyOfRange(last, 1, last.length);
    mean = new double[features.length];
    scale = new double[features.length];
    weights = new double[features.length * bias.length];
    for (int i = 0; i < features.length; i++) {
      double[] row = numbers(lines.get(i), features[i].key());
      mean[i] = row[0];
      scale[i] = 1 / row[1];
      System.arraycopy(row, 2, weights, i * bias.length, bias.length);
    }
  }

  private static double[] numbers(String line, String name) {
    var cells = line.split("\t");
    if (!cells[0].equals(name)) {
      throw new IllegalArgumentException("a line begins with " + cells[0] + ", must with " + name);
    }
    double[] numbers = new double[cells.length - 1];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = Double.parseDouble(cells[i + 1]);
    }
    return numbers;
  }

  /** Reads a network that comes with this package. */
  static WordNetwork resource(String name) {
    var stream = WordNetwork.class.getResourceAsStream(name);
    if (stream == null) {
      throw new IllegalStateException("the resource " + name + " is missing");
    }
    try (var reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
      return of(reader.lines().toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads a network from the lines of its file. */
  static WordNetwork of(List<String> lines) {
    return new WordNetwork(lines.stream().filter(line -> !line.startsWith(COMMENT)).toList());
  }

  /** The log-odds of a word. */
  double score(double[] features) {
    double[] units = bias.clone();
    for (int i = 0; i < features.length; i++) {
      double input = (features[i] - mean[i]) * scale[i];
      double bounded = Math.max(-BOUND, Math.min(BOUND, input));
      int row = i * units.length;
      for (int k = 0; k < units.length; k++) {
        units[k] += bounded * weights[row + k];
      }
    }
    double score = outBias;
    for (int k = 0; k < units.length; k++) {
      score += Math.max(0, units[k]) * out[k];
    }
    return score;
  }
}
