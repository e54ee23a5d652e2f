package io.github.wenliu.operators.cluster;

/** The order of names by code points, which is not that of UTF-16 units. */
final class NameOrder {

  private NameOrder() {}

  static int compare(String a, String b) {
    int end = Math.min(a.length(), b.length());
    int at = 0;
    while (at < end && a.charAt(at) == b.charAt(at)) {
      at++;
    }
    if (at == end) {
      return Integer.compare(a.length(), b.length());
    }
    char x = a.charAt(at);
    char y = b.charAt(at);
    if (Character.isSurrogate(x) != Character.isSurrogate(y)) {
      return Character.isSurrogate(x) ? 1 : -1;
    }
    return Character.compare(x, y);
  }
}
