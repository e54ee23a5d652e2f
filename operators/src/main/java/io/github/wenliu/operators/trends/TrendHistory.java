package io.github.wenliu.operators.trends;

import io.github.wenliu.operators.document.EnrichedDocument;
import io.github.wenliu.operators.document.EpochTime;
import it.unimi.dsi.fastutil.longs.LongOpenHashSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The hot words of an input that ends, as the job tells them of the same tagged documents; they may
 * come in any order. Memory: eight bytes a document, and the different words of each epoch.
 */
public final class TrendHistory {

  private final EpochTime time;
  private final TrendParameters parameters;

  private final TreeMap<String, TreeMap<Long, Epoch>> byChannel = new TreeMap<>();
  private final List<AnnouncedWord> announced = new ArrayList<>();
  private final Map<String, String> words = new HashMap<>();

  /** The documents of an epoch. */
  private static final class Epoch {
    private final LongOpenHashSet fingerprints = new LongOpenHashSet(1);
    private final Map<String, Integer> counts = new HashMap<>(1);
  }

  public TrendHistory(EpochTime time, TrendParameters parameters) {
    this.time = time;
    this.parameters = parameters;
  }

  /** Takes in a document that has been tagged with words. */
  public void add(EnrichedDocument tagged) {
    add(DocumentWords.of(tagged, parameters.words()));
  }

  void add(DocumentWords document) {
    var epoch =
        byChannel
            .computeIfAbsent(document.channel(), unused -> new TreeMap<>())
            .computeIfAbsent(document.epoch(), unused -> new Epoch());
    if (epoch.fingerprints.add(document.fingerprint())) {
      for (String word : document.words()) {
        epoch.counts.merge(words.computeIfAbsent(word, same -> same), 1, Integer::sum);
      }
    }
  }

  /** Takes in what a word had occurred before documents were tagged with it. */
  public void announce(AnnouncedWord word) {
    announced.add(word);
  }

  /** What happened, by channel, in its order. */
  public List<TrendEvent> events() {
    var events = new ArrayList<TrendEvent>();
    byChannel.forEach((channel, epochs) -> events.addAll(events(channel, epochs)));
    return events;
  }

  private List<TrendEvent> events(String channel, TreeMap<Long, Epoch> epochs) {
    var tallies = new ArrayList<EpochTally>();
    epochs.forEach((number, epoch) -> tallies.add(tally(channel, number, epoch)));
    var trends = new ChannelTrends(channel, time, parameters, new HeapTrendStore());
    try {
      return trends.closeUpTo(
          time.lastClosedBy(Long.MAX_VALUE),
          tallies,
          announced.stream().filter(word -> word.channel().equals(channel)).toList());
    } catch (Exception e) {
      throw new IllegalStateException("a store in memory has failed", e);
    }
  }

  private static EpochTally tally(String channel, long number, Epoch epoch) {
    var held = epoch.counts.keySet().toArray(String[]::new);
    var counts = new int[held.length];
    for (int i = 0; i < held.length; i++) {
      counts[i] = epoch.counts.get(held[i]);
    }
    return new EpochTally(channel, number, epoch.fingerprints.size(), held, counts);
  }
}
