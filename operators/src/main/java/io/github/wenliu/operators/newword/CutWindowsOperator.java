package io.github.wenliu.operators.newword;

import io.github.wenliu.models.text.NormalizedText;
import io.github.wenliu.models.text.SymbolCodes;
import io.github.wenliu.operators.document.EnrichedDocument;
import io.github.wenliu.operators.document.EpochTime;
import io.github.wenliu.operators.epoch.CollectOperator;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;

/** Cuts documents into the windows that are counted and sends them to their shards in batches. */
public final class CutWindowsOperator extends CollectOperator<EnrichedDocument, WindowBatch> {

  private static final long serialVersionUID = 1L;

  /** The symbols of each epoch. */
  public static final OutputTag<SymbolBatch> SYMBOLS =
      new OutputTag<>("symbols", TypeInformation.of(SymbolBatch.class));

  /** Windows that are collected at most, of all channels. */
  private static final int MAX_WINDOWS = 1 << 17;

  private transient Map<String, Collected> collectedByChannel;
  private transient SymbolCodes codes;

  public CutWindowsOperator(EpochTime time) {
    super(time, MAX_WINDOWS);
  }

  @Override
  public void open() throws Exception {
    super.open();
    collectedByChannel = new HashMap<>();
    codes = new SymbolCodes();
  }

  @Override
  public void processElement(StreamRecord<EnrichedDocument> element) {
    var document = element.getValue();
    long epoch = openEpoch(document.epoch());
    codes.read(NormalizedText.of(document.document().text()));
    var collected =
        collectedByChannel.computeIfAbsent(
            document.document().channel(), unused -> new Collected());
    collected.symbols.add(codes, epoch);
    collected(epoch, collected.buffers.add(codes, epoch));
  }

  @Override
  protected void emitCollected() {
    collectedByChannel.forEach(
        (channel, collected) -> {
          collected.buffers.drain(
              (direction, shard, batch) ->
                  output.collect(
                      new StreamRecord<>(new WindowBatch(channel, direction, shard, batch))));
          if (collected.symbols.length() > 0) {
            output.collect(
                SYMBOLS, new StreamRecord<>(new SymbolBatch(channel, collected.symbols.drain())));
          }
        });
  }

  /** What was collected of a channel. */
  private static final class Collected {

    private final WindowBuffers buffers = new WindowBuffers();
    private final SymbolBuffer symbols = new SymbolBuffer();
  }
}
