package io.github.wenliu.models.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The shipped example sentences are cut as their file says. */
class GoldenTest {
  private static final Pattern STRING = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");

  static List<String> lines() throws IOException {
    try (var in = GoldenTest.class.getResourceAsStream(BaseLexicon.FOLDER + "golden.jsonl")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }

  /** A line is {"text": "…", "tokens": ["…", …]}; its tokens stand in the text in order. */
  @ParameterizedTest
  @MethodSource("lines")
  void cutsAsTheFileSays(String line) {
    var strings = new ArrayList<String>();
    var matcher = STRING.matcher(line);
    while (matcher.find()) {
      strings.add(matcher.group(1));
    }
    assertThat(strings).startsWith("text").element(2).isEqualTo("tokens");
    String text = strings.get(1);
    List<Token> tokens = Segmenter.base().segment(text);
    assertThat(tokens.stream().map(token -> token.text(text)).toList())
        .isEqualTo(strings.subList(3, strings.size()));
  }
}
