package io.github.wenliu.operators.link;

import java.util.List;
import java.util.Set;

/**
 * What people say that a text links to.
 *
 * @param places mentions, those that mean no entry too
 * @param ids entries that the text is about, those whose name does not stand in it too
 */
public record GoldLinks(List<Place> places, Set<String> ids) {

  public GoldLinks {
    places = List.copyOf(places);
    ids = Set.copyOf(ids);
  }

  /**
   * A mention.
   *
   * @param start first code point
   * @param end code point after the last
   * @param id of the entry that it means; {@code null} for none
   */
  public record Place(int start, int end, String id) {}

  /** The place that a mention stands at, or {@code null}. */
  Place at(Mention mention) {
    for (var place : places) {
      if (place.start() == mention.start() && place.end() == mention.end()) {
        return place;
      }
    }
    return null;
  }
}
