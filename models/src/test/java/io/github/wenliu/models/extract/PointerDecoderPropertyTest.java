package io.github.wenliu.models.extract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

final class PointerDecoderPropertyTest {
  private static final double START = 0.4;
  private static final double END = 0.3;

  @Property
  void pairsEachStartWithTheNearestEnd(
      @ForAll @IntRange(min = 0, max = 40) int positions,
      @ForAll @IntRange(min = 1, max = 4) int labels,
      @ForAll @IntRange(min = 1, max = 8) int maxSpan,
      @ForAll long seed) {
    int offset = 3;
    var logits = Fixtures.logits(offset + positions * 2 * labels, seed);

    var spans = new PointerDecoder(labels, START, END, maxSpan).decode(logits, offset, positions);

    var expected = new ArrayList<ScoredSpan>();
    for (int label = 0; label < labels; label++) {
      var starts = new double[positions];
      var ends = new double[positions];
      for (int i = 0; i < positions; i++) {
        starts[i] = probability(logits[offset + i * 2 * labels + 2 * label]);
        ends[i] = probability(logits[offset + i * 2 * labels + 2 * label + 1]);
      }
      expected.addAll(byDefinition(starts, ends, label, maxSpan));
    }
    assertThat(spans).isEqualTo(expected);
  }

  private static double probability(float logit) {
    return 1 / (1 + Math.exp(-(double) logit));
  }

  private static List<ScoredSpan> byDefinition(
      double[] starts, double[] ends, int label, int maxSpan) {
    var spans = new ArrayList<ScoredSpan>();
    for (int start = 0; start < starts.length; start++) {
      if (starts[start] < START) {
        continue;
      }
      for (int end = start; end < Math.min(starts.length, start + maxSpan); end++) {
        if (end > start && starts[end] >= START) {
          break;
        }
        if (ends[end] >= END) {
          spans.add(new ScoredSpan(start, end, label, Math.sqrt(starts[start] * ends[end])));
          break;
        }
      }
    }
    return spans;
  }

  @Property
  void ofOverlappingSpansTheBestStays(
      @ForAll @IntRange(min = 1, max = 30) int positions, @ForAll long seed) {
    var decoder = new PointerDecoder(3, START, END, 10);
    var all = decoder.decode(Fixtures.logits(positions * 6, seed), 0, positions);

    var kept = ScoredSpan.withoutOverlaps(all, ScoredSpan.BEST_FIRST);

    assertThat(kept).isSortedAccordingTo(ScoredSpan.BY_PLACE);
    for (var span : all) {
      var overlapping = kept.stream().filter(span::overlaps).toList();
      if (kept.contains(span)) {
        assertThat(overlapping).containsExactly(span);
      } else {
        assertThat(overlapping).anyMatch(other -> other.score() >= span.score());
      }
    }
  }

  @Example
  void theScoreIsTheRootOfBothProbabilities() {
    var spans = new PointerDecoder(1, 0.5, 0.5, 5).decode(new float[] {2, -9, -9, 1}, 0, 2);
    assertThat(spans).hasSize(1);
    assertThat(spans.get(0).first()).isZero();
    assertThat(spans.get(0).last()).isEqualTo(1);
    assertThat(spans.get(0).score()).isCloseTo(0.80245, within(1e-5));
  }
}
