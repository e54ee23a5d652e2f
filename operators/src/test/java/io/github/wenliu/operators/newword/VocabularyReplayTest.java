package io.github.wenliu.operators.newword;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class VocabularyReplayTest {

  private static final int TEXTS = 60;

  /** A score that every candidate reaches: what is frequent enough is a word. */
  private static final double ANY = -1_000;

  /** What was told of a vocabulary, with the number of texts that had been read. */
  private record Told(int texts, WordEvent event) {}

  private static String character(int i) {
    return Character.toString(0x6000 + i);
  }

  /** A word that is there from the start, one that comes late, and characters that vary. */
  private static String text(int i) {
    var late = i < TEXTS / 2 ? character(i + 200) : "谷墨";
    return character(i) + "比赛" + character(i + 100) + late + character(i + 300) + "。";
  }

  private static Map<Double, List<Told>> replay(
      WordDiscoverer discoverer, NewWordParameters parameters, Double... on) {
    var told = new HashMap<Double, List<Told>>();
    List.of(on).forEach(score -> told.put(score, new ArrayList<>()));
    int[] read = new int[1];
    var replay =
        new VocabularyReplay(
            discoverer,
            parameters,
            List.of(on),
            (score, events) ->
                events.forEach(event -> told.get(score).add(new Told(read[0], event))));
    for (int i = 0; i < TEXTS; i++) {
      read[0]++;
      replay.add(text(i));
      replay.closeEpoch(i);
    }
    replay.end();
    return told;
  }

  private static NewWordParameters everySymbols(int symbols) {
    return new NewWordParameters(5, 1, symbols, 0, 1_000_000, 0, 0, 64 << 20, false);
  }

  @Test
  void aWordIsAnnouncedWhenItsVersionIsTold() {
    var told = replay(NewWordDiscoverer.keptUp(5), everySymbols(1), ANY).get(ANY);
    var late = told.stream().filter(one -> one.event().word().equals("谷墨")).toList();

    assertThat(late)
        .extracting(one -> one.event().type())
        .containsExactly(WordEvent.Type.ANNOUNCED);
    assertThat(late.get(0).texts()).isEqualTo(TEXTS / 2 + 5);
    assertThat(late.get(0).event().score().count()).isEqualTo(5);
  }

  @Test
  void versionsFallDueByTheSymbolsThatWereRead() {
    int early = new NewWordDiscoverer(5).add(text(0));
    int late = new NewWordDiscoverer(5).add(text(TEXTS - 1));
    int symbols = TEXTS / 2 * early + 9 * late;

    var told = replay(NewWordDiscoverer.keptUp(5), everySymbols(symbols), ANY).get(ANY);

    assertThat(told).isNotEmpty();
    assertThat(told).extracting(Told::texts).containsOnly(TEXTS / 2 + 9);
  }

  @Test
  void anEpochMayHaveSeveralTexts() {
    var epochs = new ArrayList<Long>();
    var replay =
        new VocabularyReplay(
            new NewWordDiscoverer(5),
            everySymbols(1),
            List.of(ANY),
            (on, events) -> events.forEach(event -> epochs.add(event.epoch())));
    for (int i = 0; i < TEXTS; i++) {
      replay.add(text(i));
      if (i % 20 == 19) {
        replay.closeEpoch(7 + i);
      }
    }
    assertThat(epochs).containsOnly(26L, 46L);
    assertThat(replay.versions()).isEqualTo(3);
  }

  @Test
  void theWordsAtTheEndAreThoseOfTheTexts() {
    var discoverer = new NewWordDiscoverer(5);
    IntStream.range(0, TEXTS).forEach(i -> discoverer.add(text(i)));
    var on = new Double[] {0.0, ANY, 0.5};
    var told = replay(NewWordDiscoverer.keptUp(5), everySymbols(100), on);
    for (double score : on) {
      var live = new HashSet<String>();
      for (var one : told.get(score)) {
        boolean comes = one.event().type() == WordEvent.Type.ANNOUNCED;
        boolean goes = one.event().type() == WordEvent.Type.RETRACTED;
        if (comes) {
          live.add(one.event().word());
        } else if (goes) {
          live.remove(one.event().word());
        }
      }
      assertThat(live)
          .containsAll(
              discoverer.words().stream()
                  .filter(word -> word.score() >= score)
                  .map(WordScore::word)
                  .collect(Collectors.toSet()));
    }
  }

  @Test
  void whatTheSeedListsNoLongerIsTakenBack() {
    var told = replay(new SeedDiscoverer(5), everySymbols(1), 0.0).get(0.0);
    Set<String> atTheEnd = new HashSet<>();
    for (var one : told) {
      if (one.event().type() == WordEvent.Type.ANNOUNCED) {
        assertThat(atTheEnd.add(one.event().word())).isTrue();
      } else {
        assertThat(one.event().type()).isEqualTo(WordEvent.Type.RETRACTED);
        assertThat(atTheEnd.remove(one.event().word())).isTrue();
      }
    }
    var discoverer = new SeedDiscoverer(5);
    IntStream.range(0, TEXTS).forEach(i -> discoverer.add(text(i)));
    assertThat(atTheEnd)
        .isEqualTo(discoverer.words().stream().map(WordScore::word).collect(Collectors.toSet()));
  }
}
