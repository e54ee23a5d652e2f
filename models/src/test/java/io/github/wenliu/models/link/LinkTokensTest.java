package io.github.wenliu.models.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wenliu.models.text.NormalizedText;
import org.junit.jupiter.api.Test;

class LinkTokensTest {

  /** The same numbers stand in the tests of the training kit, which makes the table of vectors. */
  @Test
  void numbersAreThoseOfTheTrainingKit() {
    assertThat(LinkTokens.of(NormalizedText.of("北京5G"), 8))
        .containsExactly(11_238, 9_828, 2_850, 29_648, 24_461);
  }

  @Test
  void theNearestComeFirstAndTheMentionItselfIsLeftOut() {
    var text = NormalizedText.of("甲乙丙丁戊");

    int[] around = LinkTokens.around(text, 2, 3, 64);

    int[] single = LinkTokens.of(NormalizedText.of("乙"), 1);
    assertThat(around).startsWith(single).doesNotContain(LinkTokens.of(NormalizedText.of("丙"), 1));
    assertThat(around).hasSize(6);
  }

  @Test
  void noPairReachesOverPunctuation() {
    assertThat(LinkTokens.of(NormalizedText.of("甲，乙"), 8)).hasSize(2);
    assertThat(LinkTokens.of(NormalizedText.of("甲乙"), 8)).hasSize(3);
  }

  @Test
  void thereAreNeverMoreThanAskedFor() {
    var text = NormalizedText.of("一二三四五六七八九十");
    assertThat(LinkTokens.of(text, 4)).hasSize(4);
    assertThat(LinkTokens.around(text, 4, 5, 3)).hasSize(3);
    assertThat(LinkTokens.of(NormalizedText.of(""), 4)).isEmpty();
  }
}
