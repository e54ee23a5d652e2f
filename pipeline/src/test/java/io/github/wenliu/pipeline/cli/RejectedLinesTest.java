package io.github.wenliu.pipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wenliu.operators.document.ErrorClass;
import io.github.wenliu.operators.document.Rejection;
import io.github.wenliu.pipeline.codec.KbLine;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RejectedLinesTest {

  @TempDir private Path directory;

  private final StringWriter err = new StringWriter();

  private RejectedLines open(Path file, long bytes, long count) throws IOException {
    return RejectedLines.open(file, bytes, count, new PrintWriter(err));
  }

  private static KbLine line(long number, byte[] bytes) {
    var rejection = new Rejection(ErrorClass.PARSE, "Exception", "malformed JSON");
    return new KbLine("kb.jsonl", number, bytes, null, rejection);
  }

  private static KbLine line(long number) {
    return line(number, ("{" + number).getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void eachLineIsKeptWithItsPlaceAndReason() throws IOException {
    var file = directory.resolve("rejected.jsonl");
    try (var rejected = open(file, 0, 0)) {
      assertThat(rejected.summary()).isEmpty();
      rejected.add(line(3));
      rejected.add(line(4, new byte[] {(byte) 0xFF}));
      assertThat(rejected.count()).isEqualTo(2);
      assertThat(rejected.bytes()).isEqualTo(Files.size(file));
      assertThat(rejected.summary()).isEqualTo("; 2 lines rejected, see " + file);
    }

    assertThat(file)
        .hasContent(
            """
            {"place":"kb.jsonl:3","errorClass":"PARSE","message":"malformed JSON","line":"{3"}
            {"place":"kb.jsonl:4","errorClass":"PARSE","message":"malformed JSON","lineBase64":"/w=="}
            """);
    assertThat(err.toString().lines())
        .containsExactly(
            "kb.jsonl:3 is no entry: malformed JSON (PARSE)",
            "kb.jsonl:4 is no entry: malformed JSON (PARSE)");
  }

  @Test
  void theFirstTenAreSaid() throws IOException {
    try (var rejected = open(null, 0, 0)) {
      for (int i = 1; i <= 12; i++) {
        rejected.add(line(i));
      }
      assertThat(rejected.summary()).isEqualTo("; 12 lines rejected");
      assertThat(rejected.bytes()).isZero();
    }
    assertThat(err.toString().lines())
        .hasSize(10)
        .last()
        .asString()
        .endsWith("; more are not shown");
  }

  /** Lines that were written after the last note of how far it is are found once more. */
  @Test
  void aLaterRunGoesOnBehindWhatWasNoted() throws IOException {
    var file = directory.resolve("rejected.jsonl");
    long noted;
    try (var rejected = open(file, 0, 0)) {
      rejected.add(line(1));
      noted = rejected.bytes();
      rejected.add(line(2));
    }
    try (var rejected = open(file, noted, 1)) {
      rejected.add(line(2));
      assertThat(rejected.count()).isEqualTo(2);
    }
    assertThat(Files.readAllLines(file)).hasSize(2).last().asString().contains("kb.jsonl:2");
  }

  @Test
  void aFileThatCannotBeWrittenIsWrongUse() {
    assertThatThrownBy(() -> open(directory, 0, 0))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("cannot be written");
  }
}
