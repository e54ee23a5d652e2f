package io.github.wenliu.pipeline.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.wenliu.models.link.LinkModel;
import io.github.wenliu.models.link.LinkPairs;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * What a linking model answered to a document when it was released, against what it answers here:
 * the same log-odds but for the rounding of another machine. On this machine a pair must be
 * answered alike, to the last bit, alone and among the others.
 */
final class GoldenLinks {

  private static final double TOLERANCE = 1e-4;
  private static final int LOGITS = 2;

  private GoldenLinks() {}

  /**
   * In what an answer differs; {@code null} if in nothing.
   *
   * @param document {@code features}, {@code context}, {@code descriptions} and {@code logits}, a
   *     list for each pair in each
   */
  static String difference(JsonNode document, LinkModel model) {
    int pairs = document.path("logits").size();
    for (String field : new String[] {"features", "context", "descriptions"}) {
      if (pairs == 0 || document.path(field).size() != pairs) {
        return "expected %s of %d pairs, one at least, but found %d"
            .formatted(field, pairs, document.path(field).size());
      }
    }
    var one = new LinkPairs[pairs];
    for (int i = 0; i < pairs; i++) {
      one[i] = pair(document, i, model);
    }
    float[] together = model.score(joined(one, model)).join();
    for (int i = 0; i < pairs; i++) {
      float[] alone = model.score(one[i]).join();
      for (int k = 0; k < LOGITS; k++) {
        double expected = document.path("logits").path(i).path(k).asDouble(Double.NaN);
        float found = together[i * LOGITS + k];
        if (!(Math.abs(found - expected) <= TOLERANCE)) {
          return String.format(
              Locale.ROOT,
              "pair %d: expected the log-odds %.5f but found %.5f",
              i,
              expected,
              found);
        }
        if (Float.floatToIntBits(alone[k]) != Float.floatToIntBits(found)) {
          return "pair %d: expected the same alone and among others but found %s and %s"
              .formatted(i, alone[k], found);
        }
      }
    }
    return null;
  }

  private static LinkPairs pair(JsonNode document, int pair, LinkModel model) {
    var features = new float[model.features()];
    JsonNode numbers = document.path("features").path(pair);
    for (int i = 0; i < Math.min(features.length, numbers.size()); i++) {
      features[i] = numbers.get(i).floatValue();
    }
    int[] context = integers(document.path("context").path(pair));
    byte[] vector = model.describe(integers(document.path("descriptions").path(pair)));
    return new LinkPairs(
        1, features, Arrays.copyOf(context, model.tokens()), Arrays.copyOf(vector, model.vector()));
  }

  private static int[] integers(JsonNode list) {
    return IntStream.range(0, list.size()).map(i -> list.get(i).intValue()).toArray();
  }

  private static LinkPairs joined(LinkPairs[] pairs, LinkModel model) {
    var features = new float[pairs.length * model.features()];
    var context = new int[pairs.length * model.tokens()];
    var descriptions = new byte[pairs.length * model.vector()];
    for (int i = 0; i < pairs.length; i++) {
      System.arraycopy(pairs[i].features(), 0, features, i * model.features(), model.features());
      System.arraycopy(pairs[i].context(), 0, context, i * model.tokens(), model.tokens());
      System.arraycopy(
          pairs[i].descriptions(), 0, descriptions, i * model.vector(), model.vector());
    }
    return new LinkPairs(pairs.length, features, context, descriptions);
  }
}
