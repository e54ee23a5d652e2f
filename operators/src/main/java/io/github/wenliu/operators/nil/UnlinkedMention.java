package io.github.wenliu.operators.nil;

import java.util.Comparator;
import java.util.List;

/**
 * A mention that means nothing the knowledge base knows.
 *
 * @param channel tenant
 * @param name its text in normalised form
 * @param type label of the extractor
 * @param surface its text as written
 * @param context words and entities around it in normalised form, each once, the nearest first
 * @param excerpt the text around it, for people
 * @param topic topic of its document's record
 * @param partition partition of that topic
 * @param offset offset in that partition
 * @param start first code point in the document
 * @param end code point after the last
 * @param epoch epoch in which it counts
 * @param effectiveMillis effective time of the document
 */
public record UnlinkedMention(
    String channel,
    String name,
    String type,
    String surface,
    List<String> context,
    String excerpt,
    String topic,
    int partition,
    long offset,
    int start,
    int end,
    long epoch,
    long effectiveMillis) {

  /** The order in which the mentions of an epoch are taken, however they come. */
  static final Comparator<UnlinkedMention> ORDER =
      Comparator.comparing(UnlinkedMention::topic)
          .thenComparingInt(UnlinkedMention::partition)
          .thenComparingLong(UnlinkedMention::offset)
          .thenComparingInt(UnlinkedMention::start)
          .thenComparingInt(UnlinkedMention::end)
          .thenComparing(UnlinkedMention::type);

  public UnlinkedMention {
    if (channel == null || name == null || type == null || surface == null || excerpt == null) {
      throw new IllegalArgumentException("a mention has a channel, name, type, surface, excerpt");
    }
    context = List.copyOf(context);
  }

  /** Names whose state it belongs to: {@code channel/stem}. */
  public String key() {
    return GroupId.key(channel, GroupId.stem(name));
  }

  /** Where its document stands: {@code topic-partition-offset}. */
  String origin() {
    return topic + "-" + partition + "-" + offset;
  }

  /** The same in another epoch. */
  UnlinkedMention in(long epoch) {
    return new UnlinkedMention(
        channel,
        name,
        type,
        surface,
        context,
        excerpt,
        topic,
        partition,
        offset,
        start,
        end,
        epoch,
        effectiveMillis);
  }
}
