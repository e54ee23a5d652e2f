package io.github.wenliu.pipeline.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wenliu.operators.document.Document;
import io.github.wenliu.operators.document.RawRecord;
import io.github.wenliu.pipeline.codec.DecoderParameters;
import io.github.wenliu.pipeline.codec.DocumentDecoder;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DocumentFileTest {

  @TempDir private Path directory;

  @Test
  void aLineOfTextIsADocument() {
    assertThat(values(read("今天\"好\"\n明天\t🐟\n")))
        .containsExactly(
            "{\"id\":\"f:1\",\"text\":\"今天\\\"好\\\"\",\"time\":\"2020-01-01T00:00:00.000Z\"}",
            "{\"id\":\"f:2\",\"text\":\"明天\\t🐟\",\"time\":\"2020-01-01T00:00:01.000Z\"}");
  }

  @Test
  void theFirstByteDecidesForTheWholeFile() {
    var text = read("\n \nplain\n{\"text\":\"x\"}\n");
    var json = read("\n \t{\"text\":\"x\",\"id\":\"a\",\"time\":1}\nplain\n");

    assertThat(values(text).get(1)).contains("\"text\":\"{\\\"text\\\":\\\"x\\\"}\"");
    assertThat(values(json))
        .containsExactly(" \t{\"text\":\"x\",\"id\":\"a\",\"time\":1}", "plain");
    assertThat(json).allSatisfy(record -> assertThat(record.headers()).hasSize(1));
  }

  @Test
  void blankLinesKeepTheirNumbers() {
    assertThat(read("a\n\n  \t\nb\r\n\r\nc"))
        .extracting(FileRecord::line)
        .containsExactly(1L, 4L, 6L);
  }

  @Test
  void aLineMayEndLikeThisOrThatOrNotAtAll() {
    assertThat(read("a\r\nb\nc")).extracting(record -> text(record)).containsExactly("a", "b", "c");
    assertThat(read("a\rb\r\n")).extracting(record -> text(record)).containsExactly("a\rb");
    assertThat(read("")).isEmpty();
    assertThat(read("\n\n")).isEmpty();
  }

  @Test
  void aByteOrderMarkIsLeftOut() {
    assertThat(read("\uFEFF{\"text\":\"x\"}"))
        .extracting(record -> text(record))
        .containsExactly("x");
    assertThat(read("\uFEFFa\n\uFEFFb"))
        .extracting(record -> text(record))
        .containsExactly("a", "\uFEFFb");
  }

  @Test
  void onlyMissingFieldsAreAddedToAJsonLine() {
    assertThat(
            values(
                read(
                    """
                    {"text":"x", "n" : 1.50}
                    { "id":"a","text":"x"}
                    {"time":5,"text":"x"}
                    {"id":null,"text":"x","time": null }
                    {"time":null,"id":null,"text":"🐟"}
                    {}
                    {"meta":{"id":"inner","time":1},"text":"x"}
                    """)))
        .containsExactly(
            "{\"id\":\"f:1\",\"time\":\"2020-01-01T00:00:00.000Z\",\"text\":\"x\", \"n\" : 1.50}",
            "{\"time\":\"2020-01-01T00:00:01.000Z\", \"id\":\"a\",\"text\":\"x\"}",
            "{\"id\":\"f:3\",\"time\":5,\"text\":\"x\"}",
            "{\"id\":\"f:4\",\"text\":\"x\",\"time\": \"2020-01-01T00:00:03.000Z\" }",
            "{\"time\":\"2020-01-01T00:00:04.000Z\",\"id\":\"f:5\",\"text\":\"🐟\"}",
            "{\"id\":\"f:6\",\"time\":\"2020-01-01T00:00:05.000Z\"}",
            "{\"id\":\"f:7\",\"time\":\"2020-01-01T00:00:06.000Z\","
                + "\"meta\":{\"id\":\"inner\",\"time\":1},\"text\":\"x\"}");
  }

  @Test
  void theKeyIsTheId() {
    assertThat(
            read("{\"id\":\"甲\",\"text\":\"x\"}\n{\"id\":7,\"text\":\"x\"}\n{\"text\":\"x\"}\nbad"))
        .extracting(record -> new String(record.key(), StandardCharsets.UTF_8))
        .containsExactly("甲", "f:2", "f:3", "f:4");
  }

  @Test
  void whatIsNoDocumentIsHandedOnAsItStands() {
    var lines =
        List.of(
            "{\"text\":\"x\"",
            "{\"text\":\"x\"} {}",
            "[1]",
            "plain",
            "{\"text\":\"x\",}",
            "{" + "[".repeat(3_000));

    assertThat(values(read("{\"id\":\"a\",\"time\":1}\n" + String.join("\n", lines))))
        .endsWith(lines.toArray(String[]::new));
  }

  @Test
  void bytesThatAreNotUtf8AreHandedOnAsTheyStand() {
    byte[] gbk = "今天天气".getBytes(Charset.forName("GBK"));

    assertThat(read(concat("好\n".getBytes(StandardCharsets.UTF_8), gbk)).get(1).value())
        .isEqualTo(gbk);
    assertThat(read(concat("{}\n".getBytes(StandardCharsets.UTF_8), gbk)).get(1).value())
        .isEqualTo(gbk);
  }

  @Test
  void gzipIsKnownByItsBytes() throws IOException {
    var packed = gzip("甲\n乙\n");

    assertThat(read(packed)).extracting(record -> text(record)).containsExactly("甲", "乙");
    assertThat(read(concat(packed, gzip("丙"))))
        .extracting(record -> text(record))
        .containsExactly("甲", "乙", "丙");
  }

  /** A pipe says that nothing is available although more will come. */
  @Test
  void gzipOfSeveralPartsIsReadWholeFromAPipe() throws IOException {
    var pipe =
        new ByteArrayInputStream(concat(gzip("甲\n"), gzip("乙\n"))) {
          @Override
          public int available() {
            return 0;
          }

          @Override
          public int read(byte[] into, int from, int length) {
            return super.read(into, from, Math.min(length, 7));
          }
        };

    assertThat(read(pipe)).extracting(record -> text(record)).containsExactly("甲", "乙");
  }

  @Test
  void damagedGzipIsAnErrorThatNamesTheFile() throws IOException {
    var packed = gzip("甲\n乙\n");
    var cut = Arrays.copyOf(packed, packed.length - 6);

    assertThatThrownBy(() -> read(cut))
        .isInstanceOf(UncheckedIOException.class)
        .cause()
        .hasMessageStartingWith("f is damaged gzip");
  }

  @Test
  void aLineBeyondAllBoundsIsAnError() {
    var endless =
        new InputStream() {
          @Override
          public int read() {
            return 'x';
          }
        };

    assertThatThrownBy(() -> read(endless))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("line 1 is longer than");
  }

  @Test
  void idsAreMadeOfTheBaseName() throws IOException {
    var file = Files.writeString(directory.resolve("新闻 \"1\".txt"), "x");

    try (var documents = DocumentFile.open(file.toString())) {
      var record = documents.next();
      assertThat(record.place()).isEqualTo("新闻 \"1\".txt:1");
      assertThat(decoded(record).id()).isEqualTo("新闻 \"1\".txt:1");
    }
  }

  @Test
  void aFileThatCannotBeReadIsNamed() {
    assertThatThrownBy(() -> DocumentFile.open(directory.resolve("none")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("none does not exist");
    assertThatThrownBy(() -> DocumentFile.open(directory))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("is a directory");
  }

  private static List<FileRecord> read(String content) {
    return read(content.getBytes(StandardCharsets.UTF_8));
  }

  private static List<FileRecord> read(byte[] content) {
    return read(new ByteArrayInputStream(content));
  }

  private static List<FileRecord> read(InputStream in) {
    try (var documents = DocumentFile.open(in, "f")) {
      var records = new ArrayList<FileRecord>();
      documents.forEachRemaining(records::add);
      return records;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> values(List<FileRecord> records) {
    return records.stream()
        .map(record -> new String(record.value(), StandardCharsets.UTF_8))
        .toList();
  }

  private static String text(FileRecord record) {
    return decoded(record).text();
  }

  private static Document decoded(FileRecord record) {
    var raw = new RawRecord("documents", 0, 0, 0, record.key(), record.value(), record.headers());
    return new DocumentDecoder(DecoderParameters.DEFAULT).decode(raw).document();
  }

  private static byte[] gzip(String content) throws IOException {
    var packed = new ByteArrayOutputStream();
    try (var out = new GZIPOutputStream(packed)) {
      out.write(content.getBytes(StandardCharsets.UTF_8));
    }
    return packed.toByteArray();
  }

  private static byte[] concat(byte[] first, byte[] second) {
    var both = new ByteArrayOutputStream();
    both.writeBytes(first);
    both.writeBytes(second);
    return both.toByteArray();
  }
}
