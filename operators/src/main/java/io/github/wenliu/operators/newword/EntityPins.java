package io.github.wenliu.operators.newword;

import io.github.wenliu.models.text.NormalizedText;
import io.github.wenliu.operators.document.Entity;
import it.unimi.dsi.fastutil.longs.Long2IntOpenHashMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The strings that users say are entities, as a trie over normalised characters. A text is read
 * from left to right; where several of them begin, the longest is taken, and reading goes on behind
 * it. A match begins and ends with a symbol, so 苹果 is found anywhere but {@code apple} not inside
 * {@code apples}.
 *
 * <p>O(characters of the text × longest string) at worst, O(characters) for strings that begin
 * differently. About 30 bytes of heap a character of the strings. Never changed once made.
 */
final class EntityPins {

  /** No string is an entity. */
  static final EntityPins NONE = new EntityPins(Map.of());

  private static final double CERTAIN = 1;
  private static final String ORIGIN = "lexicon";
  private static final int ROOT = 0;

  /** {@code node << 16 | character} to the node below it; the root is below none. */
  private final Long2IntOpenHashMap children = new Long2IntOpenHashMap();

  /** By node: the type of the string that ends there, or {@code null}. */
  private final List<String> types = new ArrayList<>();

  /**
   * @param typeByText types of entities by their normalised, non-empty text
   */
  EntityPins(Map<String, String> typeByText) {
    types.add(null);
    typeByText.forEach(this::add);
  }

  private void add(String text, String type) {
    if (text.isEmpty()) {
      throw new IllegalArgumentException("an entity has no characters");
    }
    int node = ROOT;
    for (int i = 0; i < text.length(); i++) {
      int child = child(node, text.charAt(i));
      if (child == ROOT) {
        child = types.size();
        types.add(null);
        children.put(edge(node, text.charAt(i)), child);
      }
      node = child;
    }
    types.set(node, type);
  }

  /** The strings that stand in a text, in order, none over another. */
  List<Entity> in(NormalizedText text) {
    var found = new ArrayList<Entity>();
    if (children.isEmpty()) {
      return found;
    }
    var normal = text.normalized();
    for (int symbol = 0; symbol < text.symbols(); ) {
      var entity = longestAt(symbol, text, normal);
      if (entity == null) {
        symbol++;
      } else {
        found.add(entity);
        while (text.end(symbol) < entity.end()) {
          symbol++;
        }
        symbol++;
      }
    }
    return found;
  }

  private Entity longestAt(int from, NormalizedText text, String normal) {
    int node = ROOT;
    int last = -1;
    String type = null;
    for (int symbol = from; symbol < text.symbols(); symbol++) {
      int end = text.first(symbol + 1);
      for (int i = text.first(symbol); i < end; i++) {
        node = child(node, normal.charAt(i));
        if (node == ROOT) {
          return entity(from, last, type, text);
        }
      }
      if (types.get(node) != null && text.first(symbol) < end) {
        last = symbol;
        type = types.get(node);
      }
    }
    return entity(from, last, type, text);
  }

  private static Entity entity(int first, int last, String type, NormalizedText text) {
    return type == null
        ? null
        : new Entity(
            text.start(first),
            text.end(last),
            text.startUtf16(first),
            text.endUtf16(last),
            type,
            CERTAIN,
            ORIGIN,
            null,
            null);
  }

  private int child(int node, char character) {
    return children.get(edge(node, character));
  }

  private static long edge(int node, char character) {
    return (long) node << Character.SIZE | character;
  }
}
