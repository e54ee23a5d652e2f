package io.github.wenliu.operators.link;

import io.github.wenliu.operators.envelope.PackedInput;
import io.github.wenliu.operators.envelope.PackedOutput;
import java.util.List;

/**
 * How entries and candidates are packed, field by field, into what stands in state and crosses the
 * network. A change of it needs another name of the state, as savepoints hold what it wrote.
 */
final class PackedEntries {

  private PackedEntries() {}

  static void write(KbCandidate candidate, PackedOutput to) {
    to.writeString(candidate.id());
    to.writeString(candidate.name());
    // by name: kinds may come in between
    to.writeString(candidate.kind().name());
    writeStrings(candidate.types(), to);
    to.writeString(candidate.description());
    writeFacts(candidate.facts(), to);
    to.writeDouble(candidate.prior());
    to.writeBytes(candidate.vector());
  }

  static KbCandidate readCandidate(PackedInput from) {
    return new KbCandidate(
        from.readString(),
        from.readString(),
        NameKind.valueOf(from.readString()),
        readStrings(from),
        from.readString(),
        readFacts(from),
        from.readDouble(),
        from.readBytes());
  }

  static void write(List<KbCandidate> candidates, PackedOutput to) {
    to.writeCount(candidates.size());
    for (KbCandidate candidate : candidates) {
      write(candidate, to);
    }
  }

  static List<KbCandidate> readCandidates(PackedInput from) {
    var candidates = new KbCandidate[from.readSize()];
    for (int i = 0; i < candidates.length; i++) {
      candidates[i] = readCandidate(from);
    }
    return List.of(candidates);
  }

  static void write(AliasAnswer answer, PackedOutput to) {
    to.writeString(answer.document());
    to.writeString(answer.alias());
    write(answer.candidates(), to);
    to.writeCount(answer.more());
  }

  static AliasAnswer readAnswer(PackedInput from) {
    return new AliasAnswer(
        from.readString(), from.readString(), readCandidates(from), from.readSize());
  }

  static void write(KbEntry entry, PackedOutput to) {
    to.writeString(entry.channel());
    to.writeString(entry.id());
    to.writeString(entry.name());
    writeStrings(entry.aliases(), to);
    writeStrings(entry.types(), to);
    to.writeString(entry.description());
    writeFacts(entry.facts(), to);
    to.writeCount((entry.prior() == null ? 0 : 1) + (entry.redirect() == null ? 0 : 2));
    if (entry.prior() != null) {
      to.writeDouble(entry.prior());
    }
    if (entry.redirect() != null) {
      to.writeString(entry.redirect());
    }
  }

  static KbEntry readEntry(PackedInput from) {
    var channel = from.readString();
    var id = from.readString();
    var name = from.readString();
    var aliases = readStrings(from);
    var types = readStrings(from);
    var description = from.readString();
    var facts = readFacts(from);
    int there = from.readSize();
    Double prior = (there & 1) == 0 ? null : Double.valueOf(from.readDouble());
    var redirect = (there & 2) == 0 ? null : from.readString();
    return new KbEntry(channel, id, name, aliases, types, description, facts, prior, redirect);
  }

  static void writeStrings(List<String> strings, PackedOutput to) {
    to.writeCount(strings.size());
    for (String string : strings) {
      to.writeString(string);
    }
  }

  static List<String> readStrings(PackedInput from) {
    var strings = new String[from.readSize()];
    for (int i = 0; i < strings.length; i++) {
      strings[i] = from.readString();
    }
    return List.of(strings);
  }

  private static void writeFacts(List<KbFact> facts, PackedOutput to) {
    to.writeCount(facts.size());
    for (KbFact fact : facts) {
      to.writeString(fact.predicate());
      to.writeString(fact.object());
    }
  }

  private static List<KbFact> readFacts(PackedInput from) {
    var facts = new KbFact[from.readSize()];
    for (int i = 0; i < facts.length; i++) {
      facts[i] = new KbFact(from.readString(), from.readString());
    }
    return List.of(facts);
  }
}
