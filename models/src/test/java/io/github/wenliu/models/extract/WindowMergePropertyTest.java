package io.github.wenliu.models.extract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

final class WindowMergePropertyTest {
  private static final int MOST = 20;
  private static final int OVERLAP = 8;

  @Property
  void whatNoWindowCutComesOutOnce(
      @ForAll @IntRange(min = 1, max = 120) int length, @ForAll long seed) {
    var random = new Random(seed);
    var text = new StringBuilder();
    var truth = new ArrayList<ScoredSpan>();
    while (text.length() < length) {
      int size = 1 + random.nextInt(OVERLAP);
      if (random.nextBoolean()) {
        truth.add(new ScoredSpan(text.length(), text.length() + size - 1, random.nextInt(3), 0.5));
      }
      text.append("甲".repeat(size));
      if (random.nextInt(6) == 0) {
        text.append("。");
      }
    }
    var windows = TextWindow.cut(text.toString(), KeySequence.of(text.toString()), MOST, OVERLAP);
    // What a model sees of a span that is cut may look better to it than the whole.
    var answers =
        windows.stream()
            .map(window -> new WindowAnswer(seen(truth, window, random), List.of()))
            .toList();

    assertThat(WindowMerge.merge(windows, answers).spans()).isEqualTo(truth);
  }

  private static List<ScoredSpan> seen(List<ScoredSpan> truth, TextWindow window, Random random) {
    var seen = new ArrayList<ScoredSpan>();
    for (var span : truth) {
      int first = Math.max(span.first(), window.from());
      int last = Math.min(span.last(), window.to() - 1);
      if (first <= last) {
        boolean whole = first == span.first() && last == span.last();
        seen.add(
            new ScoredSpan(
                first - window.from(),
                last - window.from(),
                span.label(),
                whole ? span.score() : random.nextDouble()));
      }
    }
    return seen;
  }

  @Example
  void theBetterOfTwoThatDisagreeStays() {
    var windows = List.of(new TextWindow(0, 10, false, true), new TextWindow(6, 14, true, false));
    var merged =
        WindowMerge.merge(
            windows,
            List.of(
                new WindowAnswer(List.of(new ScoredSpan(7, 8, 0, 0.6)), List.of()),
                new WindowAnswer(List.of(new ScoredSpan(1, 3, 1, 0.9)), List.of())));
    assertThat(merged.spans()).containsExactly(new ScoredSpan(7, 9, 1, 0.9));
  }

  @Example
  void aTripleThatIsCutGivesWayToTheWholeOne() {
    var windows = List.of(new TextWindow(0, 10, false, true), new TextWindow(5, 14, true, false));
    var whole = new ScoredTriple(span(6, 7), 3, span(9, 11), 0.4);
    var cut = new ScoredTriple(span(6, 7), 3, span(9, 9), 0.9);
    var other = new ScoredTriple(span(6, 7), 4, span(9, 9), 0.2);
    var merged =
        WindowMerge.merge(
            windows,
            List.of(
                new WindowAnswer(List.of(), List.of(cut, other)),
                new WindowAnswer(List.of(), List.of(whole.shifted(-5)))));
    assertThat(merged.triples()).containsExactly(whole, other);
  }

  @Example
  void triplesOfOneWindowMayOverlap() {
    var one = new ScoredTriple(span(0, 1), 3, span(4, 6), 0.9);
    var other = new ScoredTriple(span(0, 1), 3, span(4, 5), 0.8);
    var windows =
        List.of(new TextWindow(0, 10, false, false), new TextWindow(10, 14, false, false));
    var merged =
        WindowMerge.merge(
            windows,
            List.of(new WindowAnswer(List.of(), List.of(one, other)), WindowAnswer.NOTHING));
    assertThat(merged.triples()).containsExactly(one, other);
  }

  private static ScoredSpan span(int first, int last) {
    return new ScoredSpan(first, last, 0, 0.5);
  }
}
