package io.github.wenliu.operators.newword;

/**
 * How much a channel has read.
 *
 * @param epoch the newest epoch that is closed and had documents
 * @param symbols symbols of all closed epochs
 * @param sinceVersion those of them that came after the last version
 * @param sincePruning those that came after rare n-grams were last forgotten
 * @param ended whether the version at the end of the input has been told, and nothing came since
 */
public record ChannelTotals(
    long epoch, long symbols, long sinceVersion, long sincePruning, boolean ended) {

  static final ChannelTotals NONE = new ChannelTotals(Long.MIN_VALUE, 0, 0, 0, true);

  ChannelTotals plus(long closedEpoch, long epochSymbols) {
    return new ChannelTotals(
        Math.max(epoch, closedEpoch),
        symbols + epochSymbols,
        sinceVersion + epochSymbols,
        sincePruning + epochSymbols,
        ended);
  }

  /** Something has come that is still to be counted. */
  ChannelTotals withMore() {
    return new ChannelTotals(epoch, symbols, sinceVersion, sincePruning, false);
  }

  ChannelTotals afterEnd() {
    return new ChannelTotals(epoch, symbols, sinceVersion, sincePruning, true);
  }

  /** Whether enough is new for another version. */
  boolean isDue(NewWordParameters parameters) {
    double share = Math.min(parameters.versionShare() * symbols, parameters.versionMaxSymbols());
    return sinceVersion >= Math.max(parameters.versionSymbols(), share);
  }

  /** Whether rare n-grams are to be forgotten behind the version that is due. */
  boolean prunes(NewWordParameters parameters) {
    return !parameters.isExact() && sincePruning >= parameters.pruneSymbols();
  }

  ChannelTotals afterVersion(NewWordParameters parameters) {
    return new ChannelTotals(epoch, symbols, 0, prunes(parameters) ? 0 : sincePruning, ended);
  }
}
