package io.github.wenliu.operators.newword;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wenliu.operators.Samples;
import io.github.wenliu.operators.document.EnrichedDocument;
import io.github.wenliu.operators.document.EpochTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PackTextsOperatorTest {

  /** Epochs of one second, lag two. */
  private static final EpochTime TIME = new EpochTime(500, 60_000, 1_000, 2);

  private static final int MAX_PARALLELISM = 128;
  private static final String LONG = "大风吹过三座山头";

  private final List<AutoCloseable> open = new ArrayList<>();

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable harness : open) {
      harness.close();
    }
  }

  private OneInputStreamOperatorTestHarness<EnrichedDocument, TextBatch> restored(
      OperatorSubtaskState state) throws Exception {
    return harness(NewWordParameters.DEFAULT, state);
  }

  private OneInputStreamOperatorTestHarness<EnrichedDocument, TextBatch> harness(
      NewWordParameters parameters, OperatorSubtaskState state) throws Exception {
    var harness =
        new OneInputStreamOperatorTestHarness<EnrichedDocument, TextBatch>(
            new PackTextsOperator(TIME, parameters), MAX_PARALLELISM, 1, 0);
    open.add(harness);
    harness.setup();
    if (state == null) {
      harness.initializeEmptyState();
    } else {
      harness.initializeState(state);
    }
    harness.open();
    return harness;
  }

  private OneInputStreamOperatorTestHarness<EnrichedDocument, TextBatch> started()
      throws Exception {
    return restored(null);
  }

  private static StreamRecord<EnrichedDocument> document(String channel, String text, long epoch) {
    return new StreamRecord<>(Samples.entered(TIME, channel, text, 0, epoch), 0);
  }

  private static StreamRecord<EnrichedDocument> document(String text, long epoch) {
    return document("main", text, epoch);
  }

  /** The texts that came out, as {@code channel epoch pieces}, with + where a text counts once. */
  private static List<String> texts(AbstractStreamOperatorTestHarness<TextBatch> harness) {
    var texts = new ArrayList<String>();
    for (TextBatch batch : harness.extractOutputValues()) {
      var waiting = new WaitingEpochs(TextBuffers::skipEpoch);
      waiting.add(batch.texts());
      while (waiting.first() != Long.MAX_VALUE) {
        var parts = waiting.pollFirst();
        for (byte[] part : parts.getValue()) {
          TextBuffers.read(
              part,
              (fingerprint, bytes, from, to) ->
                  texts.add(
                      "%s %d %s%s"
                          .formatted(
                              batch.channel(),
                              parts.getKey(),
                              pieces(bytes, from, to),
                              fingerprint == PackedText.NONE ? "" : "+")));
        }
      }
    }
    return texts;
  }

  private static String pieces(byte[] bytes, int from, int to) {
    var reader = new PackedReader(bytes, from, to, new RunNames());
    var pieces = new ArrayList<String>();
    while (!reader.isAtEnd()) {
      var piece = new StringBuilder();
      for (long left = reader.readCount(); left > 0; left--) {
        reader.readSymbol(piece);
      }
      pieces.add(piece.toString());
    }
    return String.join("|", pieces);
  }

  @Test
  void textsLeaveBeforeTheWatermarkThatClosesTheirEpochAndNotBefore() throws Exception {
    var harness = started();
    harness.processElement(document("风大，去BA𠮷2026", 3));
    harness.processElement(document("。", 3));
    harness.processWatermark(3_998);
    assertThat(harness.getOutput()).containsExactly(new Watermark(3_998));
    harness.processWatermark(3_999);
    assertThat(texts(harness)).containsExactly("main 3 风大|去BA𠮷2026");
    assertThat(new ArrayList<>(harness.getOutput()).indexOf(new Watermark(3_999)))
        .as("behind all texts")
        .isEqualTo(harness.getOutput().size() - 1);
  }

  @Test
  void equalTextsMeetAndOthersAreSpread() throws Exception {
    var harness = started();
    harness.processElement(document(LONG, 3));
    harness.processElement(document("《" + LONG + "》", 4));
    harness.processWatermark(Long.MAX_VALUE);
    assertThat(harness.extractOutputValues()).hasSize(1);
    assertThat(harness.extractOutputValues().get(0).key())
        .isEqualTo("main/" + harness.extractOutputValues().get(0).part());

    var spread = started();
    IntStream.range(0, 2_000)
        .forEach(
            i -> {
              try {
                spread.processElement(document(i % 2 == 0 ? LONG + i : "短" + i, 3));
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            });
    spread.processWatermark(Long.MAX_VALUE);
    assertThat(spread.extractOutputValues())
        .hasSize(TextBuffers.PARTS)
        .allMatch(batch -> batch.texts().length < 4_000);
  }

  @Test
  void textsOfEightSymbolsAndMoreCountOnceUnlessRepostsCount() throws Exception {
    var harness = started();
    harness.processElement(document("大风吹过三座山", 3));
    harness.processElement(document(LONG, 3));
    harness.processWatermark(Long.MAX_VALUE);
    assertThat(texts(harness)).containsExactlyInAnyOrder("main 3 大风吹过三座山", "main 3 " + LONG + "+");

    var parameters = new NewWordParameters(5, 1, 1_000, 0.1, 1_000_000, 0, 0, 0, false);
    var counting = harness(parameters, null);
    counting.processElement(document(LONG, 3));
    counting.processWatermark(Long.MAX_VALUE);
    assertThat(texts(counting)).containsExactly("main 3 " + LONG);
  }

  @Test
  void everythingLeavesBeforeACheckpointAndNothingIsKept() throws Exception {
    var harness = started();
    harness.processElement(document("甲乙", 3));
    harness.processElement(document("丙丁", 70));
    harness.prepareSnapshotPreBarrier(1);
    assertThat(texts(harness)).containsExactlyInAnyOrder("main 3 甲乙", "main 70 丙丁");
    var state = harness.snapshot(1, 1);
    harness.processWatermark(Long.MAX_VALUE);
    assertThat(texts(harness)).as("nothing twice").hasSize(2);

    var restored = restored(state);
    restored.processWatermark(Long.MAX_VALUE);
    assertThat(restored.getOutput()).containsExactly(Watermark.MAX_WATERMARK);
  }

  @Test
  void aLateDocumentCountsInTheFirstOpenEpoch() throws Exception {
    var harness = started();
    harness.processWatermark(5_999);
    harness.processElement(document("甲乙", 2));
    harness.processElement(document("甲乙", 6));
    harness.processElement(document("甲乙", 7));
    harness.processWatermark(6_998);
    assertThat(harness.extractOutputValues()).isEmpty();
    harness.processWatermark(6_999);
    assertThat(texts(harness)).containsExactly("main 6 甲乙", "main 6 甲乙", "main 7 甲乙");
  }

  @Test
  void whatWasClosedStaysClosedAfterARestore() throws Exception {
    var harness = started();
    harness.processWatermark(5_999);
    var restored = restored(harness.snapshot(1, 1));
    restored.processElement(document("甲乙", 2));
    restored.processWatermark(3_999);
    assertThat(restored.extractOutputValues()).as("a watermark may start again").isEmpty();
    restored.processElement(document("丙丁", 4));
    restored.processWatermark(6_999);
    assertThat(texts(restored)).containsExactlyInAnyOrder("main 6 甲乙", "main 6 丙丁");
  }

  @Test
  void theSubtaskThatHadClosedLeastCountsAfterScalingIn() throws Exception {
    var ahead = started();
    ahead.processWatermark(5_999);
    var behind = started();
    behind.processWatermark(2_999);
    var restored =
        restored(
            AbstractStreamOperatorTestHarness.repackageState(
                behind.snapshot(1, 1), ahead.snapshot(1, 1)));
    restored.processElement(document("甲乙", 4));
    restored.processWatermark(6_999);
    assertThat(texts(restored)).containsExactly("main 4 甲乙");
  }

  @Test
  void channelsAreApart() throws Exception {
    var harness = started();
    harness.processElement(document("a", LONG, 3));
    harness.processElement(document("b", LONG, 3));
    harness.processWatermark(3_999);
    assertThat(texts(harness)).containsExactlyInAnyOrder("a 3 " + LONG + "+", "b 3 " + LONG + "+");
    harness.processElement(document("b", "丁戊", 4));
    harness.processWatermark(4_999);
    assertThat(texts(harness)).hasSize(3).contains("b 4 丁戊");
  }

  @Test
  void aFullBufferLeavesWithoutAWatermark() throws Exception {
    var harness = started();
    harness.processElement(document("甲".repeat(60_000), 3));
    harness.processElement(document("乙".repeat(60_000), 3));
    assertThat(harness.getOutput()).isEmpty();
    harness.processElement(document("丙".repeat(20_000), 3));
    assertThat(texts(harness)).hasSize(3);
  }
}
