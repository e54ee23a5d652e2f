package io.github.wenliu.operators.link;

import io.github.wenliu.operators.document.ControlChange;
import java.util.List;

/** Entries and changes of a knowledge base for tests, with what a test does not care about. */
final class Kb {

  static final String CHANNEL = "main";

  private Kb() {}

  static KbEntry entry(String id, String name, String... aliases) {
    return entry(id, name, "说明 " + name, aliases);
  }

  static KbEntry entry(String id, String name, String description, String[] aliases) {
    return new KbEntry(
        CHANNEL,
        id,
        name,
        List.of(aliases),
        List.of("物"),
        description,
        List.of(new KbFact("属于", name)),
        1.0,
        null);
  }

  static KbEntry redirect(String id, String target, String name, String... aliases) {
    return new KbEntry(CHANNEL, id, name, List.of(aliases), List.of(), "", List.of(), null, target);
  }

  static KbChange put(KbEntry entry, Long fromMillis) {
    return new KbChange(entry.channel(), entry.id(), entry, fromMillis, "kb-0-1");
  }

  static KbChange put(KbEntry entry) {
    return put(entry, null);
  }

  static KbChange delete(String id) {
    return new KbChange(CHANNEL, id, null, null, "kb-0-2");
  }

  /** As it stood there before the job began. */
  static KbRecord stood(KbEntry entry) {
    return KbRecord.of(put(entry).forAllTime());
  }

  static KbRecord now(KbEntry entry) {
    return KbRecord.of(put(entry));
  }

  static KbRecord from(KbEntry entry, long millis) {
    return KbRecord.of(put(entry, millis));
  }

  static KbRecord gone(String id) {
    return KbRecord.of(delete(id));
  }

  /** Of a group that becomes an entry, or no more where there is no name. */
  static ControlChange promotion(String group, String name) {
    var action = name == null ? null : ControlChange.PROMOTE;
    var value = name == null ? null : "id\t" + Promotion.idOf(group) + "\nname\t" + name;
    return new ControlChange(
        ControlChange.CANDIDATE, CHANNEL, group, action, value, null, "control-0-1");
  }

  static KbCandidate candidate(String id, NameKind kind, double prior) {
    return new KbCandidate(
        id, "名" + id, kind, List.of("物"), "说明", List.of(), prior, new byte[] {1, -1});
  }
}
