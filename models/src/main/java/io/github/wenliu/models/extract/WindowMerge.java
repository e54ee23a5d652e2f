package io.github.wenliu.models.extract;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.Predicate;

/**
 * One answer from those of all windows of a text.
 *
 * <p>Windows share positions where the text was cut hard. What two windows say there of the same
 * place is one thing, told twice: what a cut may have shortened gives way to what is whole, then
 * the lower score gives way. The same place means for spans that they overlap; for triples, that
 * they agree in the predicate and overlap in subject and object.
 */
final class WindowMerge {

  private WindowMerge() {}

  /** Something a window found. */
  private record Found<T>(T value, int window, boolean isCut) {}

  /**
   * Merges.
   *
   * @param windows in order of the text
   * @param answers of each window, in positions of the window
   * @return in positions of the text
   */
  static WindowAnswer merge(List<TextWindow> windows, List<WindowAnswer> answers) {
    if (windows.size() == 1) {
      return answers.get(0).shifted(windows.get(0).from());
    }
    var spans = new ArrayList<Found<ScoredSpan>>();
    var triples = new ArrayList<Found<ScoredTriple>>();
    for (int i = 0; i < windows.size(); i++) {
      var window = windows.get(i);
      int number = i;
      var answer = answers.get(i).shifted(window.from());
      answer.spans().forEach(span -> spans.add(new Found<>(span, number, window.cuts(span))));
      answer
          .triples()
          .forEach(triple -> triples.add(new Found<>(triple, number, cuts(window, triple))));
    }
    var kept = merge(spans, ScoredSpan.BEST_FIRST, ScoredSpan::overlaps);
    kept.sort(ScoredSpan.BY_PLACE);
    return new WindowAnswer(kept, merge(triples, ScoredTriple.BEST_FIRST, ScoredTriple::resembles));
  }

  private static boolean cuts(TextWindow window, ScoredTriple triple) {
    return window.cuts(triple.subject()) || window.cuts(triple.object());
  }

  /** O(n · what neighbouring windows found): only neighbours share positions. */
  private static <T> List<T> merge(
      List<Found<T>> found, Comparator<T> order, BiPredicate<T, T> areSame) {
    found.sort(
        Comparator.comparing((Found<T> one) -> one.isCut())
            .thenComparing(Found::value, order)
            .thenComparingInt(Found::window));
    var keptOfWindow = new ArrayList<List<T>>();
    for (var one : found) {
      while (keptOfWindow.size() <= one.window() + 1) {
        keptOfWindow.add(new ArrayList<>());
      }
    }
    var kept = new ArrayList<T>();
    for (var one : found) {
      Predicate<T> isSame = other -> areSame.test(one.value(), other);
      boolean toldBefore = keptOfWindow.get(one.window() + 1).stream().anyMatch(isSame);
      boolean toldAfter =
          one.window() > 0 && keptOfWindow.get(one.window() - 1).stream().anyMatch(isSame);
      if (!toldBefore && !toldAfter) {
        keptOfWindow.get(one.window()).add(one.value());
        kept.add(one.value());
      }
    }
    return kept;
  }
}
