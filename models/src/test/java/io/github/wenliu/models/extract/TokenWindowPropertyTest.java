package io.github.wenliu.models.extract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class TokenWindowPropertyTest {

  @Property(tries = 300)
  void windowsFitCoverTheTextAndJoinToWhatOneWouldGive(
      @ForAll @Size(max = 200) List<@IntRange(min = 0, max = 3) Integer> wordSteps,
      @ForAll @IntRange(min = 0, max = 2) int prefix,
      @ForAll @IntRange(min = 0, max = 2) int suffix,
      @ForAll @IntRange(min = 1, max = 6) int overlap,
      @ForAll @IntRange(min = 1, max = 30) int room) {
    int maxPositions = prefix + suffix + 2 * overlap + room;
    var text = text(wordSteps, prefix, suffix);
    var windows = TokenWindow.cut(text, maxPositions, overlap);
    var answers = new ArrayList<float[]>();
    int end = 0;
    for (var window : windows) {
      assertThat(window.positions()).isLessThanOrEqualTo(maxPositions);
      assertThat(window.from()).isLessThanOrEqualTo(Math.max(0, end - overlap));
      assertThat(window.to()).isGreaterThan(end);
      end = window.to();
      var answer = new float[2 * (window.to() - window.from())];
      for (int token = window.from(); token < window.to(); token++) {
        answer[2 * (token - window.from())] = token;
        answer[2 * (token - window.from()) + 1] = -token;
      }
      answers.add(answer);
      var ids = IntStream.range(0, window.positions()).map(window::token).toArray();
      assertThat(ids)
          .containsExactly(
              IntStream.concat(
                      IntStream.range(0, prefix),
                      IntStream.concat(
                          IntStream.range(prefix + window.from(), prefix + window.to()),
                          IntStream.range(prefix + text.length(), prefix + text.length() + suffix)))
                  .toArray());
    }
    assertThat(end).isEqualTo(text.length());
    if (!windows.isEmpty()) {
      float[] joined = TokenWindow.join(windows, answers, 2);
      for (int token = 0; token < text.length(); token++) {
        assertThat(joined[2 * token]).isEqualTo(token);
        assertThat(joined[2 * token + 1]).isEqualTo(-token);
      }
    }
  }

  private static TokenizedText text(List<Integer> wordSteps, int prefix, int suffix) {
    int length = wordSteps.size();
    long[] words = new long[length];
    for (int i = 1; i < length; i++) {
      words[i] = words[i - 1] + Math.min(1, wordSteps.get(i));
    }
    return new TokenizedText(
        LongStream.range(0, prefix + length + suffix).toArray(),
        new long[prefix + length + suffix],
        prefix,
        suffix,
        IntStream.range(0, length).toArray(),
        IntStream.rangeClosed(1, length).toArray(),
        words);
  }
}
