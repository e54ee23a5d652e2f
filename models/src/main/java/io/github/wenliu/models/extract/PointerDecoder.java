package io.github.wenliu.models.extract;

import java.util.ArrayList;
import java.util.List;

/**
 * Spans from two numbers a label and position: how much it looks like the start of a span of that
 * label, and how much like its end [1]. Label {@code t} has the columns {@code 2t} and {@code 2t +
 * 1}, as logits.
 *
 * <p>A position is a start if its probability reaches a threshold. The span ends at the nearest
 * position from there on whose probability as an end reaches the other threshold, before the next
 * start of the label and before {@code maxSpan} positions; without one there is no span. Its score
 * is the root of the product of both probabilities. Labels do not see each other, so spans of
 * several labels may overlap; those of one label do not.
 *
 * <p>O(positions · labels); an exponential only where a threshold is nearly reached.
 *
 * <p>[1] Su: 基于DGCNN和概率图的轻量级信息抽取模型, kexue.fm/archives/6671, 2019.
 */
final class PointerDecoder implements SpanDecoder {
  /** What rounding may make of a logit beside its probability. */
  private static final double SLACK = 1e-6;

  private final int labels;
  private final double startThreshold;
  private final double endThreshold;
  private final float leastStart;
  private final float leastEnd;
  private final int maxSpan;

  PointerDecoder(int labels, double startThreshold, double endThreshold, int maxSpan) {
    if (labels < 1 || maxSpan < 1) {
      throw new IllegalArgumentException(
          "labels and maxSpan must be positive but are %d and %d".formatted(labels, maxSpan));
    }
    requireProbability(startThreshold);
    requireProbability(endThreshold);
    this.labels = labels;
    this.startThreshold = startThreshold;
    this.endThreshold = endThreshold;
    this.leastStart = leastLogit(startThreshold);
    this.leastEnd = leastLogit(endThreshold);
    this.maxSpan = maxSpan;
  }

  private static void requireProbability(double threshold) {
    if (!(threshold > 0 && threshold < 1)) {
      throw new IllegalArgumentException(
          "a threshold lies between 0 and 1 but is %s".formatted(threshold));
    }
  }

  private static float leastLogit(double threshold) {
    return (float) (Math.log(threshold / (1 - threshold)) - SLACK);
  }

  @Override
  public int columns() {
    return 2 * labels;
  }

  /**
   * Spans of all labels, by label and place.
   *
   * @param logits {@code [positions, 2 · labels]} from {@code at} on
   */
  @Override
  public List<ScoredSpan> decode(float[] logits, int at, int positions) {
    var spans = new ArrayList<ScoredSpan>();
    for (int label = 0; label < labels; label++) {
      decode(logits, at + 2 * label, positions, label, spans);
    }
    return spans;
  }

  private void decode(
      float[] logits, int column, int positions, int label, List<ScoredSpan> spans) {
    int stride = columns();
    int start = -1;
    for (int i = 0; i < positions; i++) {
      int cell = column + i * stride;
      if (isStart(logits[cell])) {
        start = i;
      }
      if (start >= 0 && isEnd(logits[cell + 1])) {
        if (i - start < maxSpan) {
          double begin = sigmoid(logits[column + start * stride]);
          double end = sigmoid(logits[cell + 1]);
          spans.add(new ScoredSpan(start, i, label, Math.sqrt(begin * end)));
        }
        start = -1;
      }
    }
  }

  private boolean isStart(float logit) {
    return logit >= leastStart && sigmoid(logit) >= startThreshold;
  }

  private boolean isEnd(float logit) {
    return logit >= leastEnd && sigmoid(logit) >= endThreshold;
  }

  /** The probability that a logit stands for. */
  static double sigmoid(float logit) {
    return 1 / (1 + Math.exp(-(double) logit));
  }
}
