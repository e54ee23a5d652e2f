package io.github.wenliu.operators.envelope;

/** Which of some fields are there, the first in the lowest bit. */
final class Presence {

  private Presence() {}

  static int of(Object... fields) {
    int bits = 0;
    for (int i = 0; i < fields.length; i++) {
      bits |= fields[i] == null ? 0 : 1 << i;
    }
    return bits;
  }

  static boolean has(int bits, int field) {
    return (bits >>> field & 1) != 0;
  }
}
