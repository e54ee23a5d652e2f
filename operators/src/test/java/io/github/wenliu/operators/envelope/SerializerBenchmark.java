package io.github.wenliu.operators.envelope;

import io.github.wenliu.operators.document.Document;
import io.github.wenliu.operators.document.EnrichedDocument;
import io.github.wenliu.operators.document.RawRecord;
import io.github.wenliu.operators.document.Versions;
import io.github.wenliu.operators.document.Word;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/**
 * The serializer of envelopes beside the one that Flink makes for the record: bytes, and
 * nanoseconds to write and to read one, best of several rounds that alternate between the two.
 */
public final class SerializerBenchmark {

  private static final int ROUNDS = 7;
  private static final long ROUND_NANOS = TimeUnit.MILLISECONDS.toNanos(400);
  private static final int BATCH = 200;
  private static final int PROSE = 0x4E00;

  private SerializerBenchmark() {}

  public static void main(String[] arguments) throws IOException {
    for (int round = 0; round < 2; round++) {
      for (int length : new int[] {12, 521}) {
        for (boolean tagged : new boolean[] {false, true}) {
          compare(length, tagged, round > 0);
        }
      }
    }
  }

  private static void compare(int length, boolean tagged, boolean printed) throws IOException {
    var document = document(length, tagged);
    var generated =
        TypeInformation.of(EnrichedDocument.class).createSerializer(new SerializerConfigImpl());
    List<TypeSerializer<EnrichedDocument>> both = List.of(generated, new EnvelopeSerializer());
    double[] write = {Double.MAX_VALUE, Double.MAX_VALUE};
    double[] read = {Double.MAX_VALUE, Double.MAX_VALUE};
    int[] bytes = new int[2];
    for (int round = 0; round < ROUNDS; round++) {
      for (int i = 0; i < 2; i++) {
        var out = new DataOutputSerializer(1 << 12);
        write[i] = Math.min(write[i], write(both.get(i), document, out));
        read[i] = Math.min(read[i], read(both.get(i), out.getCopyOfBuffer()));
        bytes[i] = out.length();
      }
    }
    if (printed) {
      System.out.printf(
          "%3d characters, %-8s  bytes %,6d / %,6d = %.2f   write %,6.0f / %,6.0f ns = %.1f   read"
              + " %,6.0f / %,6.0f ns = %.1f   both %.1f times as fast%n",
          length,
          tagged ? "tagged" : "untagged",
          bytes[0],
          bytes[1],
          bytes[0] / (double) bytes[1],
          write[0],
          write[1],
          write[0] / write[1],
          read[0],
          read[1],
          read[0] / read[1],
          (write[0] + read[0]) / (write[1] + read[1]));
    }
  }

  private static double write(
      TypeSerializer<EnrichedDocument> serializer,
      EnrichedDocument document,
      DataOutputSerializer out)
      throws IOException {
    long begin = System.nanoTime();
    long done = 0;
    while (System.nanoTime() - begin < ROUND_NANOS / 2) {
      for (int i = 0; i < BATCH; i++) {
        out.clear();
        serializer.serialize(document, out);
      }
      done += BATCH;
    }
    return (System.nanoTime() - begin) / (double) done;
  }

  private static double read(TypeSerializer<EnrichedDocument> serializer, byte[] bytes)
      throws IOException {
    var in = new DataInputDeserializer(bytes);
    long begin = System.nanoTime();
    long done = 0;
    long checked = 0;
    while (System.nanoTime() - begin < ROUND_NANOS / 2) {
      for (int i = 0; i < BATCH; i++) {
        in.setBuffer(bytes);
        checked += serializer.deserialize(in).epoch();
      }
      done += BATCH;
    }
    if (checked != done) {
      throw new IllegalStateException("not read");
    }
    return (System.nanoTime() - begin) / (double) done;
  }

  /** As the door hands it on, from a line of JSON; words of two characters, some known to two. */
  private static EnrichedDocument document(int length, boolean tagged) {
    var text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append((char) (PROSE + i * 37 % 5_000));
    }
    var json = "{\"id\":\"w-204817\",\"time\":\"2020-03-04T05:06:07Z\",\"text\":\"" + text + "\"}";
    var raw =
        new RawRecord(
            "wenliu.documents",
            3,
            204_817,
            1_767_225_600_000L,
            null,
            json.getBytes(StandardCharsets.UTF_8),
            List.of());
    var document =
        new Document(
            "w-204817", text.toString(), 1_583_298_367_000L, "main", null, null, null, null);
    var entering = EnrichedDocument.entering(raw, document, 1_583_298_367_000L, 1, 0);
    return tagged ? entering.withWords(words(length), versions()) : entering;
  }

  private static List<Word> words(int length) {
    var words = new ArrayList<Word>();
    for (int at = 0; at < length; at += 2) {
      int end = Math.min(length, at + 2);
      words.add(new Word(at, end, at, end, at % 20 == 0, at % 6 == 0 ? "c" + at % 9 : null));
    }
    return words;
  }

  private static Versions versions() {
    return new Versions("nfkc-1", "base-v1", "count-4", null, null, 158_329_834L, null, null);
  }
}
