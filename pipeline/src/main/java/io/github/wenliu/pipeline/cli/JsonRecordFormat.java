package io.github.wenliu.pipeline.cli;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A record as one JSON object with its place, key, headers and value. A value that is JSON stands
 * there as such, other text as a string; what is not UTF-8 is base64 in a field {@code …Base64}.
 */
final class JsonRecordFormat implements RecordFormat {

  private final ObjectMapper mapper =
      new ObjectMapper()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

  @Override
  public String line(ConsumerRecord<byte[], byte[]> record) {
    var node = mapper.createObjectNode();
    node.put("topic", record.topic());
    node.put("partition", record.partition());
    node.put("offset", record.offset());
    node.put("timestamp", record.timestamp());
    put(node, "key", record.key());
    var headers = node.putObject("headers");
    record.headers().forEach(header -> put(headers, header.key(), header.value()));
    putValue(node, record.value());
    try {
      return mapper.writeValueAsString(node);
    } catch (JacksonException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void putValue(ObjectNode node, byte[] value) {
    if (value != null) {
      try {
        var tree = mapper.readTree(value);
        if (tree.isObject() || tree.isArray()) {
          node.set("value", tree);
          return;
        }
      } catch (IOException e) {
        // Not JSON: shown as text.
        put(node, "value", value);
        return;
      }
    }
    put(node, "value", value);
  }

  private static void put(ObjectNode node, String name, byte[] bytes) {
    if (bytes == null) {
      node.putNull(name);
      return;
    }
    var text = RecordText.utf8(bytes);
    if (text.isPresent()) {
      node.put(name, text.get());
    } else {
      node.put(name + "Base64", bytes);
    }
  }
}
