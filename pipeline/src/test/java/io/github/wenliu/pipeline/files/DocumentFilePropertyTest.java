package io.github.wenliu.pipeline.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wenliu.operators.document.RawRecord;
import io.github.wenliu.pipeline.codec.DecoderParameters;
import io.github.wenliu.pipeline.codec.DocumentDecoder;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class DocumentFilePropertyTest {

  @Property
  void everyLineIsOneRecord(@ForAll("lines") List<byte[]> lines) {
    var file = new ByteArrayOutputStream();
    lines.forEach(
        line -> {
          file.writeBytes(line);
          file.write('\n');
        });

    var records = read(file.toByteArray());

    assertThat(records).hasSameSizeAs(lines);
    for (int i = 0; i < lines.size(); i++) {
      assertThat(records.get(i).line()).isEqualTo(i + 1);
    }
  }

  @Property
  void everyLineOfTextComesBack(@ForAll("texts") List<String> texts) {
    var records = read(String.join("\n", texts).getBytes(StandardCharsets.UTF_8));

    assertThat(records).extracting(DocumentFilePropertyTest::text).isEqualTo(texts);
  }

  /** Any bytes but line ends, and more than blanks. */
  @Provide
  Arbitrary<List<byte[]>> lines() {
    return Arbitraries.bytes()
        .filter(b -> b != '\n' && b != '\r')
        .array(byte[].class)
        .ofMinSize(1)
        .ofMaxSize(30)
        .filter(line -> !new String(line, StandardCharsets.ISO_8859_1).matches("[ \\t]*"))
        .filter(line -> line[0] != (byte) 0x1F && line[0] != (byte) 0xEF)
        .list()
        .ofMaxSize(20);
  }

  @Provide
  Arbitrary<List<String>> texts() {
    return Arbitraries.strings()
        .withChars("甲乙 \"\\\t\u0000\u2028ab}")
        .ofMaxLength(20)
        .map(text -> "文" + text + "。")
        .list()
        .ofMaxSize(20);
  }

  private static List<FileRecord> read(byte[] content) {
    try (var documents = DocumentFile.open(new ByteArrayInputStream(content), "f")) {
      var records = new ArrayList<FileRecord>();
      documents.forEachRemaining(records::add);
      return records;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(FileRecord record) {
    var raw = new RawRecord("documents", 0, 0, 0, record.key(), record.value(), record.headers());
    return new DocumentDecoder(DecoderParameters.DEFAULT).decode(raw).document().text();
  }
}
