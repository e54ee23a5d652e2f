package io.github.wenliu.operators.newword;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.wenliu.operators.document.EpochTime;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A partition that was idle comes back with epochs that time has passed by. */
class LateEpochTest {

  private static final EpochTime TIME = EpochTime.DEFAULT;

  private KeyedOneInputStreamOperatorTestHarness<String, SymbolBatch, VersionDue> harness;

  @BeforeEach
  void open() throws Exception {
    var operator =
        new VersionsDueOperator(TIME, new NewWordParameters(2, 1.0, 10, 0, 1_000, 0, 0, 0, false));
    harness =
        new KeyedOneInputStreamOperatorTestHarness<>(operator, SymbolBatch::channel, Types.STRING);
    harness.open();
  }

  @AfterEach
  void close() throws Exception {
    harness.close();
  }

  @Test
  void countsForTheNextVersionAndMakesNoneOfItsOwn() throws Exception {
    read(5, 20);
    close(5);
    assertThat(harness.extractOutputValues())
        .extracting(VersionDue::epoch, VersionDue::total)
        .containsExactly(tuple(5L, 20L));

    read(3, 30);
    read(5, 40);
    close(6);
    assertThat(harness.extractOutputValues()).as("versions are in order").hasSize(1);

    read(7, 1);
    close(7);
    assertThat(harness.extractOutputValues())
        .extracting(VersionDue::epoch, VersionDue::total)
        .endsWith(tuple(7L, 91L));
    assertThat(harness.extractOutputValues()).hasSize(2);
  }

  @Test
  void theLastVersionStaysBehindAllOthers() throws Exception {
    read(5, 20);
    close(5);
    read(3, 1);
    harness.processWatermark(Watermark.MAX_WATERMARK);
    assertThat(harness.extractOutputValues())
        .extracting(VersionDue::epoch, VersionDue::last)
        .endsWith(tuple(6L, true));
  }

  private void read(long epoch, int symbols) throws Exception {
    var buffer = new SymbolBuffer();
    buffer.add(Texts.packed("文".repeat(symbols)), epoch);
    harness.processElement(new StreamRecord<>(new SymbolBatch("main", buffer.drain())));
  }

  private void close(long epoch) throws Exception {
    harness.processWatermark(new Watermark(TIME.lastMillisOf(epoch)));
  }
}
