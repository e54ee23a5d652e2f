package io.github.wenliu.pipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wenliu.operators.nil.GroupState;
import io.github.wenliu.operators.nil.GroupState.Status;
import io.github.wenliu.operators.nil.Tally;
import io.github.wenliu.pipeline.codec.EntityCandidateEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class CandidateLineFormatTest {

  private static final String TIME = "2026-03-01T00:00:09.999Z  ";

  private final CandidateLineFormat format = new CandidateLineFormat();

  @Test
  void aGroupComesWithItsMentionsAndWhatStandsAroundIt() {
    assertThat(format.line(record("main", "墨鲷#1", "台风", "登陆")))
        .isEqualTo(TIME + "candidate 墨鲷#1 (3 mentions): 台风、登陆");
    assertThat(format.line(record("main", "墨鲷#1")))
        .isEqualTo(TIME + "candidate 墨鲷#1 (3 mentions): ");
  }

  @Test
  void ofALongContextTheFirstSixWordsAreShown() {
    assertThat(format.line(record("main", "墨鲷#1", "一", "二", "三", "四", "五", "六", "七")))
        .endsWith(": 一、二、三、四、五、六");
  }

  @Test
  void aGroupIsNewsOnceInEachChannel() {
    assertThat(format.isNews(record("main", "墨鲷#1"))).isTrue();
    assertThat(format.isNews(record("main", "墨鲷#1", "台风"))).isFalse();
    assertThat(format.isNews(record("main", "墨鲷#2"))).isTrue();
    assertThat(format.isNews(record("sports", "墨鲷#1"))).isTrue();
  }

  @Test
  void whatIsNoGroupIsNoNewsAndShownAsItIs() {
    for (byte[] value : Arrays.asList(null, new byte[0], utf8("[1]"), utf8("x\ny"))) {
      assertThat(format.isNews(consumed(value))).isFalse();
    }
    assertThat(format.line(consumed(utf8("x\ny")))).isEqualTo("x y");
    assertThat(format.line(consumed(utf8("[1]")))).isEqualTo("[1]");
    assertThat(format.line(consumed(new byte[0]))).isEmpty();
    assertThat(format.line(consumed(null))).isEqualTo("null");
  }

  @Test
  void noNameSteersTheTerminal() {
    assertThat(format.line(record("main", "x\u001b[2J#1", "y\u0007")))
        .isEqualTo(TIME + "candidate x\uFFFD[2J#1 (3 mentions): y\uFFFD");
  }

  private static ConsumerRecord<byte[], byte[]> record(
      String channel, String group, String... context) {
    var tallies = Arrays.stream(context).map(word -> new Tally(word, 2)).toList();
    var state =
        new GroupState(
            channel,
            177,
            0,
            group,
            "墨鲷",
            Status.CANDIDATE,
            null,
            3,
            2,
            1_772_323_200_000L,
            1_772_323_209_999L,
            List.of(new Tally("墨鲷", 3)),
            List.of(new Tally("EVENT", 3)),
            tallies,
            List.of());
    return consumed(new EntityCandidateEncoder().encode(state).value());
  }

  private static ConsumerRecord<byte[], byte[]> consumed(byte[] value) {
    return new ConsumerRecord<>("wenliu.entity-candidates", 0, 0, null, value);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
