package io.github.wenliu.operators.link;

import java.io.Serializable;
import java.util.List;

/**
 * An entry of a knowledge base, as its owner wrote it.
 *
 * @param channel tenant
 * @param id identifies it within the channel
 * @param name what it is called
 * @param aliases other names, which may be shared with other entries
 * @param types from the most telling to the least, such as 人物; may be empty
 * @param description one line or a few; may be empty
 * @param facts may be empty
 * @param prior how much more often than others of its name it is meant, such as page views; {@code
 *     null} if unknown
 * @param redirect id of the entry that is meant by the names of this one, which is none itself;
 *     {@code null} for an entry of its own
 */
public record KbEntry(
    String channel,
    String id,
    String name,
    List<String> aliases,
    List<String> types,
    String description,
    List<KbFact> facts,
    Double prior,
    String redirect)
    implements Serializable {

  public KbEntry {
    if (channel == null || id == null || name == null || description == null) {
      throw new IllegalArgumentException("an entry has a channel, id, name and description");
    }
    if (prior != null && !(prior >= 0 && prior < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("prior is " + prior + ", must be finite and not negative");
    }
    aliases = List.copyOf(aliases);
    types = List.copyOf(types);
    facts = List.copyOf(facts);
  }
}
