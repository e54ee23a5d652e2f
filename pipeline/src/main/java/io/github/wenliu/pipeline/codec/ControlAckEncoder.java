package io.github.wenliu.pipeline.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.wenliu.operators.document.ControlAck;
import io.github.wenliu.operators.document.ControlChange;
import io.github.wenliu.operators.link.Promotion;
import java.io.IOException;
import java.util.List;

/**
 * Writes the answer to a control change as the record of the topic {@code control-acks}; the schema
 * is {@code docs/schema/control-ack.schema.json}. Not thread-safe.
 */
public final class ControlAckEncoder implements RecordEncoder<ControlAck> {

  private static final String ROLE = "control-acks";
  private static final int USUAL_SIZE = 256;

  private final JsonBytes json = new JsonBytes(USUAL_SIZE);

  @Override
  public OutgoingRecord encode(ControlAck ack) {
    var change = ack.change();
    return new OutgoingRecord(
        ControlJson.key(change.kind(), change.channel(), change.target()),
        json.object(out -> write(out, ack)),
        List.of(
            JsonBytes.CONTENT_TYPE,
            Headers.of(Headers.EVENT_ID, EnrichedEncoder.eventId(ROLE, change.origin()))));
  }

  private static void write(JsonGenerator out, ControlAck ack) throws IOException {
    var change = ack.change();
    out.writeNumberField("schemaVersion", EnrichedEncoder.SCHEMA_VERSION);
    out.writeStringField("kind", change.kind());
    out.writeStringField("channel", change.channel());
    out.writeStringField("target", change.target());
    JsonBytes.writeIfPresent(out, ControlJson.ACTION, change.action());
    JsonBytes.writeIfPresent(out, ControlJson.VALUE, shown(change));
    out.writeBooleanField("accepted", ack.isAccepted());
    JsonBytes.writeIfPresent(out, "epoch", ack.epoch());
    JsonBytes.writeIfPresent(out, "reason", ack.reason());
    out.writeStringField("origin", change.origin());
  }

  /** Of an entry that a group shall become its id is enough to know it by. */
  private static String shown(ControlChange change) {
    return change.value() != null && change.kind().equals(ControlChange.CANDIDATE)
        ? Promotion.of(change).id()
        : change.value();
  }
}
