package io.github.wenliu.pipeline.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.wenliu.models.text.NormalizedText;
import io.github.wenliu.operators.link.KbEntry;
import io.github.wenliu.operators.link.KbRecord;
import it.unimi.dsi.fastutil.longs.Long2IntOpenHashMap;
import it.unimi.dsi.fastutil.longs.Long2LongOpenHashMap;
import it.unimi.dsi.fastutil.longs.LongOpenHashSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What stands in a knowledge base. A topic that is compacted now and then holds more than one
 * record of a key, so it is read twice: once for where the newest of each stands, once to count
 * those.
 *
 * <p>Keys and names are told apart by hashes of 64 bits: some 50 bytes for each key and 20 for each
 * name, and no two of 10^7 are likely to be taken for one.
 */
final class KbStatistics {

  private static final int SHOWN_TYPES = 20;
  private static final int OFFSET_BITS = 48;
  private static final long PRIME = 0x100000001B3L;
  private static final long BASIS = 0xCBF29CE484222325L;

  /** By hash of the key: where its newest record stands, and its append time. */
  private final Long2LongOpenHashMap places = new Long2LongOpenHashMap();

  private final Long2LongOpenHashMap times = new Long2LongOpenHashMap();

  /** By hash of the normalised name: entries that have it. */
  private final Long2IntOpenHashMap entriesByName = new Long2IntOpenHashMap();

  private final Map<String, Long> entriesByType = new HashMap<>();

  private long entries;
  private long redirects;
  private long deleted;
  private long rejected;
  private long described;
  private long facts;
  private long bytes;

  /** Takes a record of the first reading. */
  void find(byte[] key, int partition, long offset, long millis) {
    long hash = hash(key);
    if (!times.containsKey(hash) || times.get(hash) <= millis) {
      times.put(hash, millis);
      places.put(hash, place(partition, offset));
    }
  }

  /** Whether a record of the second reading is the newest of its key. */
  boolean isNewest(byte[] key, int partition, long offset) {
    return places.get(hash(key)) == place(partition, offset);
  }

  /** Takes a record that is the newest of its key. */
  void count(KbRecord record, long size) {
    if (record.rejection() != null) {
      rejected++;
    } else if (record.change().entry() == null) {
      deleted++;
    } else {
      bytes += size;
      count(record.change().entry());
    }
  }

  private void count(KbEntry entry) {
    if (entry.redirect() != null) {
      redirects++;
      return;
    }
    entries++;
    described += entry.description().isBlank() ? 0 : 1;
    facts += entry.facts().size();
    entry.types().forEach(type -> entriesByType.merge(type, 1L, Long::sum));
    var names = new LongOpenHashSet();
    names.add(hash(entry.name()));
    entry.aliases().forEach(alias -> names.add(hash(alias)));
    names.forEach(name -> entriesByName.addTo(name, 1));
  }

  /** All of it as one object. */
  ObjectNode json(String channel) {
    var json =
        new ObjectMapper()
            .createObjectNode()
            .put("channel", channel)
            .put("entries", entries)
            .put("redirects", redirects)
            .put("deleted", deleted)
            .put("rejected", rejected)
            .put("names", entriesByName.size())
            .put("ambiguousNames", ambiguousNames())
            .put("entriesOfMostSharedName", mostShared())
            .put("described", described)
            .put("facts", facts)
            .put("differentTypes", entriesByType.size())
            .put("bytes", bytes);
    var types = json.putObject("types");
    shownTypes().forEach(types::put);
    return json;
  }

  /** The same for people. */
  String text() {
    return String.format(
            Locale.ROOT,
            "%,d entries, %,d with a description, %,d facts, %,d bytes%n"
                + "%,d names, %,d of them of several entries, at most of %,d%n"
                + "%,d redirects, %,d deleted, %,d that are no entries%n",
            entries,
            described,
            facts,
            bytes,
            entriesByName.size(),
            ambiguousNames(),
            mostShared(),
            redirects,
            deleted,
            rejected)
        + "types: "
        + (entriesByType.isEmpty()
            ? "none"
            : shownTypes().entrySet().stream()
                .map(type -> RecordText.shown(type.getKey()) + " " + type.getValue())
                .collect(Collectors.joining(", ")))
        + (entriesByType.size() > SHOWN_TYPES ? ", ..." : "");
  }

  private long ambiguousNames() {
    return entriesByName.values().intStream().filter(count -> count > 1).count();
  }

  private int mostShared() {
    return entriesByName.values().intStream().max().orElse(0);
  }

  private Map<String, Long> shownTypes() {
    var shown = new LinkedHashMap<String, Long>();
    entriesByType.entrySet().stream()
        .sorted(
            Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()))
        .limit(SHOWN_TYPES)
        .forEach(type -> shown.put(type.getKey(), type.getValue()));
    return shown;
  }

  private static long place(int partition, long offset) {
    return (long) partition << OFFSET_BITS | offset;
  }

  private static long hash(byte[] bytes) {
    long hash = BASIS;
    for (byte one : bytes) {
      hash = (hash ^ (one & 0xFF)) * PRIME;
    }
    return hash ^ hash >>> 32;
  }

  private static long hash(String name) {
    var normal = NormalizedText.normalize(name).strip();
    long hash = BASIS;
    for (int i = 0; i < normal.length(); i++) {
      hash = (hash ^ normal.charAt(i)) * PRIME;
    }
    return hash ^ hash >>> 32;
  }
}
