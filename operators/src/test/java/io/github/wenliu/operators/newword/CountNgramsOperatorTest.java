package io.github.wenliu.operators.newword;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.github.wenliu.operators.document.EpochTime;
import io.github.wenliu.operators.newword.CountedTexts.CountedText;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CountNgramsOperatorTest {

  /** Epochs of one second, lag two. */
  private static final EpochTime TIME = new EpochTime(500, 60_000, 1_000, 2);

  private static final int MIN_COUNT = 2;
  private static final NewWordParameters PARAMETERS =
      new NewWordParameters(MIN_COUNT, 1, 1_000, 0.05, 1_000_000, 0, 0, 64 << 20, false);
  private static final int MAX_PARALLELISM = 128;

  /** Three epochs that share some n-grams. */
  private static final CountedTexts MAIN =
      new CountedTexts(
          "main",
          List.of(
              new CountedText(1, "新质生产力，村BA的𠮷野家。"),
              new CountedText(1, "的新质生产力的"),
              new CountedText(2, "新质生产，村BA。𠮷野家"),
              new CountedText(2, "加快新质生产力"),
              new CountedText(3, "加快村BA和村BA，𠮷野"),
              new CountedText(3, "野家的新质")));

  private final List<AutoCloseable> open = new ArrayList<>();
  private StateBackend backend = new EmbeddedRocksDBStateBackend();
  private NewWordParameters parameters = PARAMETERS;

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable harness : open) {
      harness.close();
    }
  }

  /** A subtask with the batches of windows by key and the versions due to all. */
  private final class Subtask {

    private final KeyedTwoInputStreamOperatorTestHarness<String, WindowBatch, VersionDue, FactBatch>
        harness;

    private final int parallelism;
    private final int index;

    private Subtask(int parallelism, int index, OperatorSubtaskState state) throws Exception {
      this.parallelism = parallelism;
      this.index = index;
      harness =
          new KeyedTwoInputStreamOperatorTestHarness<>(
              new CountNgramsOperator(TIME, parameters),
              WindowBatch::key,
              null,
              Types.STRING,
              MAX_PARALLELISM,
              parallelism,
              index);
      open.add(harness);
      harness.setStateBackend(backend);
      harness.setup();
      if (state == null) {
        harness.initializeEmptyState();
      } else {
        harness.initializeState(state);
      }
      harness.open();
    }

    /** Takes the batches whose keys are its own. */
    private void windows(List<WindowBatch> batches) throws Exception {
      for (WindowBatch batch : batches) {
        int owner =
            KeyGroupRangeAssignment.assignKeyToParallelOperator(
                batch.key(), MAX_PARALLELISM, parallelism);
        if (owner == index) {
          harness.processElement1(new StreamRecord<>(batch, 0));
        }
      }
    }

    private void due(VersionDue due) throws Exception {
      harness.processElement2(new StreamRecord<>(due, 0));
    }

    /** The watermark of both inputs behind an epoch. */
    private void close(long epoch) throws Exception {
      harness.processWatermark1(new Watermark(TIME.lastMillisOf(epoch)));
      harness.processWatermark2(new Watermark(TIME.lastMillisOf(epoch)));
    }

    private List<FactBatch> facts() {
      return harness.extractOutputValues();
    }

    private List<PairBatch> pairs() {
      var records = harness.getSideOutput(CountNgramsOperator.PAIRS);
      return records == null ? List.of() : records.stream().map(StreamRecord::getValue).toList();
    }
  }

  /** The candidates that subtasks have told of, by version. */
  private static Map<String, List<WordScore>> scored(Subtask... subtasks) {
    return CountedTexts.scored(
        Stream.of(subtasks).flatMap(subtask -> subtask.facts().stream()).toList(),
        Stream.of(subtasks).flatMap(subtask -> subtask.pairs().stream()).toList());
  }

  private Subtask started() throws Exception {
    return new Subtask(1, 0, null);
  }

  private List<Subtask> rescaled(int from, int to, OperatorSubtaskState... states)
      throws Exception {
    var whole = AbstractStreamOperatorTestHarness.repackageState(states);
    var subtasks = new ArrayList<Subtask>();
    for (int index = 0; index < to; index++) {
      subtasks.add(
          new Subtask(
              to,
              index,
              AbstractStreamOperatorTestHarness.repartitionOperatorState(
                  whole, MAX_PARALLELISM, from, to, index)));
    }
    return subtasks;
  }

  private static Stream<StateBackend> backends() {
    return Stream.of(new EmbeddedRocksDBStateBackend(), new HashMapStateBackend());
  }

  /** Each subtask tells of a version's bucket and direction once at most. */
  private static void assertNothingTwice(List<FactBatch> facts) {
    var keys = new HashSet<String>();
    for (FactBatch batch : facts) {
      assertThat(keys.add(batch.epoch() + "/" + batch.direction() + "/" + batch.key())).isTrue();
    }
  }

  @Test
  void theFactsOfAVersionAreThoseOfTheDocumentsUpToItsEpoch() throws Exception {
    var subtask = started();
    subtask.windows(MAIN.wholeBatches());
    for (long epoch = 1; epoch <= 3; epoch++) {
      subtask.due(MAIN.due(epoch, false));
    }
    subtask.close(3);
    assertNothingTwice(subtask.facts());
    assertThat(scored(subtask))
        .containsExactly(
            entry("main 1", MAIN.words(1, MIN_COUNT)),
            entry("main 2", MAIN.words(2, MIN_COUNT)),
            entry("main 3", MAIN.words(3, MIN_COUNT)));
    assertThat(MAIN.words(1, MIN_COUNT)).hasSize(10);
    assertThat(MAIN.words(3, MIN_COUNT))
        .extracting(WordScore::word)
        .contains("村BA", "𠮷野", "𠮷野家", "新质生产力", "加快");
  }

  @Test
  void aVersionIsToldWhenBothInputsHaveClosedItsEpochAndBeforeTheWatermark() throws Exception {
    var subtask = started();
    subtask.windows(MAIN.batches());
    subtask.due(MAIN.due(2, false));
    subtask.harness.processWatermark1(new Watermark(9_999));
    subtask.harness.processWatermark2(new Watermark(2_998));
    assertThat(subtask.harness.getOutput()).containsExactly(new Watermark(2_998));
    subtask.harness.processWatermark2(new Watermark(2_999));
    assertThat(scored(subtask)).containsOnlyKeys("main 2");
    assertThat(new ArrayList<>(subtask.harness.getOutput()).indexOf(new Watermark(2_999)))
        .as("behind all facts")
        .isEqualTo(subtask.harness.getOutput().size() - 1);
    subtask.close(20);
    assertThat(scored(subtask)).as("once").containsOnlyKeys("main 2");
    assertNothingTwice(subtask.facts());
  }

  @Test
  void howTheWindowsAreBatchedMakesNoDifference() throws Exception {
    for (int seed = 0; seed < 5; seed++) {
      var random = new Random(seed);
      var subtask = started();
      var batches = new ArrayList<>(MAIN.batches());
      Collections.shuffle(batches, random);
      int first = random.nextInt(batches.size());
      subtask.windows(batches.subList(0, first));
      var late = batches.subList(first, batches.size());
      // What belongs to the first version has to be there; the rest may come at any time.
      subtask.windows(late.stream().filter(CountNgramsOperatorTest::isOfFirstEpoch).toList());
      subtask.due(MAIN.due(1, false));
      subtask.close(1);
      subtask.windows(late.stream().filter(batch -> !isOfFirstEpoch(batch)).toList());
      subtask.due(MAIN.due(3, true));
      subtask.close(3);
      assertThat(scored(subtask))
          .as("seed %d", seed)
          .containsExactly(
              entry("main 1", MAIN.words(1, MIN_COUNT)), entry("main 3", MAIN.words(3, MIN_COUNT)));
      assertThat(subtask.facts()).allMatch(facts -> facts.last() == (facts.epoch() == 3));
    }
  }

  private static boolean isOfFirstEpoch(WindowBatch batch) {
    return Window.unpacked(batch.windows()).get(0).epoch() == 1;
  }

  @Test
  void aVersionWithoutNewWindowsSaysTheSameAgain() throws Exception {
    var subtask = started();
    subtask.windows(MAIN.batches());
    subtask.due(MAIN.due(3, false));
    subtask.due(MAIN.due(4, true));
    subtask.close(4);
    var words = scored(subtask);
    assertThat(words.get("main 4")).isEqualTo(words.get("main 3")).isNotEmpty();
  }

  @Test
  void aVersionOfAChannelWithoutWindowsIsEmpty() throws Exception {
    var subtask = started();
    subtask.due(MAIN.due(1, false));
    subtask.close(1);
    assertThat(subtask.facts()).isEmpty();
    assertThat(subtask.pairs()).isEmpty();
  }

  @Test
  void channelsAreCountedApart() throws Exception {
    var other =
        new CountedTexts("other", List.of(new CountedText(1, "加快加快"), new CountedText(2, "加快")));
    var subtask = started();
    subtask.windows(MAIN.batches());
    subtask.windows(other.batches());
    subtask.due(other.due(2, false));
    subtask.due(MAIN.due(2, false));
    subtask.due(MAIN.due(1, false));
    subtask.close(2);
    assertThat(scored(subtask))
        .containsExactly(
            entry("main 1", MAIN.words(1, MIN_COUNT)),
            entry("main 2", MAIN.words(2, MIN_COUNT)),
            entry("other 2", other.words(2, MIN_COUNT)));
  }

  @ParameterizedTest
  @MethodSource("backends")
  void whatWaitsAndWhatIsMergedSurvivesARestore(StateBackend ofAll) throws Exception {
    backend = ofAll;
    var before = started();
    before.windows(MAIN.batches());
    before.due(MAIN.due(1, false));
    before.close(1);
    before.due(MAIN.due(2, false));
    var again = rescaled(1, 1, before.harness.snapshot(1, 1)).get(0);
    again.due(MAIN.due(3, false));
    again.close(3);
    assertThat(scored(again))
        .containsExactly(
            entry("main 2", MAIN.words(2, MIN_COUNT)), entry("main 3", MAIN.words(3, MIN_COUNT)));
    assertNothingTwice(again.facts());
  }

  @ParameterizedTest
  @MethodSource("backends")
  void aFewWindowsBesideManyAreCountedInEveryVersionToCome(StateBackend ofAll) throws Exception {
    backend = ofAll;
    var texts = new ArrayList<CountedText>();
    for (int i = 0; i < 100; i++) {
      texts.add(new CountedText(1, "甲乙" + (char) ('一' + i)));
      texts.add(new CountedText(4, "甲乙" + (char) ('二' + 2 * i)));
    }
    texts.add(new CountedText(2, "甲乙丁"));
    texts.add(new CountedText(3, "甲乙丁戊"));
    var many = new CountedTexts("main", texts);
    var subtask = started();
    for (long epoch = 1; epoch <= 4; epoch++) {
      long ofEpoch = epoch;
      var batches =
          new CountedTexts("main", texts.stream().filter(text -> text.epoch() == ofEpoch).toList())
              .wholeBatches();
      subtask.windows(batches);
      subtask.due(many.due(epoch, false));
      subtask.close(epoch);
      assertThat(scored(subtask))
          .containsExactly(entry("main " + epoch, many.words(epoch, MIN_COUNT)));
      subtask = rescaled(1, 1, subtask.harness.snapshot(epoch, epoch)).get(0);
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void scalingOutAndInLosesNothingAndTellsNothingTwice(StateBackend ofAll) throws Exception {
    backend = ofAll;
    var one = started();
    one.windows(MAIN.batches().stream().filter(CountNgramsOperatorTest::isOfFirstEpoch).toList());
    one.due(MAIN.due(1, false));
    one.due(MAIN.due(2, false));
    one.close(1);

    var two = rescaled(1, 2, one.harness.snapshot(1, 1));
    for (Subtask half : two) {
      half.windows(MAIN.batches().stream().filter(batch -> !isOfFirstEpoch(batch)).toList());
      half.due(MAIN.due(3, false));
      half.close(2);
      assertThat(half.facts()).isNotEmpty();
      assertThat(half.pairs()).as("of each direction").hasSize(2);
      assertNothingTwice(half.facts());
    }
    assertThat(scored(two.get(0), two.get(1)))
        .containsExactly(entry("main 2", MAIN.words(2, MIN_COUNT)));

    var again =
        rescaled(2, 1, two.get(0).harness.snapshot(2, 2), two.get(1).harness.snapshot(2, 2)).get(0);
    again.close(3);
    assertNothingTwice(again.facts());
    assertThat(scored(again)).containsExactly(entry("main 3", MAIN.words(3, MIN_COUNT)));
  }

  private static NewWordParameters parameters(long pruneSymbols, long memoryBytes) {
    return new NewWordParameters(
        MIN_COUNT, 1, 1_000, 0.05, 1_000_000, 0, pruneSymbols, memoryBytes, false);
  }

  @ParameterizedTest
  @MethodSource("backends")
  void whatHasNoPlaceInMemoryIsReadFromState(StateBackend ofAll) throws Exception {
    backend = ofAll;
    parameters = parameters(0, 0);
    var subtask = started();
    for (WindowBatch batch : MAIN.batches()) {
      if (isOfFirstEpoch(batch)) {
        subtask.windows(List.of(batch));
      }
    }
    subtask.due(MAIN.due(1, false));
    subtask.close(1);
    subtask.windows(MAIN.batches().stream().filter(batch -> !isOfFirstEpoch(batch)).toList());
    subtask.due(MAIN.due(2, false));
    subtask.close(2);
    var again = rescaled(1, 1, subtask.harness.snapshot(1, 1)).get(0);
    again.due(MAIN.due(3, true));
    again.close(3);
    var facts = new ArrayList<>(subtask.facts());
    facts.addAll(again.facts());
    assertNothingTwice(facts);
    assertThat(scored(subtask, again))
        .containsExactly(
            entry("main 1", MAIN.words(1, MIN_COUNT)),
            entry("main 2", MAIN.words(2, MIN_COUNT)),
            entry("main 3", MAIN.words(3, MIN_COUNT)));
  }

  /** What was forgotten stays so, whether it is read from state or was never written there. */
  @ParameterizedTest
  @MethodSource("backends")
  void prunedAndRestoredAnywhereTheFactsAreTheSame(StateBackend ofAll) throws Exception {
    backend = ofAll;
    var expected = pruned(1_000_000, false);
    assertThat(expected).hasSize(3);
    assertThat(pruned(1_000_000, true)).isEqualTo(expected);
    assertThat(pruned(0, false)).isEqualTo(expected);
    var exact = new ArrayList<String>();
    MAIN.facts(3, false, MIN_COUNT).forEach(facts -> exact.add(facts.key() + shown(facts)));
    Collections.sort(exact);
    assertThat(expected.get(2)).as("something was forgotten").isNotEqualTo(exact);
  }

  /** The facts of three versions, each with a pruning behind it. */
  private List<List<String>> pruned(long memoryBytes, boolean restores) throws Exception {
    parameters = parameters(10, memoryBytes);
    var versions = new ArrayList<List<String>>();
    var subtask = started();
    for (long epoch = 1; epoch <= 3; epoch++) {
      long ofEpoch = epoch;
      subtask.windows(
          new CountedTexts(
                  "main", MAIN.texts().stream().filter(text -> text.epoch() == ofEpoch).toList())
              .wholeBatches());
      var due = MAIN.due(epoch, false);
      subtask.due(new VersionDue(due.channel(), epoch, false, true, due.total(), due.symbols()));
      if (restores) {
        subtask = rescaled(1, 1, subtask.harness.snapshot(epoch, epoch)).get(0);
      }
      int before = subtask.facts().size();
      subtask.close(epoch);
      var told = new ArrayList<String>();
      subtask.facts().stream().skip(before).forEach(facts -> told.add(facts.key() + shown(facts)));
      Collections.sort(told);
      versions.add(told);
    }
    return versions;
  }

  /** The candidates of a batch with their counts, in order: tries hand them out in any. */
  private static String shown(FactBatch facts) {
    var lines = new ArrayList<String>();
    var in = new PackedReader(facts.facts(), new RunNames());
    while (!in.isAtEnd()) {
      var entry = CandidateFacts.Entry.read(in, new StringBuilder());
      lines.add(entry.word + " " + entry.count + " " + entry.extensions.sum);
    }
    Collections.sort(lines);
    return facts.direction() + lines.toString();
  }
}
