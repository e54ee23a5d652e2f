package io.github.wenliu.operators.nil;

import java.io.Serializable;
import java.time.Duration;
import java.util.Set;

/**
 * Which unlinked mentions are grouped, when a group is published, and when it is forgotten.
 *
 * @param minMentions mentions from which on it is published
 * @param minDocuments documents from which on it is published
 * @param retention event time after which a group that is not seen again is dropped
 * @param groupsPerName groups of one name
 * @param exceptTypes labels of the extractor whose mentions are not grouped, as they name no thing
 * @param sweeps whether groups are dropped as time goes by, and not only when their name is seen
 *     again. Not where the input ends: there all timers fire, and how far time had come before
 *     depends on the speed of the job
 */
public record NilParameters(
    int minMentions,
    int minDocuments,
    Duration retention,
    int groupsPerName,
    Set<String> exceptTypes,
    boolean sweeps)
    implements Serializable {

  /**
   * Labels of the released models that stand for what somebody or something is, and not for what it
   * is called: posts, subjects and degrees, citizenship, general nouns.
   */
  private static final Set<String> NAMELESS =
      Set.of("TITLE", "position", "PRO", "EDU", "CONT", "PER.NOM", "ORG.NOM", "LOC.NOM", "GPE.NOM");

  /** Three mentions in two documents, 30 days, eight groups of a name, labels that name things. */
  public static final NilParameters DEFAULT =
      new NilParameters(3, 2, Duration.ofDays(30), 8, NAMELESS, true);

  public NilParameters {
    if (minMentions < 1 || minDocuments < 1 || groupsPerName < 1) {
      throw new IllegalArgumentException("bounds of groups of mentions must be positive");
    }
    if (retention.toMillis() < 1) {
      throw new IllegalArgumentException("retention is " + retention + ", must be positive");
    }
    exceptTypes = Set.copyOf(exceptTypes);
  }

  /** The same for an input that ends. */
  public NilParameters ofInputThatEnds() {
    return new NilParameters(
        minMentions, minDocuments, retention, groupsPerName, exceptTypes, false);
  }

  /** The retention in epochs, rounded up. */
  long retentionEpochs(long epochMillis) {
    return (retention.toMillis() - 1) / epochMillis + 1;
  }
}
