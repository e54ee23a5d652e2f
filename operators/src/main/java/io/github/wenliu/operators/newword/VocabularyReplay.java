package io.github.wenliu.operators.newword;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The vocabulary of a channel as the job makes it from a stream of texts, without Flink: versions
 * fall due as they do there, when an epoch closes, and each tells what the job would.
 *
 * <p>Several vocabularies can be made of one stream, which differ in the score from which a
 * candidate is a word; the job has one, from 0. Counting and scoring is done once for all.
 *
 * <p>The rule of the seed knows no scores below 0: what it lists no longer is taken back at once.
 * Not thread-safe.
 */
public final class VocabularyReplay {

  /** Hears what versions tell. */
  public interface Listener {

    /**
     * Hears of one version of one vocabulary.
     *
     * @param on the score from which a candidate is a word there
     * @param events what happened; scores are relative to {@code on}, times are epochs
     */
    void told(double on, List<WordEvent> events);
  }

  private static final String CHANNEL = "replay";

  private final WordDiscoverer discoverer;
  private final NewWordParameters parameters;
  private final List<Vocabulary> vocabularies;
  private final Listener listener;

  private ChannelTotals totals = ChannelTotals.NONE;

  /** Symbols of the epoch that is open. */
  private long epochSymbols;

  private int versions;

  /**
   * @param discoverer has read nothing yet
   * @param on for each vocabulary the score from which a candidate is a word
   */
  public VocabularyReplay(
      WordDiscoverer discoverer, NewWordParameters parameters, List<Double> on, Listener listener) {
    this.discoverer = discoverer;
    this.parameters = parameters;
    this.vocabularies = on.stream().map(Vocabulary::new).toList();
    this.listener = listener;
  }

  /** Takes in the next text of the open epoch. */
  public void add(String text) {
    epochSymbols += discoverer.add(text);
  }

  /**
   * Closes the epoch of the texts since the last one, and tells a version if one is due.
   *
   * @param epoch names it; later than those before
   */
  public void closeEpoch(long epoch) {
    totals = totals.plus(epoch, epochSymbols);
    epochSymbols = 0;
    if (totals.isDue(parameters)) {
      tell(epoch, false);
      totals = totals.afterVersion(parameters);
    }
  }

  /** Ends the stream: a version behind the last epoch tells what those before have not. */
  public void end() {
    tell(totals.epoch() + 1, true);
  }

  /** How many versions there were. */
  public int versions() {
    return versions;
  }

  private void tell(long epoch, boolean last) {
    var candidates = candidates();
    for (var vocabulary : vocabularies) {
      listener.told(vocabulary.on, vocabulary.update(candidates, epoch, last));
    }
    versions++;
  }

  private List<WordScorer.Candidate> candidates() {
    return discoverer instanceof NewWordDiscoverer scored
        ? scored.candidates()
        : discoverer.words().stream().map(word -> new WordScorer.Candidate(word, null)).toList();
  }

  /** One vocabulary. */
  private final class Vocabulary {

    final double on;

    private final TrackedWords tracked = new TrackedWords(null);
    private final Store store = new Store();
    private Set<String> listed = Set.of();

    Vocabulary(double on) {
      this.on = on;
    }

    List<WordEvent> update(List<WordScorer.Candidate> candidates, long epoch, boolean last) {
      var scored = new ArrayList<WordScorer.Candidate>();
      var missing = new HashSet<>(listed);
      listed = new HashSet<>();
      for (var candidate : candidates) {
        var word = candidate.score();
        double score = word.score() - on;
        if (score >= 0 || missing.contains(word.word())) {
          scored.add(new WordScorer.Candidate(rescored(word, score), candidate.longer()));
          missing.remove(word.word());
          listed.add(word.word());
        }
      }
      for (var word : missing) {
        var gone = new WordScore(word, Double.NEGATIVE_INFINITY, 0, 0, 0, 0);
        scored.add(new WordScorer.Candidate(gone, null));
      }
      return told(tracked.update(scored, parameters.hysteresis(), epoch, last), epoch);
    }

    private List<WordEvent> told(List<TrackedWords.Change> changes, long epoch) {
      var reports = new ArrayList<WordReport>();
      for (var change : changes) {
        reports.add(
            new WordReport(
                CHANNEL,
                epoch,
                change.score(),
                change.level(),
                change.longer(),
                change.firstSeenMillis(),
                change.lastSeenMillis()));
      }
      var version = new VocabularyVersion(CHANNEL, epoch, epoch, Set.of(), false, store);
      try {
        version.update(reports, List.of());
      } catch (Exception e) {
        throw new IllegalStateException("a store in memory failed", e);
      }
      return version.events();
    }

    private static WordScore rescored(WordScore word, double score) {
      return new WordScore(
          word.word(),
          score,
          word.count(),
          word.cohesion(),
          word.leftEntropy(),
          word.rightEntropy());
    }
  }

  /** The entries of a vocabulary. */
  private static final class Store implements VocabularyStore {

    private final Map<String, VocabularyEntry> entries = new HashMap<>();

    @Override
    public VocabularyEntry get(String word) {
      return entries.get(word);
    }

    @Override
    public void put(String word, VocabularyEntry entry) {
      entries.put(word, entry);
    }

    @Override
    public void remove(String word) {
      entries.remove(word);
    }
  }
}
