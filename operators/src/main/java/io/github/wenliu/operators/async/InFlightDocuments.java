package io.github.wenliu.operators.async;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The documents under way, and the marks that must not come out before documents that came in
 * before them. Documents end in any order. O(1) a document and a mark.
 *
 * @param <D> a document, with what its stage needs
 * @param <M> what is held back, such as a watermark
 */
final class InFlightDocuments<D, M> {

  /**
   * A document under way.
   *
   * @param number counts up from 0 in the order of coming
   * @param deadlineMillis never before that of an earlier one
   */
  record Flight<D>(long number, D document, long deadlineMillis) {}

  private record Held<M>(long next, M mark) {}

  /** By their numbers, in order of coming. */
  private final Map<Long, Flight<D>> flights = new LinkedHashMap<>();

  /** In order of coming, each with the number of the first document behind it. */
  private final ArrayDeque<Held<M>> marks = new ArrayDeque<>();

  private long next;

  /** Takes a document up and says by which number it can be ended. */
  long begin(D document, long deadlineMillis) {
    long number = next++;
    flights.put(number, new Flight<>(number, document, deadlineMillis));
    return number;
  }

  /** Ends a document; {@code null} if it has ended before. */
  D end(long number) {
    var flight = flights.remove(number);
    return flight == null ? null : flight.document();
  }

  /** Holds a mark back until all documents under way have ended. */
  void hold(M mark) {
    marks.add(new Held<>(next, mark));
  }

  /** The next mark that no document stands before any more, or {@code null}; it is let go. */
  M release() {
    var first = marks.peek();
    if (first == null || firstNumber() < first.next()) {
      return null;
    }
    return marks.remove().mark();
  }

  private long firstNumber() {
    var first = oldest();
    return first == null ? next : first.number();
  }

  /** The document that has been under way for longest, or {@code null}. */
  Flight<D> oldest() {
    Iterator<Flight<D>> all = flights.values().iterator();
    return all.hasNext() ? all.next() : null;
  }

  int size() {
    return flights.size();
  }

  /** In order of coming. */
  List<D> documents() {
    return flights.values().stream().map(Flight::document).toList();
  }
}
