package io.github.wenliu.pipeline.codec;

import io.github.wenliu.operators.document.ErrorClass;
import io.github.wenliu.operators.link.KbChange;
import io.github.wenliu.operators.link.KbEntry;
import io.github.wenliu.operators.link.KbFact;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a line of a file of entries, in one of two forms that it tells by their fields:
 *
 * <ul>
 *   <li>the value of a record of the topic {@code kb}, which must hold its id, and may hold its
 *       channel;
 *   <li>a line of the {@code kb_data} of CCKS 2019 or of DuEL. Its {@code 义项描述} and {@code 摘要} are
 *       the description, all else that it says are facts. What is longer than an entry may hold is
 *       cut: nobody who has such a file can mend it.
 * </ul>
 *
 * Never throws on input. Thread-safe.
 */
public final class KbLineDecoder {

  private static final String DUMP_ID = "subject_id";
  private static final String DUMP_NAME = "subject";
  private static final String DUMP_ALIASES = "alias";
  private static final String DUMP_TYPES = "type";
  private static final String DUMP_DATA = "data";
  private static final String DUMP_PREDICATE = "predicate";
  private static final String DUMP_OBJECT = "object";
  private static final String DUMP_SENSE = "义项描述";
  private static final String DUMP_SUMMARY = "摘要";
  private static final String TYPE_SEPARATOR = "\\|";
  private static final String SENTENCE_END = "。";

  private final String channel;
  private final KbDecoder decoder;

  /**
   * @param channel of lines that name none
   * @param zone of times that name none
   */
  public KbLineDecoder(String channel, ZoneId zone) {
    this.channel = channel;
    decoder = new KbDecoder(zone);
  }

  /**
   * The entry of a line, or why it holds none.
   *
   * @param file base name of the file
   * @param number of the line
   */
  public KbLine decode(String file, long number, byte[] bytes) {
    try {
      var object = KbObject.parse(bytes);
      var origin = file + ":" + number;
      var change =
          object.has(DUMP_ID) && !object.has(KbJson.ID)
              ? dump(object, origin)
              : own(object, origin);
      return new KbLine(file, number, bytes, change, null);
    } catch (RejectedException e) {
      return new KbLine(file, number, bytes, null, e.rejection());
    }
  }

  private KbChange own(KbObject object, String origin) throws RejectedException {
    var id = object.text(KbJson.ID);
    if (id == null) {
      throw KbRules.rejected(ErrorClass.SCHEMA, "the line has neither an id nor a " + DUMP_ID);
    }
    return decoder.change(
        KbRules.channel(object.text(KbJson.CHANNEL, channel)),
        KbRules.id(KbJson.ID, id),
        object,
        origin);
  }

  private KbChange dump(KbObject object, String origin) throws RejectedException {
    var name = KbRules.name(object.text(DUMP_NAME));
    var sense = new StringBuilder();
    var summary = new StringBuilder();
    var facts = new ArrayList<KbFact>();
    for (var datum : object.objects(DUMP_DATA)) {
      var predicate = datum.text(DUMP_PREDICATE, "");
      var said = datum.text(DUMP_OBJECT, "");
      switch (predicate) {
        case DUMP_SENSE -> append(sense, said);
        case DUMP_SUMMARY -> append(summary, said);
        default ->
            facts.add(
                new KbFact(
                    cut(predicate, KbRules.MAX_PREDICATE_LENGTH),
                    cut(said, KbRules.MAX_OBJECT_LENGTH)));
      }
    }
    append(sense, summary.toString());
    var entry =
        new KbEntry(
            KbRules.channel(channel),
            KbRules.id(DUMP_ID, object.text(DUMP_ID)),
            name,
            KbRules.aliases(name, aliases(object)),
            KbRules.types(types(object)),
            KbRules.description(cut(sense.toString(), KbRules.MAX_DESCRIPTION_LENGTH)),
            KbRules.facts(first(facts, KbRules.MAX_FACTS)),
            null,
            null);
    return new KbChange(channel, entry.id(), entry, null, origin);
  }

  private static List<String> aliases(KbObject object) throws RejectedException {
    var aliases = new ArrayList<String>();
    for (var alias : object.textOrTexts(DUMP_ALIASES)) {
      // Part of a name is none.
      if (alias.length() <= KbRules.MAX_NAME_LENGTH) {
        aliases.add(alias);
      }
    }
    return first(aliases, KbRules.MAX_ALIASES);
  }

  private static List<String> types(KbObject object) throws RejectedException {
    var types = new ArrayList<String>();
    for (var type : object.textOrTexts(DUMP_TYPES)) {
      types.addAll(List.of(type.split(TYPE_SEPARATOR)));
    }
    return types;
  }

  private static void append(StringBuilder to, String text) {
    var stripped = text.strip();
    if (!to.isEmpty() && !stripped.isEmpty() && to.indexOf(SENTENCE_END, to.length() - 1) < 0) {
      to.append(SENTENCE_END);
    }
    to.append(stripped);
  }

  private static <T> List<T> first(List<T> list, int max) {
    return list.size() <= max ? list : list.subList(0, max);
  }

  private static String cut(String text, int max) {
    if (text.length() <= max) {
      return text;
    }
    return text.substring(0, Character.isHighSurrogate(text.charAt(max - 1)) ? max - 1 : max);
  }
}
