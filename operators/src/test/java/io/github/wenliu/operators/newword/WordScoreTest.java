package io.github.wenliu.operators.newword;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class WordScoreTest {

  @Test
  void theBestComesFirst() {
    var best = new WordScore("丙", 2, 5, 0, 0, 0);
    var frequent = new WordScore("丙", 1, 9, 0, 0, 0);
    var rare = new WordScore("Ａ", 1, 5, 0, 0, 0);
    var last = new WordScore("𠮷", 1, 5, 0, 0, 0);
    assertThat(Stream.of(last, rare, frequent, best).sorted(WordScore::compareBestFirst))
        .containsExactly(best, frequent, rare, last);
  }
}
