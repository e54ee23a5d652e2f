package io.github.wenliu.operators.newword;

import io.github.wenliu.models.text.NormalizedText;
import io.github.wenliu.models.text.SymbolCodes;
import io.github.wenliu.operators.document.EnrichedDocument;
import io.github.wenliu.operators.document.EpochTime;
import io.github.wenliu.operators.epoch.CollectOperator;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/** Sends the symbols of documents to the part of their channel where equal texts meet. */
public final class PackTextsOperator extends CollectOperator<EnrichedDocument, TextBatch> {

  private static final long serialVersionUID = 1L;

  /** Bytes that are collected at most, of all channels. */
  private static final int MAX_BYTES = 1 << 18;

  private final boolean countsReposts;

  private transient Map<String, TextBuffers> buffersByChannel;
  private transient SymbolCodes codes;
  private transient PackedText text;

  public PackTextsOperator(EpochTime time, NewWordParameters parameters) {
    super(time, MAX_BYTES);
    this.countsReposts = parameters.countsReposts();
  }

  @Override
  public void open() throws Exception {
    super.open();
    buffersByChannel = new HashMap<>();
    codes = new SymbolCodes();
    text = new PackedText();
  }

  @Override
  public void processElement(StreamRecord<EnrichedDocument> element) {
    var document = element.getValue();
    long epoch = openEpoch(document.epoch());
    codes.read(NormalizedText.of(document.document().text()));
    text.read(codes);
    buffersByChannel
        .computeIfAbsent(document.document().channel(), unused -> new TextBuffers())
        .add(text, epoch, !countsReposts);
    collected(epoch, text.length());
  }

  @Override
  protected void emitCollected() {
    buffersByChannel.forEach(
        (channel, buffers) ->
            buffers.drain(
                (part, batch) ->
                    output.collect(new StreamRecord<>(new TextBatch(channel, part, batch)))));
  }
}
