package io.github.wenliu.models.extract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

final class TagDecoderPropertyTest {
  private static final List<String> LABELS = List.of("PER", "ORG");
  private static final List<String> TAGS = List.of("O", "B-PER", "I-PER", "B-ORG", "I-ORG");
  private static final int COUNT = TAGS.size();

  @Property
  void noSequenceIsWorthMore(@ForAll @IntRange(min = 1, max = 6) int positions, @ForAll long seed) {
    var random = new Random(seed);
    var transitions = random.doubles(COUNT * COUNT, -2, 2).toArray();
    var starts = random.doubles(COUNT, -2, 2).toArray();
    var ends = random.doubles(COUNT, -2, 2).toArray();
    var matrix = new double[COUNT][];
    for (int a = 0; a < COUNT; a++) {
      matrix[a] = Arrays.copyOfRange(transitions, a * COUNT, (a + 1) * COUNT);
    }
    var emissions = Fixtures.logits(positions * COUNT, seed);
    var decoder = new TagDecoder(LABELS, TAGS, matrix, starts, ends);

    int[] path = decoder.bestPath(emissions, 0, positions);

    double best = Double.NEGATIVE_INFINITY;
    for (int code = 0; code < Math.pow(COUNT, positions); code++) {
      var other = new int[positions];
      for (int i = 0, rest = code; i < positions; i++, rest /= COUNT) {
        other[i] = rest % COUNT;
      }
      best = Math.max(best, worth(other, emissions, transitions, starts, ends));
    }
    assertThat(worth(path, emissions, transitions, starts, ends)).isCloseTo(best, within(1e-9));
  }

  private static double worth(
      int[] path, float[] emissions, double[] transitions, double[] starts, double[] ends) {
    double worth = starts[path[0]] + ends[path[path.length - 1]];
    for (int i = 0; i < path.length; i++) {
      worth += emissions[i * COUNT + path[i]];
      worth += i == 0 ? 0 : transitions[path[i - 1] * COUNT + path[i]];
    }
    return worth;
  }

  @Example
  void readsSpansFromTags() {
    assertThat(spansOf("B-PER", "I-PER", "O", "B-ORG", "B-ORG", "I-ORG"))
        .containsExactly("PER 0-1", "ORG 3-3", "ORG 4-5");
    assertThat(spansOf("I-PER", "I-ORG", "I-ORG", "O", "I-PER"))
        .containsExactly("PER 0-0", "ORG 1-2", "PER 4-4");
    assertThat(spansOf("O")).isEmpty();
  }

  /** Spans where the emissions leave no doubt about the tags. */
  private static List<String> spansOf(String... tags) {
    var emissions = new float[tags.length * COUNT];
    for (int i = 0; i < tags.length; i++) {
      emissions[i * COUNT + TAGS.indexOf(tags[i])] = 9;
    }
    return decoder().decode(emissions, 0, tags.length).stream()
        .map(span -> "%s %d-%d".formatted(LABELS.get(span.label()), span.first(), span.last()))
        .toList();
  }

  private static TagDecoder decoder() {
    return new TagDecoder(
        LABELS, TAGS, new double[COUNT][COUNT], new double[COUNT], new double[COUNT]);
  }

  @Example
  void theScoreIsTheMeanProbabilityOfTheTags() {
    var emissions = new float[2 * COUNT];
    emissions[1] = 2;
    emissions[COUNT + 2] = 1;
    var spans = decoder().decode(emissions, 0, 2);
    double first = Math.exp(2) / (Math.exp(2) + 4);
    double second = Math.exp(1) / (Math.exp(1) + 4);
    assertThat(spans).hasSize(1);
    assertThat(spans.get(0).score()).isCloseTo((first + second) / 2, within(1e-12));
  }

  @Example
  void refusesTagsThatAreNone() {
    assertThatThrownBy(
            () ->
                new TagDecoder(
                    LABELS, List.of("O", "B-LOC"), new double[2][2], new double[2], new double[2]))
        .hasMessageContaining("B-LOC");
    assertThatThrownBy(
            () ->
                new TagDecoder(
                    LABELS, List.of("O", "B-PER"), new double[2][1], new double[2], new double[2]))
        .hasMessageContaining("transitions");
  }
}
