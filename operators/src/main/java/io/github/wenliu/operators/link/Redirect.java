package io.github.wenliu.operators.link;

import java.util.ArrayList;
import java.util.List;

/**
 * An entry whose names mean another one.
 *
 * @param channel tenant
 * @param id of the entry, which is none of its own
 * @param target id of the entry that it names, which may be another redirect, or not be there
 * @param names all that it is called
 */
public record Redirect(String channel, String id, String target, List<String> names) {

  public Redirect {
    if (channel == null || id == null || target == null) {
      throw new IllegalArgumentException("a redirect has a channel, an id and a target");
    }
    names = List.copyOf(names);
  }

  /** Of an entry that says so. */
  static Redirect of(KbEntry entry) {
    var names = new ArrayList<String>();
    names.add(entry.name());
    names.addAll(entry.aliases());
    return new Redirect(entry.channel(), entry.id(), entry.redirect(), names);
  }

  /** Names what it is about: {@code channel/id}. */
  String key() {
    return channel + "/" + id;
  }
}
