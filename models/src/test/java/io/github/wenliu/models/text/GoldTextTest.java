package io.github.wenliu.models.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import org.junit.jupiter.api.Test;

class GoldTextTest {
  @Test
  void linesAreNormalisedAndEmptyOnesLeftOut() throws IOException {
    var gold = GoldText.read(new BufferedReader(new StringReader("１２月　３１日 ，\n\n  \n 我 爱 我 \n")));
    assertThat(gold.texts()).containsExactly("12月31日,", "我爱我");
    assertThat(gold.wordCounts())
        .hasSize(5)
        .containsEntry("12月", 1)
        .containsEntry("31日", 1)
        .containsEntry(",", 1)
        .containsEntry("我", 2)
        .containsEntry("爱", 1);
  }
}
