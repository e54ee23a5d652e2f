package io.github.wenliu.operators.cluster;

/** The default parameters but for a few. */
final class ParametersBut {

  private static final CommunityParameters DEFAULT = CommunityParameters.DEFAULT;

  private ParametersBut() {}

  /** Those with another bound of the graph. */
  static CommunityParameters graph(int maxEdges) {
    return graph(maxEdges, DEFAULT.versionShare());
  }

  /** Those with another bound of the graph, and a version for each such share of pairs anew. */
  static CommunityParameters graph(int maxEdges, double versionShare) {
    return of(
        maxEdges,
        versionShare,
        DEFAULT.minSize(),
        DEFAULT.hysteresis(),
        DEFAULT.memberHysteresis(),
        DEFAULT.shownMembers());
  }

  /** Those with other rules of what is published. */
  static CommunityParameters published(
      int minSize, int hysteresis, int memberHysteresis, int shownMembers) {
    return of(
        DEFAULT.maxEdges(),
        DEFAULT.versionShare(),
        minSize,
        hysteresis,
        memberHysteresis,
        shownMembers);
  }

  private static CommunityParameters of(
      int maxEdges,
      double versionShare,
      int minSize,
      int hysteresis,
      int memberHysteresis,
      int shownMembers) {
    return new CommunityParameters(
        DEFAULT.context(),
        DEFAULT.maxPairs(),
        DEFAULT.halfLifeEpochs(),
        DEFAULT.weighting(),
        DEFAULT.minCount(),
        DEFAULT.stopShare(),
        DEFAULT.topK(),
        maxEdges,
        DEFAULT.versionPairs(),
        versionShare,
        minSize,
        hysteresis,
        memberHysteresis,
        shownMembers);
  }
}
