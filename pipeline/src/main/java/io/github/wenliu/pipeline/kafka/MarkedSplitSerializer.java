package io.github.wenliu.pipeline.kafka;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * Writes a split as the connector does, and behind it the mark of the partition where there is one.
 */
final class MarkedSplitSerializer implements SimpleVersionedSerializer<KafkaPartitionSplit> {

  private static final int VERSION = 1;

  private final SimpleVersionedSerializer<KafkaPartitionSplit> splits;

  MarkedSplitSerializer(SimpleVersionedSerializer<KafkaPartitionSplit> splits) {
    this.splits = splits;
  }

  @Override
  public int getVersion() {
    return VERSION;
  }

  @Override
  public byte[] serialize(KafkaPartitionSplit split) throws IOException {
    var bytes = new ByteArrayOutputStream();
    var out = new DataOutputStream(bytes);
    var plain = splits.serialize(split);
    out.writeInt(splits.getVersion());
    out.writeInt(plain.length);
    out.write(plain);
    out.writeBoolean(split instanceof MarkedSplit);
    if (split instanceof MarkedSplit marked) {
      out.writeLong(marked.markMillis());
    }
    return bytes.toByteArray();
  }

  @Override
  public KafkaPartitionSplit deserialize(int version, byte[] serialized) throws IOException {
    if (version != VERSION) {
      throw new IOException("split of version " + version + ", expected " + VERSION);
    }
    var in = new DataInputStream(new ByteArrayInputStream(serialized));
    int plainVersion = in.readInt();
    var split = splits.deserialize(plainVersion, in.readNBytes(in.readInt()));
    return in.readBoolean() ? new MarkedSplit(split, in.readLong()) : split;
  }
}
