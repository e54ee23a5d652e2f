package io.github.wenliu.pipeline.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wenliu.models.text.Lexicon;
import io.github.wenliu.pipeline.config.ConfigException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KnownWordsTest {

  @TempDir private Path directory;

  @Test
  void noneAreNone() {
    assertThat(KnownWords.read("none")).isEmpty();
  }

  @Test
  void baseIsTheShippedLexicon() {
    assertThat(KnownWords.read("base")).hasSize(Lexicon.base().size()).contains("我们");
  }

  @Test
  void aWordEndsAtTheFirstBlankOrTab() throws IOException {
    assertThat(read("墨鲷\t3.5\t17\n屿安市 42 ns\n台风\u3000x\n  前面有空格\n"))
        .containsExactlyInAnyOrder("墨鲷", "屿安市", "台风", "前面有空格");
  }

  @Test
  void commentsAndBlankLinesAreLeftOut() throws IOException {
    assertThat(read("\uFEFF# 词表\n\n   \r\n墨鲷\r\n #更多\n\u200B\n")).containsExactly("墨鲷");
  }

  @Test
  void wordsAreNormalised() throws IOException {
    assertThat(read("村ＢＡ\n村BA\n")).containsExactly("村ba");
  }

  @Test
  void gzipIsKnownByItsFirstBytes() throws IOException {
    assertThat(KnownWords.read(file(packed("墨鲷\n")))).containsExactly("墨鲷");
  }

  @Test
  void whatCannotBeReadIsNamedInOneLine() throws IOException {
    assertRefused(directory.resolve("missing").toString(), "missing");
    assertRefused(directory.toString(), "directory");
    assertRefused(file("墨鲷\n台风\n".getBytes(Charset.forName("GBK"))), "line 1 of");
    var cut = packed("墨鲷\n".repeat(100));
    assertRefused(file(Arrays.copyOf(cut, cut.length - 9)), "gzip");
  }

  private static void assertRefused(String source, String why) {
    assertThatThrownBy(() -> KnownWords.read(source))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(source)
        .hasMessageContaining(why)
        .message()
        .hasLineCount(1);
  }

  private Iterable<String> read(String text) throws IOException {
    return KnownWords.read(file(text.getBytes(StandardCharsets.UTF_8)));
  }

  private String file(byte[] bytes) throws IOException {
    return Files.write(directory.resolve("words"), bytes).toString();
  }

  private static byte[] packed(String text) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(bytes)) {
      gzip.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }
}
