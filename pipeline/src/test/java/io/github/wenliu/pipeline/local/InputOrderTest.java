package io.github.wenliu.pipeline.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InputOrderTest {

  @TempDir Path directory;

  @Test
  void linesComeBackInTheOrderOfTheirDocuments() throws IOException {
    try (var order = new InputOrder(directory.resolve("lines"), 2)) {
      add(order, "a.b-0-1", "third");
      add(order, "a.b-1-0", "second");
      add(order, "a.b-0-0", "first");
      add(order, "a.b-0-2", "fifth");

      var lines = new ArrayList<String>();
      order.forEach(line -> lines.add(new String(line, StandardCharsets.UTF_8)));

      assertThat(lines).containsExactly("first", "second", "third", "fifth");
    }
  }

  @Test
  void aSecondResultOfADocumentIsAnError() throws IOException {
    try (var order = new InputOrder(directory.resolve("lines"), 4)) {
      add(order, "documents-3-17", "once");

      assertThatThrownBy(() -> add(order, "documents-3-17", "twice"))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("two results");
    }
  }

  private static void add(InputOrder order, String origin, String line) throws IOException {
    order.add(origin, line.getBytes(StandardCharsets.UTF_8));
  }
}
