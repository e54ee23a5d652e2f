package io.github.wenliu.operators.cluster;

import java.io.Serializable;

/**
 * What can be set about communities.
 *
 * @param context within what words must stand to occur together
 * @param maxPairs pairs that are counted of a document at most, those that stand nearest
 * @param halfLifeEpochs epochs after which a count weighs half
 * @param weighting what the weight of an edge is made of
 * @param minCount decayed count of contexts below which an edge is not clustered
 * @param stopShare share of contexts above which a word is left out as too common, in (0, 1]
 * @param topK an edge is clustered only if it is among so many heaviest of one of its ends
 * @param maxEdges edges that a channel keeps at most; beyond, the weakest go first
 * @param versionPairs pairs that a channel must have counted since its last version before the next
 * @param versionShare the same, as a share of the decayed number of all its pairs; the larger of
 *     the two counts
 * @param minSize members below which a community is not published
 * @param hysteresis consecutive versions that must agree before a change of communities is
 *     published
 * @param memberHysteresis versions in which a member must be met and found in another community,
 *     and in no third one, before it is published there
 * @param shownMembers members of a community that are written, those of most flow
 */
public record CommunityParameters(
    PairContext context,
    int maxPairs,
    long halfLifeEpochs,
    EdgeWeighting weighting,
    double minCount,
    double stopShare,
    int topK,
    int maxEdges,
    long versionPairs,
    double versionShare,
    int minSize,
    int hysteresis,
    int memberHysteresis,
    int shownMembers)
    implements Serializable {

  /** The defaults of the job, with a half-life of seven days of ten-second epochs. */
  public static final CommunityParameters DEFAULT =
      new CommunityParameters(
          PairContext.PASSAGE,
          1_000,
          60_480,
          EdgeWeighting.NPMI,
          1.5,
          0.05,
          20,
          1_000_000,
          1_000,
          0.1,
          5,
          2,
          8,
          30);

  public CommunityParameters {
    if (context == null || weighting == null) {
      throw new IllegalArgumentException("communities need a context and a weighting");
    }
    atLeastOne("maxPairs", maxPairs);
    atLeastOne("halfLifeEpochs", halfLifeEpochs);
    notNegative("minCount", minCount);
    if (!(stopShare > 0 && stopShare <= 1)) {
      throw new IllegalArgumentException("stopShare is " + stopShare + ", must be in (0, 1]");
    }
    atLeastOne("topK", topK);
    atLeastOne("maxEdges", maxEdges);
    atLeastOne("versionPairs", versionPairs);
    notNegative("versionShare", versionShare);
    atLeastOne("minSize", minSize);
    atLeastOne("hysteresis", hysteresis);
    atLeastOne("memberHysteresis", memberHysteresis);
    atLeastOne("shownMembers", shownMembers);
  }

  private static void atLeastOne(String name, long value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " is " + value + ", must be positive");
    }
  }

  private static void notNegative(String name, double value) {
    if (!(value >= 0)) {
      throw new IllegalArgumentException(name + " is " + value + ", must not be negative");
    }
  }
}
