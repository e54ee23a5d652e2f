package io.github.wenliu.operators.document;

/**
 * What an operator of the system asks for through the topic {@code control}. The newest change of a
 * key (kind, channel, target) is the one in force.
 *
 * @param kind what the change is about: {@code word}
 * @param channel tenant
 * @param target what is changed, such as a word
 * @param action what to do with it, such as {@code pin}; {@code null} takes the change before back
 * @param effectiveFromMillis event time from which it shall count, in epoch milliseconds; {@code
 *     null} for as soon as possible
 * @param origin where the record stands, {@code topic-partition-offset}
 */
public record ControlChange(
    String kind,
    String channel,
    String target,
    String action,
    Long effectiveFromMillis,
    String origin) {

  public ControlChange {
    if (kind == null || channel == null || target == null || origin == null) {
      throw new IllegalArgumentException("a control change has a kind, channel, target and origin");
    }
  }
}
