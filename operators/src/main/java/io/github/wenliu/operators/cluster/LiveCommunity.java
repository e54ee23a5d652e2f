package io.github.wenliu.operators.cluster;

/**
 * A published community between two versions.
 *
 * @param number its id without the letter; the lower, the older
 * @param bornMillis event time of the end of the version in which it was published first
 * @param sizeAtEvent its members when something last happened to it
 * @param fading consecutive versions in which nothing was its heir, or in which it was too small
 * @param pulse how it is met
 * @param label as it was last written
 * @param size as it was last written
 * @param flow as it was last written
 */
record LiveCommunity(
    long number,
    long bornMillis,
    int sizeAtEvent,
    int fading,
    Pulse pulse,
    String label,
    int size,
    double flow) {

  private static final String PREFIX = "c";

  static String id(long number) {
    return PREFIX + number;
  }

  String id() {
    return id(number);
  }
}
