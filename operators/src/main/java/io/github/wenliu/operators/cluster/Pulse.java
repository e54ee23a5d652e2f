package io.github.wenliu.operators.cluster;

/**
 * How a community is met from version to version, and how sure it is that it no longer is. Counted
 * are contexts within the community, against those that would have come at its usual rate.
 *
 * <p><b>Idea.</b> Page's test [1]: each version adds to the {@link #silence} by how much likelier
 * what was counted is at a hundredth of the rate than at the rate itself, in nats. The sum never
 * falls below 0, so a lively past does not hide an end. Contexts may come in bursts: each community
 * learns by what factor its counts scatter more than those of single contexts that come at random,
 * and evidence is divided by it. So one that has had lulls must be silent for longer. No version
 * alone is an end. How long versions are does not matter: rates are by what was counted in all.
 *
 * <p>Of contexts that come at random, so long a gap follows on one in some thousand; and an end is
 * told after some seven contexts that did not come. O(1) a version.
 *
 * <p>[1] E. S. Page: Continuous inspection schemes, Biometrika 41, 1954.
 *
 * @param late contexts of late: of the version, and half of what was of late before it
 * @param silence how far counts speak for an end, in nats; not negative
 * @param expected what was expected in all versions, with a memory
 * @param scatter squared differences of what was counted from it, with the same memory
 */
record Pulse(double late, double silence, double expected, double scatter) {

  /** In state. */
  static final int BYTES = 4 * Double.BYTES;

  /** The silence that is an end. */
  static final double END = 7;

  /** The share of its rate against which a community is tested. */
  private static final double LEFT = 0.01;

  private static final double NATS = -StrictMath.log(LEFT);

  /** What is kept of the sums from version to version. */
  private static final double MEMORY = 0.95;

  /** Contexts at random that are taken to be known of each community. */
  private static final double PRIOR = 10;

  /** Of a community that is new. */
  static Pulse ofNew(double late) {
    return new Pulse(late, 0, 0, 0);
  }

  /** Contexts of a version after which those of late are so many. */
  double counted(double lateNow) {
    return Math.max(0, lateNow - late / 2);
  }

  /**
   * After another version.
   *
   * @param contexts that were expected in it
   * @param lateNow contexts of late, of the same members
   * @param least versions that an end takes at least
   */
  Pulse next(double contexts, double lateNow, int least) {
    double counted = counted(lateNow);
    double evidence = ((1 - LEFT) * contexts - NATS * counted) / dispersion();
    double difference = counted - contexts;
    return new Pulse(
        lateNow,
        Math.max(0, silence + Math.min(evidence, END / least)),
        MEMORY * expected + contexts,
        MEMORY * scatter + difference * difference);
  }

  /** The same with other members. */
  Pulse of(double lateNow) {
    return new Pulse(lateNow, silence, expected, scatter);
  }

  /** Whether the community has fallen silent for good. */
  boolean isEnd() {
    return silence >= END;
  }

  /** Variance of what is counted by its mean: 1 for single contexts at random. */
  private double dispersion() {
    return (PRIOR + scatter) / (PRIOR + expected);
  }
}
