package io.github.wenliu.operators.trends;

import io.github.wenliu.operators.decay.ForwardDecay;
import io.github.wenliu.operators.document.CodePointOrder;
import io.github.wenliu.operators.document.EpochTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Adds the epochs of a channel to what is known of its words, and tells which of them become hot,
 * cool, and stand at the top of a window. The package says what is counted and why.
 *
 * <p>The hottest words of a window are those whose scores were highest at any of its epochs. To
 * keep so many as are told is enough: a word that was pushed out had less than any that stayed, and
 * to come back it must have more than it ever had.
 */
final class ChannelTrends {

  private final String channel;
  private final EpochTime time;
  private final TrendParameters parameters;
  private final TrendStore store;

  private final List<TrendEvent> events = new ArrayList<>();

  private TrendTotals totals;
  private List<TopWord> top;
  private boolean topChanged;

  /** Events of the epoch at hand before the next one. */
  private long seq;

  private long seqEpoch;

  ChannelTrends(String channel, EpochTime time, TrendParameters parameters, TrendStore store) {
    this.channel = channel;
    this.time = time;
    this.parameters = parameters;
    this.store = store;
  }

  /** All that is said of one epoch. */
  private static final class Said {
    private long documents;
    private final Map<String, Integer> counts = new TreeMap<>(CodePointOrder::compare);
    private final Map<String, Long> announced = new HashMap<>();
  }

  /**
   * Adds what was said in epochs that are closed, and ends the windows that are closed with them.
   *
   * @param tallies of epochs up to that one; several of an epoch are parts of it
   * @param announced words whose versions are up to that epoch
   * @param closed the newest epoch that is closed
   */
  List<TrendEvent> closeUpTo(long closed, List<EpochTally> tallies, List<AnnouncedWord> announced)
      throws Exception {
    var stored = store.totals();
    totals = stored == null ? TrendTotals.NONE : stored;
    top = null;
    topChanged = false;
    for (var epoch : byEpoch(tallies, announced).entrySet()) {
      endWindowBefore(epoch.getKey());
      add(epoch.getKey(), epoch.getValue());
    }
    endWindowBefore(closed + 1);
    if (!totals.equals(stored)) {
      store.setTotals(totals);
    }
    if (topChanged) {
      store.setTop(top);
    }
    return List.copyOf(events);
  }

  private static TreeMap<Long, Said> byEpoch(
      List<EpochTally> tallies, List<AnnouncedWord> announced) {
    var byEpoch = new TreeMap<Long, Said>();
    for (EpochTally tally : tallies) {
      var said = byEpoch.computeIfAbsent(tally.epoch(), unused -> new Said());
      said.documents += tally.documents();
      for (int i = 0; i < tally.words().length; i++) {
        said.counts.merge(tally.words()[i], tally.counts()[i], Integer::sum);
      }
    }
    for (AnnouncedWord word : announced) {
      byEpoch
          .computeIfAbsent(word.epoch(), unused -> new Said())
          .announced
          .merge(word.word(), word.count(), Math::max);
    }
    return byEpoch;
  }

  private void add(long epoch, Said said) throws Exception {
    if (said.documents > 0) {
      count(epoch, said);
    }
    for (var announced : said.announced.entrySet()) {
      // Occurrences stand for documents, of which there cannot be more than there were.
      long before = Math.min(announced.getValue(), totals.documents());
      store.put(announced.getKey(), trend(announced.getKey()).withAtLeast(before));
    }
  }

  private void count(long epoch, Said said) throws Exception {
    boolean isFirst = totals.documents() == 0;
    var decay = new ForwardDecay(parameters.halfLifeEpochs(), totals.landmark());
    int shift = decay.advance(epoch);
    double weight = decay.weight(epoch);
    boolean sweeps = !isFirst && parameters.sweepOf(epoch) != parameters.sweepOf(totals.epoch());
    totals =
        new TrendTotals(
            isFirst ? epoch : Math.max(epoch, totals.epoch()),
            totals.documents() + said.documents,
            StrictMath.scalb(totals.weight(), shift) + said.documents * weight,
            decay.landmark(),
            true);
    var touched = new TreeMap<String, WordTrend>(CodePointOrder::compare);
    for (var word : said.counts.entrySet()) {
      touched.put(word.getKey(), trend(word.getKey()).plus(word.getValue(), weight));
    }
    if (sweeps) {
      for (String word : store.hotWords()) {
        if (!touched.containsKey(word)) {
          touched.put(word, trend(word));
        }
      }
    }
    for (var word : touched.entrySet()) {
      judge(epoch, word.getKey(), word.getValue(), weight);
    }
  }

  private WordTrend trend(String word) throws Exception {
    var trend = store.get(word);
    return trend == null
        ? new WordTrend(0, 0, totals.landmark(), false)
        : trend.from(totals.landmark());
  }

  private void judge(long epoch, String word, WordTrend trend, double weight) throws Exception {
    var burst =
        Burst.of(
            trend.weight() / weight,
            totals.weight() / weight,
            (double) trend.documents() / totals.documents());
    boolean isMuch = burst.documents() >= parameters.minDocuments();
    boolean isHot =
        trend.hot()
            ? burst.score() >= parameters.off()
            : isMuch && burst.score() >= parameters.on();
    if (isHot != trend.hot()) {
      store.setHot(word, isHot);
      tell(epoch, word, isHot ? TrendEvent.Type.HOT : TrendEvent.Type.COOLED, burst, null);
    }
    store.put(word, trend.as(isHot));
    if (isMuch && burst.score() > 0 && parameters.top() > 0) {
      rank(new TopWord(word, burst));
    }
  }

  private void rank(TopWord candidate) throws Exception {
    var ranked = top();
    int known = 0;
    while (known < ranked.size() && !ranked.get(known).word().equals(candidate.word())) {
      known++;
    }
    if (known < ranked.size()) {
      if (TopWord.HOTTEST_FIRST.compare(candidate, ranked.get(known)) >= 0) {
        return;
      }
      ranked.remove(known);
    } else if (ranked.size() == parameters.top()) {
      if (TopWord.HOTTEST_FIRST.compare(candidate, ranked.get(known - 1)) >= 0) {
        return;
      }
      ranked.remove(known - 1);
    }
    int place = 0;
    while (place < ranked.size()
        && TopWord.HOTTEST_FIRST.compare(ranked.get(place), candidate) < 0) {
      place++;
    }
    ranked.add(place, candidate);
    topChanged = true;
  }

  private List<TopWord> top() throws Exception {
    if (top == null) {
      top = new ArrayList<>(store.top());
    }
    return top;
  }

  /** Tells the words of the open window if it ends before an epoch. */
  private void endWindowBefore(long epoch) throws Exception {
    if (!totals.windowOpen()) {
      return;
    }
    long last = parameters.lastOfWindow(totals.epoch());
    if (last >= epoch) {
      return;
    }
    int rank = 0;
    for (TopWord word : top()) {
      tell(last, word.word(), TrendEvent.Type.TOP, word.burst(), ++rank);
    }
    topChanged |= rank > 0;
    top = new ArrayList<>();
    totals =
        new TrendTotals(
            totals.epoch(), totals.documents(), totals.weight(), totals.landmark(), false);
  }

  private void tell(long epoch, String word, TrendEvent.Type type, Burst burst, Integer rank) {
    seq = events.isEmpty() || epoch != seqEpoch ? 0 : seq + 1;
    seqEpoch = epoch;
    events.add(
        new TrendEvent(channel, epoch, seq, word, type, burst, rank, time.lastMillisOf(epoch)));
  }
}
