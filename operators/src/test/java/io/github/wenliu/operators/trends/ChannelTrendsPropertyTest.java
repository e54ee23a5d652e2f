package io.github.wenliu.operators.trends;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.wenliu.operators.document.EpochTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.LongRange;

class ChannelTrendsPropertyTest {

  private static final EpochTime TIME = EpochTime.DEFAULT;
  private static final TrendParameters PARAMETERS =
      new TrendParameters(TrendWords.NEW, 3, 7, 2, 0.6, 0.3, 0.5);
  private static final long END = 100_000;

  /** Epochs near each other, and some so far off that the landmark of the decay moves. */
  @Provide
  Arbitrary<List<DocumentWords>> documents() {
    var epochs =
        Arbitraries.frequencyOf(
            Tuple.of(9, Arbitraries.longs().between(-20, 60)),
            Tuple.of(1, Arbitraries.longs().between(300, 900)));
    var words = Arbitraries.of("甲甲", "乙乙", "丙丙", "𠮷𠮷", "村BA").set().ofMaxSize(3);
    return Combinators.combine(epochs, Arbitraries.longs().between(0, 40), words)
        .as(
            (epoch, text, held) ->
                new DocumentWords(
                    "main",
                    epoch,
                    // A text has its words wherever it stands.
                    31 * text + held.hashCode(),
                    new TreeSet<>(held).toArray(String[]::new)))
        .list()
        .ofMaxSize(120);
  }

  private static List<TrendEvent> history(List<DocumentWords> documents) {
    var history = new TrendHistory(TIME, PARAMETERS);
    documents.forEach(history::add);
    return history.events();
  }

  @Property(tries = 300)
  void anyOrderAnyPartsAndAnyStopsGiveTheSame(
      @ForAll("documents") List<DocumentWords> documents, @ForAll long seed) throws Exception {
    var random = new Random(seed);
    var shuffled = new ArrayList<>(documents);
    Collections.shuffle(shuffled, random);
    assertThat(history(shuffled)).isEqualTo(history(documents));

    var byKey = new HashMap<String, List<DocumentWords>>();
    for (DocumentWords document : shuffled) {
      byKey.computeIfAbsent(document.key(), unused -> new ArrayList<>()).add(document);
    }
    var tallies = new ArrayList<EpochTally>();
    byKey.values().forEach(part -> tallies.add(EpochTally.of("main", part.get(0).epoch(), part)));
    Collections.shuffle(tallies, random);
    var store = new HeapTrendStore();
    var events = new ArrayList<TrendEvent>();
    for (long closed = -30; closed < END; closed += random.nextInt(40)) {
      long last = closed;
      var due = tallies.stream().filter(tally -> tally.epoch() <= last).toList();
      tallies.removeAll(due);
      events.addAll(
          new ChannelTrends("main", TIME, PARAMETERS, store).closeUpTo(closed, due, List.of()));
      if (closed > 1_000) {
        closed = END;
      }
    }
    assertThat(events).isEqualTo(history(documents));
  }

  @Property(tries = 300)
  void whatIsToldIsWhatACountFromNothingSays(@ForAll("documents") List<DocumentWords> documents) {
    var told = history(documents);
    for (TrendEvent event : told) {
      assertThat(event.burst().score()).isFinite().isNotNegative();
      if (event.type() != TrendEvent.Type.TOP) {
        var naive = naive(documents, event.word(), event.epoch());
        assertThat(event.burst().score()).isCloseTo(naive.score(), within(1e-9));
        assertThat(event.burst().documents()).isCloseTo(naive.documents(), within(1e-9));
        assertThat(event.burst().rate()).isCloseTo(naive.rate(), within(1e-9));
        assertThat(event.burst().lifetimeRate()).isEqualTo(naive.lifetimeRate());
      }
    }
    assertThat(topOf(told)).isEqualTo(naiveTop(documents));
  }

  private static Map<Long, List<String>> topOf(List<TrendEvent> events) {
    var top = new TreeMap<Long, List<String>>();
    for (TrendEvent event : events) {
      if (event.type() == TrendEvent.Type.TOP) {
        top.computeIfAbsent(event.epoch(), unused -> new ArrayList<>()).add(rounded(event.burst()));
        assertThat(top.get(event.epoch())).hasSize(event.rank());
      }
    }
    top.values().forEach(Collections::sort);
    return top;
  }

  /** Words of equal score to all digits that count may stand for one another. */
  private static String rounded(Burst burst) {
    return "%.9f".formatted(burst.score());
  }

  /** The highest scores of each window, of all words in all epochs that hold them. */
  private static Map<Long, List<String>> naiveTop(List<DocumentWords> documents) {
    var peaks = new TreeMap<Long, Map<String, Burst>>();
    var hot = new HashSet<String>();
    var epochs = new TreeSet<Long>();
    documents.forEach(document -> epochs.add(document.epoch()));
    Long before = null;
    for (long epoch : epochs) {
      var held = new TreeSet<String>();
      documents.stream()
          .filter(document -> document.epoch() == epoch)
          .forEach(document -> held.addAll(List.of(document.words())));
      if (before != null && PARAMETERS.sweepOf(before) != PARAMETERS.sweepOf(epoch)) {
        held.addAll(hot);
      }
      before = epoch;
      for (String word : held) {
        var burst = naive(documents, word, epoch);
        if (hot.contains(word)
            ? burst.score() < PARAMETERS.off()
            : burst.score() >= PARAMETERS.on() && burst.documents() >= PARAMETERS.minDocuments()) {
          if (!hot.remove(word)) {
            hot.add(word);
          }
        }
        if (burst.score() > 1e-12 && burst.documents() >= PARAMETERS.minDocuments()) {
          peaks
              .computeIfAbsent(PARAMETERS.lastOfWindow(epoch), unused -> new TreeMap<>())
              .merge(word, burst, (one, other) -> one.score() >= other.score() ? one : other);
        }
      }
    }
    var top = new TreeMap<Long, List<String>>();
    peaks.forEach(
        (window, words) ->
            top.put(
                window,
                words.entrySet().stream()
                    .sorted(
                        (one, other) ->
                            Double.compare(other.getValue().score(), one.getValue().score()))
                    .limit(PARAMETERS.top())
                    .map(word -> rounded(word.getValue()))
                    .sorted()
                    .toList()));
    return top;
  }

  /** By the formulas of the package, from the documents themselves. */
  private static Burst naive(List<DocumentWords> documents, String word, long now) {
    var seen = new HashSet<String>();
    double recentOfWord = 0;
    double recent = 0;
    long ofWord = 0;
    long all = 0;
    for (DocumentWords document : documents) {
      if (document.epoch() <= now && seen.add(document.epoch() + "/" + document.fingerprint())) {
        double weight =
            Math.pow(2, -(double) (now - document.epoch()) / PARAMETERS.halfLifeEpochs());
        boolean holds = List.of(document.words()).contains(word);
        recent += weight;
        recentOfWord += holds ? weight : 0;
        all++;
        ofWord += holds ? 1 : 0;
      }
    }
    return Burst.of(recentOfWord, recent, (double) ofWord / all);
  }

  @Property(tries = 100)
  void windowsAndSweepsCoverAllEpochs(
      @ForAll @LongRange(min = -1_000_000, max = 1_000_000) long epoch) {
    long last = PARAMETERS.lastOfWindow(epoch);
    assertThat(last).isBetween(epoch, epoch + PARAMETERS.windowEpochs() - 1);
    assertThat(PARAMETERS.lastOfWindow(last)).isEqualTo(last);
    assertThat(PARAMETERS.lastOfWindow(last + 1)).isEqualTo(last + PARAMETERS.windowEpochs());
    assertThat(PARAMETERS.sweepOf(epoch + 1)).isBetween(PARAMETERS.sweepOf(epoch), epoch + 1);
  }
}
