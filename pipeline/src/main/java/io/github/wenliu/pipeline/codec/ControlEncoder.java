package io.github.wenliu.pipeline.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.wenliu.operators.document.ControlChange;
import io.github.wenliu.operators.link.Promotion;
import java.io.IOException;
import java.util.List;

/**
 * Writes a control change as the record of the topic {@code control}, a tombstone where the change
 * before is taken back; the schema is {@code docs/schema/control.schema.json}. Not thread-safe.
 */
public final class ControlEncoder implements RecordEncoder<ControlChange> {

  private static final int USUAL_SIZE = 128;

  private final JsonBytes json = new JsonBytes(USUAL_SIZE);

  @Override
  public OutgoingRecord encode(ControlChange change) {
    var key = ControlJson.key(change.kind(), change.channel(), change.target());
    return change.action() == null
        ? new OutgoingRecord(key, null, List.of())
        : new OutgoingRecord(
            key, json.object(out -> write(out, change)), List.of(JsonBytes.CONTENT_TYPE));
  }

  private static void write(JsonGenerator out, ControlChange change) throws IOException {
    out.writeStringField(ControlJson.ACTION, change.action());
    if (change.kind().equals(ControlChange.CANDIDATE)) {
      out.writeFieldName(ControlJson.VALUE);
      PromotionJson.write(out, Promotion.of(change));
    } else {
      JsonBytes.writeIfPresent(out, ControlJson.VALUE, change.value());
    }
    if (!change.isForAllTime()) {
      JsonBytes.writeTimeIfPresent(out, ControlJson.EFFECTIVE_FROM, change.effectiveFromMillis());
    }
  }
}
