package io.github.wenliu.pipeline.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wenliu.operators.document.ErrorClass;
import io.github.wenliu.operators.link.KbChange;
import io.github.wenliu.operators.link.KbEntry;
import io.github.wenliu.operators.link.KbFact;
import io.github.wenliu.pipeline.codec.KbLine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KbFileTest {

  private static final String OWN =
      "{\"id\":\"Q1\",\"name\":\"绍兴\",\"aliases\":[\"越州\"],\"prior\":3}";

  @TempDir private Path directory;

  @Test
  void readsOwnEntries() throws IOException {
    var lines =
        read(
            OWN
                + "\r\n\n"
                + "{\"id\":\"Q2\",\"name\":\"b\",\"channel\":\"news\",\"effectiveFrom\":7}");

    assertThat(lines).extracting(KbLine::place).containsExactly("kb.jsonl:1", "kb.jsonl:3");
    assertThat(lines.get(0).entry())
        .isEqualTo(
            new KbEntry("main", "Q1", "绍兴", List.of("越州"), List.of(), "", List.of(), 3.0, null));
    assertThat(lines.get(1).change())
        .isEqualTo(
            new KbChange(
                "news",
                "Q2",
                new KbEntry("news", "Q2", "b", List.of(), List.of(), "", List.of(), null, null),
                7L,
                "kb.jsonl:3"));
  }

  @Test
  void readsLinesOfCcks2019() throws IOException {
    var line =
        "{\"alias\": [\"胜利\", \"Victory\"], \"subject_id\": \"10001\", \"subject\": \"胜利\","
            + " \"type\": [\"CreativeWork\"], \"data\": ["
            + "{\"predicate\": \"摘要\", \"object\": \"《胜利》是一首歌。\"},"
            + "{\"predicate\": \"制作人\", \"object\": \"某人\"},"
            + "{\"predicate\": \"义项描述\", \"object\": \"歌曲\"},"
            + "{\"predicate\": \"标签\", \"object\": \"音乐\"}, {\"predicate\": \"标签\"}]}";

    assertThat(read(line).get(0).entry())
        .isEqualTo(
            new KbEntry(
                "main",
                "10001",
                "胜利",
                List.of("Victory"),
                List.of("CreativeWork"),
                "歌曲。《胜利》是一首歌。",
                List.of(new KbFact("制作人", "某人"), new KbFact("标签", "音乐"), new KbFact("标签", "")),
                null,
                null));
  }

  @Test
  void readsLinesOfDuel() throws IOException {
    var line =
        "{\"alias\": [], \"subject_id\": \"7\", \"data\": [{\"predicate\": \"摘要\","
            + " \"object\": \" 中国作家 \"}], \"type\": \"Person|Work\", \"subject\": \"鲁迅\"}";

    var entry = read(line).get(0).entry();

    assertThat(entry.types()).containsExactly("Person", "Work");
    assertThat(entry.description()).isEqualTo("中国作家");
    assertThat(entry.facts()).isEmpty();
  }

  @Test
  void whatIsTooLongInADumpIsCut() throws IOException {
    var line =
        "{\"alias\":[\"%s\",\"b\"],\"subject_id\":\"7\",\"subject\":\"a\",\"data\":[%s]}"
            .formatted(
                "x".repeat(257),
                "{\"predicate\":\"摘要\",\"object\":\"%s\"},{\"predicate\":\"%s\",\"object\":\"%s\"}"
                    .formatted("摘".repeat(70_000), "p".repeat(300), "a" + "🐟".repeat(600)));

    var entry = read(line).get(0).entry();

    assertThat(entry.aliases()).containsExactly("b");
    assertThat(entry.description()).hasSize(64 << 10);
    assertThat(entry.facts()).containsExactly(new KbFact("p".repeat(256), "a" + "🐟".repeat(511)));
  }

  @Test
  void aLineThatHoldsNoEntrySaysWhy() throws IOException {
    var lines =
        read(
            "{\"name\":\"a\"}\nnonsense\n{\"id\":\"Q1\"}\n{\"id\":\"Q1\",\"name\":\"a\","
                + "\"channel\":\"a/b\"}\n{\"subject_id\":\"7\",\"subject\":\" \"}\n"
                + "{\"subject_id\":7,\"subject\":\"a\"}\n"
                + OWN);

    assertThat(lines).hasSize(7);
    assertThat(lines.subList(0, 6))
        .extracting(line -> line.rejection().errorClass() + " " + line.rejection().message())
        .containsExactly(
            "SCHEMA the line has neither an id nor a subject_id",
            "PARSE malformed JSON, or beyond the parser's limits, at character 0",
            "SCHEMA name is missing",
            "SCHEMA the channel does not match [A-Za-z0-9._-]{1,64}",
            "SCHEMA name is blank",
            "SCHEMA subject_id is not a string");
    assertThat(new String(lines.get(1).bytes(), StandardCharsets.UTF_8)).isEqualTo("nonsense");
    assertThat(lines.get(6).entry().id()).isEqualTo("Q1");
  }

  @Test
  void aLineThatIsNotUtf8SaysSo() throws IOException {
    var file = directory.resolve("kb.jsonl");
    Files.write(file, OWN.getBytes(Charset.forName("GBK")));

    assertThat(read(file).get(0).rejection().errorClass()).isEqualTo(ErrorClass.ENCODING);
  }

  @Test
  void readsGzip() throws IOException {
    var file = directory.resolve("kb");
    try (var out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write((OWN + "\n" + OWN).getBytes(StandardCharsets.UTF_8));
    }
    assertThat(read(file)).hasSize(2);

    var bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length - 9));
    assertThatThrownBy(() -> read(file))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("kb is damaged gzip after line");
  }

  @Test
  void anEmptyFileHasNoEntries() throws IOException {
    assertThat(read(" \n\n")).isEmpty();
  }

  private List<KbLine> read(String text) throws IOException {
    return read(Files.writeString(directory.resolve("kb.jsonl"), text));
  }

  private static List<KbLine> read(Path file) throws IOException {
    var lines = new ArrayList<KbLine>();
    try (var entries = KbFile.open(file.toString(), "main", ZoneId.of("UTC"))) {
      entries.forEachRemaining(lines::add);
    }
    return lines;
  }
}
