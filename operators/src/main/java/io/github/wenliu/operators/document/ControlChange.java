package io.github.wenliu.operators.document;

import java.io.Serializable;

/**
 * What an operator of the system asks for through the topic {@code control}. The newest change of a
 * key (kind, channel, target) is the one in force.
 *
 * @param kind what the change is about: {@code word}, {@code model} or {@code entity}
 * @param channel tenant
 * @param target what is changed, such as a word
 * @param action what to do with it, such as {@code pin}; {@code null} takes the change before back
 * @param value what the action needs to know beside the target: the {@link ModelChoice} of a
 *     selection, the type of an entity; {@code null} if nothing
 * @param effectiveFromMillis event time from which it shall count, in epoch milliseconds; {@code
 *     null} for as soon as possible, {@link #FOR_ALL_TIME} if it stood there before the job began,
 *     which nobody waits to have answered
 * @param origin where the record stands, {@code topic-partition-offset}
 */
public record ControlChange(
    String kind,
    String channel,
    String target,
    String action,
    String value,
    Long effectiveFromMillis,
    String origin)
    implements Serializable {

  /** Kind of the changes that are about words. */
  public static final String WORD = "word";

  /** Kind of the changes that are about the model of a stage. */
  public static final String MODEL = "model";

  /** Kind of the changes that are about strings that are entities. */
  public static final String ENTITY = "entity";

  /** Kind of the changes that are about groups of unlinked mentions. */
  public static final String CANDIDATE = "candidate";

  /** Kind of the answers to changes of the knowledge base, which come through their own topic. */
  public static final String KB = "kb";

  /** The target of a {@link #MODEL}: the model that finds entities and relations. */
  public static final String EXTRACTION = "extraction";

  /** Says which model it is. */
  public static final String SELECT = "select";

  /** Says that a word is one, or that a string is an entity wherever it stands. */
  public static final String PIN = "pin";

  /** Says that a word is none. */
  public static final String BAN = "ban";

  /** Says that a group of unlinked mentions is an entry of the knowledge base. */
  public static final String PROMOTE = "promote";

  /** {@link #effectiveFromMillis()} of a change that counts for all time. */
  public static final long FOR_ALL_TIME = Long.MIN_VALUE;

  public ControlChange {
    if (kind == null || channel == null || target == null || origin == null) {
      throw new IllegalArgumentException("a control change has a kind, channel, target and origin");
    }
  }

  /** Whether it stood there before the job began: it counts for all time and gets no answer. */
  public boolean isForAllTime() {
    return effectiveFromMillis != null && effectiveFromMillis == FOR_ALL_TIME;
  }

  /** The same change, in force for all time. */
  public ControlChange forAllTime() {
    return new ControlChange(kind, channel, target, action, value, FOR_ALL_TIME, origin);
  }
}
