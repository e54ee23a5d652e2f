package io.github.wenliu.pipeline.codec;

import io.github.wenliu.operators.document.ErrorClass;
import io.github.wenliu.operators.document.RawRecord;
import io.github.wenliu.operators.link.KbChange;
import io.github.wenliu.operators.link.KbEntry;
import io.github.wenliu.operators.link.KbFact;
import io.github.wenliu.operators.link.KbRecord;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a record of the topic {@code kb}. Never throws on input, whatever the bytes: what is no
 * entry comes back as a rejection that says why, without quoting it.
 *
 * <p>The key is {@code channel/id}, the value a JSON object, or nothing where the entry is deleted;
 * the schema is {@code docs/schema/kb.schema.json}. Unknown fields are left alone.
 *
 * <p>O(bytes). Thread-safe.
 */
public final class KbDecoder {

  private final ZoneId zone;

  /**
   * @param zone zone of times that name none
   */
  public KbDecoder(ZoneId zone) {
    this.zone = zone;
  }

  /** The change that a record asks for, or why it is rejected. */
  public KbRecord decode(RawRecord raw) {
    try {
      return KbRecord.of(change(raw));
    } catch (RejectedException e) {
      return KbRecord.rejected(raw, e.rejection());
    }
  }

  private KbChange change(RawRecord raw) throws RejectedException {
    var key = raw.key() == null ? null : WellFormed.utf8(raw.key());
    int separator = key == null ? -1 : key.indexOf(KbJson.SEPARATOR);
    if (separator < 0) {
      throw raw.key() != null && key == null
          ? KbRules.rejected(ErrorClass.ENCODING, "the key is not UTF-8")
          : KbRules.rejected(ErrorClass.SCHEMA, "the key is not channel/id");
    }
    var channel = KbRules.channel(key.substring(0, separator));
    var id = KbRules.id("the id in the key", key.substring(separator + 1));
    if (raw.value() == null) {
      return new KbChange(channel, id, null, null, raw.origin());
    }
    var object = KbObject.parse(raw.value());
    if (!object.text(KbJson.ID, id).equals(id)) {
      throw KbRules.rejected(ErrorClass.SCHEMA, "id is not that of the key");
    }
    return change(channel, id, object, raw.origin());
  }

  /** The entry that an object holds. */
  KbChange change(String channel, String id, KbObject object, String origin)
      throws RejectedException {
    var name = KbRules.name(object.text(KbJson.NAME));
    var entry =
        new KbEntry(
            channel,
            id,
            name,
            KbRules.aliases(name, object.texts(KbJson.ALIASES)),
            KbRules.types(object.texts(KbJson.TYPES)),
            KbRules.description(object.text(KbJson.DESCRIPTION, "")),
            KbRules.facts(facts(object)),
            object.weight(KbJson.PRIOR),
            KbRules.redirect(id, object.text(KbJson.REDIRECT)));
    return new KbChange(channel, id, entry, object.time(KbJson.EFFECTIVE_FROM, zone), origin);
  }

  private static List<KbFact> facts(KbObject object) throws RejectedException {
    var facts = new ArrayList<KbFact>();
    for (var fact : object.objects(KbJson.FACTS)) {
      facts.add(new KbFact(fact.text(KbJson.PREDICATE, ""), fact.text(KbJson.OBJECT, "")));
    }
    return facts;
  }
}
