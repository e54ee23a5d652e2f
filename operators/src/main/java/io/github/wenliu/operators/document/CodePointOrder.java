package io.github.wenliu.operators.document;

/** The order of code points, which differs from that of UTF-16 units beyond the first plane. */
public final class CodePointOrder {

  private CodePointOrder() {}

  /** As {@link java.util.Comparator#compare} does. */
  public static int compare(String a, String b) {
    int end = Math.min(a.length(), b.length());
    for (int i = 0; i < end; i++) {
      char x = a.charAt(i);
      char y = b.charAt(i);
      if (x != y) {
        boolean sameKind = Character.isSurrogate(x) == Character.isSurrogate(y);
        return sameKind ? Character.compare(x, y) : Character.isSurrogate(x) ? 1 : -1;
      }
    }
    return Integer.compare(a.length(), b.length());
  }
}
