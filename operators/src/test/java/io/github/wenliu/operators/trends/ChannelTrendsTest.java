package io.github.wenliu.operators.trends;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.github.wenliu.operators.document.EpochTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ChannelTrendsTest {

  private static final EpochTime TIME = EpochTime.DEFAULT;
  private static final int DOCUMENTS = 10;

  /** A half-life of 20 epochs and windows of 50. */
  private static final TrendParameters PARAMETERS =
      new TrendParameters(TrendWords.NEW, 20, 50, 2, 6, 2, 3);

  private final List<EpochTally> tallies = new ArrayList<>();
  private final List<AnnouncedWord> announced = new ArrayList<>();

  /** Epochs of ten documents each, of which so many hold the word. */
  private void say(String word, long fromEpoch, long toEpoch, int documents) {
    for (long epoch = fromEpoch; epoch < toEpoch; epoch++) {
      tallies.add(new EpochTally("main", epoch, 0, new String[] {word}, new int[] {documents}));
    }
  }

  private void read(long fromEpoch, long toEpoch) {
    for (long epoch = fromEpoch; epoch < toEpoch; epoch++) {
      tallies.add(new EpochTally("main", epoch, DOCUMENTS, new String[0], new int[0]));
    }
  }

  private List<TrendEvent> events() throws Exception {
    return events(PARAMETERS);
  }

  private List<TrendEvent> events(TrendParameters parameters) throws Exception {
    return new ChannelTrends("main", TIME, parameters, new HeapTrendStore())
        .closeUpTo(1_000_000, tallies, announced);
  }

  private static List<TrendEvent> of(List<TrendEvent> events, TrendEvent.Type... types) {
    return events.stream().filter(event -> List.of(types).contains(event.type())).toList();
  }

  private static List<TrendEvent> heat(List<TrendEvent> events) {
    return of(events, TrendEvent.Type.HOT, TrendEvent.Type.COOLED);
  }

  @Test
  void aBurstIsHotWhileItLastsAndCoolsBehindIt() throws Exception {
    read(0, 400);
    say("墨鲷", 10, 11, 1);
    say("墨鲷", 200, 210, 5);
    var events = heat(events());

    assertThat(events)
        .extracting(TrendEvent::word, TrendEvent::type)
        .containsExactly(tuple("墨鲷", TrendEvent.Type.HOT), tuple("墨鲷", TrendEvent.Type.COOLED));
    assertThat(events.get(0).epoch()).isBetween(200L, 202L);
    assertThat(events.get(0).timeMillis()).isEqualTo(TIME.lastMillisOf(events.get(0).epoch()));
    assertThat(events.get(1).epoch()).as("some half-lives later").isBetween(230L, 330L);
    assertThat(events.get(1).burst().score()).isLessThan(PARAMETERS.off());
  }

  @Test
  void aBurstThatComesAgainIsHotAgain() throws Exception {
    read(0, 900);
    say("墨鲷", 200, 210, 5);
    say("墨鲷", 600, 610, 9);

    assertThat(heat(events()))
        .extracting(TrendEvent::type)
        .containsExactly(
            TrendEvent.Type.HOT,
            TrendEvent.Type.COOLED,
            TrendEvent.Type.HOT,
            TrendEvent.Type.COOLED);
  }

  @Test
  void aSteadyWordIsNeverHot() throws Exception {
    var random = new Random(7);
    read(0, 3_000);
    for (int word = 0; word < 20; word++) {
      double rate = (1 + word) / 40.0;
      for (long epoch = 0; epoch < 3_000; epoch++) {
        int documents = 0;
        for (int i = 0; i < DOCUMENTS; i++) {
          documents += random.nextDouble() < rate ? 1 : 0;
        }
        say("w" + word, epoch, epoch + 1, documents);
      }
    }

    assertThat(heat(events())).isEmpty();
  }

  @Test
  void aWordThatOccurredLongBeforeItWasFoundIsNotHot() throws Exception {
    read(0, 600);
    say("墨鲷", 400, 600, 3);
    announced.add(new AnnouncedWord("main", "墨鲷", 398, 1_194));
    assertThat(heat(events())).isEmpty();

    announced.set(0, new AnnouncedWord("main", "墨鲷", 398, 9));
    assertThat(heat(events())).extracting(TrendEvent::type).contains(TrendEvent.Type.HOT);
  }

  @Test
  void aWordCannotHaveBeenInMoreDocumentsThanThereWere() throws Exception {
    read(0, 10);
    announced.add(new AnnouncedWord("main", "墨鲷", 5, Long.MAX_VALUE));
    var store = new HeapTrendStore();
    new ChannelTrends("main", TIME, PARAMETERS, store).closeUpTo(10, tallies, announced);

    assertThat(store.get("墨鲷").documents()).isEqualTo(60);
  }

  @Test
  void aWordThatItsChannelBeginsWithIsNotHot() throws Exception {
    read(0, 300);
    say("墨鲷", 0, 20, 8);

    assertThat(heat(events())).isEmpty();
  }

  @Test
  void fewDocumentsMakeNothingHotHoweverRareTheWord() throws Exception {
    read(0, 2_000);
    say("墨鲷", 1_500, 1_501, 2);

    assertThat(heat(events(new TrendParameters(TrendWords.NEW, 20, 50, 2, 5, 2, 3)))).isEmpty();
    assertThat(heat(events(new TrendParameters(TrendWords.NEW, 20, 50, 2, 5, 2, 1)))).isNotEmpty();
  }

  @Test
  void silenceOfTheWholeChannelChangesNothing() throws Exception {
    read(0, 210);
    say("墨鲷", 200, 210, 5);
    var before = heat(events());
    assertThat(before).extracting(TrendEvent::type).containsExactly(TrendEvent.Type.HOT);

    read(100_000, 100_001);
    say("墨鲷", 100_000, 100_001, 10);
    assertThat(heat(events())).isEqualTo(before);
  }

  @Test
  void aWindowTellsItsHottestWordsByTheHeightOfTheirBursts() throws Exception {
    read(0, 250);
    say("甲甲", 205, 207, 7);
    say("乙乙", 220, 222, 9);
    say("丙丙", 240, 242, 5);
    var top = of(events(), TrendEvent.Type.TOP);

    assertThat(top)
        .extracting(TrendEvent::epoch, TrendEvent::rank, TrendEvent::seq, TrendEvent::word)
        .containsExactly(tuple(249L, 1, 0L, "乙乙"), tuple(249L, 2, 1L, "甲甲"));
    assertThat(top.get(0).burst().score()).isGreaterThan(top.get(1).burst().score());
  }

  @Test
  void whatHappensInOneEpochIsRankedAndAWindowComesLast() throws Exception {
    read(0, 250);
    say("乙乙", 249, 250, 9);
    say("甲甲", 249, 250, 8);

    assertThat(events())
        .extracting(TrendEvent::seq, TrendEvent::word, TrendEvent::type)
        .containsExactly(
            tuple(0L, "乙乙", TrendEvent.Type.HOT),
            tuple(1L, "甲甲", TrendEvent.Type.HOT),
            tuple(2L, "乙乙", TrendEvent.Type.TOP),
            tuple(3L, "甲甲", TrendEvent.Type.TOP));
  }

  @Test
  void theScoreIsTheLikelihoodRatioOfTheRates() {
    assertThat(Burst.of(4, 10, 0.1).score()).isEqualTo(4 * StrictMath.log(4) - 3);
    assertThat(Burst.of(1, 10, 0.1).score()).isZero();
    assertThat(Burst.of(0, 10, 0.1).score()).isZero();
    assertThat(Burst.of(0, 0, 0.1).score()).isZero();
  }

  @Test
  void parametersThatMakeNoSenseAreRefused() {
    assertThatThrownBy(() -> new TrendParameters(TrendWords.NEW, 0, 1, 1, 1, 1, 1))
        .hasMessageContaining("halfLifeEpochs is 0");
    assertThatThrownBy(() -> new TrendParameters(TrendWords.NEW, 1, 0, 1, 1, 1, 1))
        .hasMessageContaining("windowEpochs is 0");
    assertThatThrownBy(() -> new TrendParameters(TrendWords.NEW, 1, 1, -1, 1, 1, 1))
        .hasMessageContaining("top is");
    assertThatThrownBy(() -> new TrendParameters(TrendWords.NEW, 1, 1, 1, 1, 2, 1))
        .hasMessageContaining("off is");
    assertThatThrownBy(() -> new TrendParameters(TrendWords.NEW, 1, 1, 1, 1, 1, Double.NaN))
        .hasMessageContaining("minDocuments is");
  }
}
