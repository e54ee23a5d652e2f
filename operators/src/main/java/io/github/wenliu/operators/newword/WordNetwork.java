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

  /** Units that are worked out together, each in a register. */
  private static final int BLOCK = 8;

  /** Deviations from the mean beyond which a feature says nothing more. */
  private static final double BOUND = 5;

  private static final String COMMENT = "#";

  private final double[] mean;

  /** One over the deviation. */
  private final double[] scale;

  /**
   * The weight of feature {@code i} in unit {@code 8 b + j} stands at {@code 8 (b * features + i) +
   * j}; units that fill up the last block weigh nothing.
   */
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
    double[] biases = numbers(lines.get(features.length), "bias");
    int units = (biases.length + BLOCK - 1) / BLOCK * BLOCK;
    bias = Arrays.copyOf(biases, units);
    double[] last = numbers(lines.get(features.length + 1), "out");
    outBias = last[0];
    out = Arrays.copyOfRange(last, 1, 1 + units);
    mean = new double[features.length];
    scale = new double[features.length];
    weights = new double[features.length * units];
    for (int i = 0; i < features.length; i++) {
      double[] row = numbers(lines.get(i), features[i].key());
      mean[i] = row[0];
      scale[i] = 1 / row[1];
      for (int k = 0; k < biases.length; k++) {
        weights[(k / BLOCK * features.length + i) * BLOCK + k % BLOCK] = row[2 + k];
      }
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
    double[] inputs = new double[features.length];
    for (int i = 0; i < inputs.length; i++) {
      double input = (features[i] - mean[i]) * scale[i];
      inputs[i] = Math.max(-BOUND, Math.min(BOUND, input));
    }
    double score = outBias;
    int at = 0;
    for (int k = 0; k < bias.length; k += BLOCK) {
      double unit0 = bias[k];
      double unit1 = bias[k + 1];
      double unit2 = bias[k + 2];
      double unit3 = bias[k + 3];
      double unit4 = bias[k + 4];
      double unit5 = bias[k + 5];
      double unit6 = bias[k + 6];
      double unit7 = bias[k + 7];
      for (double input : inputs) {
        unit0 += input * weights[at];
        unit1 += input * weights[at + 1];
        unit2 += input * weights[at + 2];
        unit3 += input * weights[at + 3];
        unit4 += input * weights[at + 4];
        unit5 += input * weights[at + 5];
        unit6 += input * weights[at + 6];
        unit7 += input * weights[at + 7];
        at += BLOCK;
      }
      score += Math.max(0, unit0) * out[k];
      score += Math.max(0, unit1) * out[k + 1];
      score += Math.max(0, unit2) * out[k + 2];
      score += Math.max(0, unit3) * out[k + 3];
      score += Math.max(0, unit4) * out[k + 4];
      score += Math.max(0, unit5) * out[k + 5];
      score += Math.max(0, unit6) * out[k + 6];
      score += Math.max(0, unit7) * out[k + 7];
    }
    return score;
  }
}
