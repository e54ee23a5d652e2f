package io.github.wenliu.operators.link;

import it.unimi.dsi.fastutil.ints.Int2IntOpenHashMap;
import it.unimi.dsi.fastutil.ints.IntArrayList;
import it.unimi.dsi.fastutil.objects.Object2IntOpenHashMap;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Finds which of some strings a text has, all in one pass: O(length of the text) look-ups of two
 * characters, and a comparison for each string that begins with them. Not thread-safe.
 */
final class StringSearch {

  private static final int NONE = -1;

  private final List<String> strings = new ArrayList<>();
  private final Object2IntOpenHashMap<String> numbers = new Object2IntOpenHashMap<>();

  /** By the first two UTF-16 units, or the only one: the string that begins so and came last. */
  private final Int2IntOpenHashMap heads = new Int2IntOpenHashMap();

  /** By string: the one that came before it and begins the same. */
  private final IntArrayList before = new IntArrayList();

  private boolean hasShort;

  StringSearch() {
    numbers.defaultReturnValue(NONE);
    heads.defaultReturnValue(NONE);
  }

  /** Adds a string; returns its number, the same for the same string. */
  int add(String string) {
    int known = numbers.getInt(string);
    if (known != NONE) {
      return known;
    }
    int number = strings.size();
    strings.add(string);
    numbers.put(string, number);
    hasShort |= string.length() < 2;
    before.add(string.isEmpty() ? NONE : heads.put(head(string), number));
    return number;
  }

  /** The numbers of the strings that stand in a text; the empty string stands in every one. */
  BitSet in(String text) {
    var found = new BitSet(strings.size());
    for (int at = 0; at < text.length(); at++) {
      char first = text.charAt(at);
      if (at + 1 < text.length()) {
        find(heads.get(head(first, text.charAt(at + 1))), text, at, found);
      }
      if (hasShort) {
        find(heads.get(head(first, (char) 0)), text, at, found);
      }
    }
    int empty = numbers.getInt("");
    if (empty != NONE) {
      found.set(empty);
    }
    return found;
  }

  private void find(int last, String text, int at, BitSet found) {
    for (int number = last; number != NONE; number = before.getInt(number)) {
      if (!found.get(number) && text.startsWith(strings.get(number), at)) {
        found.set(number);
      }
    }
  }

  private static int head(String string) {
    return head(string.charAt(0), string.length() > 1 ? string.charAt(1) : 0);
  }

  private static int head(char first, char second) {
    return first << 16 | second;
  }
}
