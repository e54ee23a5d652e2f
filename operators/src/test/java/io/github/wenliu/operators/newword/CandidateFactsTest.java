package io.github.wenliu.operators.newword;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wenliu.models.text.SymbolCodes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CandidateFactsTest {

  /** What one direction knows of a text. */
  private static CandidateFacts counted(Direction direction, String text) {
    var symbolCounts = new SymbolCounts();
    symbolCounts.add(Texts.codes(text));
    var buffers = new WindowBuffers();
    Texts.cut(buffers, text, 0);
    var facts = new CandidateFacts(direction, 2, symbolCounts);
    buffers.drain(
        (way, shard, batch) -> {
          if (way == direction) {
            var trie = new NgramTrie(2);
            trie.add(batch);
            facts.add(trie);
          }
        });
    return facts;
  }

  /** The facts of one direction about all candidates of a text, by word. */
  private static Map<String, CandidateFacts.Entry> facts(Direction direction, String text) {
    var entries = new HashMap<String, CandidateFacts.Entry>();
    counted(direction, text)
        .drain(
            (bucket, packed) -> {
              var in = new PackedReader(packed, new RunNames());
              var characters = new StringBuilder();
              while (!in.isAtEnd()) {
                var entry = CandidateFacts.Entry.read(in, characters);
                assertThat(entries.put(entry.word, entry)).isNull();
              }
            });
    return entries;
  }

  /** One sentence so many times. */
  private static String times(int times, String sentence) {
    return (sentence + "。").repeat(times);
  }

  private static List<Long> parts(CandidateFacts.Entry entry) {
    var parts = new ArrayList<Long>();
    for (int k = 1; k < entry.length; k++) {
      parts.add(entry.parts[k]);
    }
    return parts;
  }

  @Test
  void readForwardsTheyTellOfWhatFollowsAndOfBeginnings() {
    var facts = facts(Direction.FORWARD, times(3, "甲乙丙") + times(1, "甲乙") + times(2, "甲"));
    assertThat(facts).containsOnlyKeys("甲乙", "甲乙丙", "乙丙");
    var three = facts.get("甲乙丙");
    assertThat(three.length).isEqualTo(3);
    assertThat(three.count).isEqualTo(3);
    assertThat(parts(three)).containsExactly(6L, 4L);
    var two = facts.get("甲乙");
    assertThat(two.count).isEqualTo(4);
    assertThat(two.extensions.sum).isEqualTo(Phi.of(3));
    assertThat(two.extensions.most).isEqualTo(3);
    assertThat(parts(two)).containsExactly(6L);
  }

  @Test
  void readBackwardsTheyTellOfWhatComesBeforeAndOfEndings() {
    var facts = facts(Direction.BACKWARD, times(3, "甲乙丙") + times(1, "乙丙") + times(2, "丙"));
    assertThat(facts).containsOnlyKeys("甲乙", "甲乙丙", "乙丙");
    assertThat(parts(facts.get("甲乙丙"))).containsExactly(6L, 4L);
    var two = facts.get("乙丙");
    assertThat(two.count).isEqualTo(4);
    assertThat(two.extensions.sum).isEqualTo(Phi.of(3));
    assertThat(two.extensions.most).isEqualTo(3);
  }

  @Test
  void moreThanNineTenthsAbsorb() {
    var nineOfTen = facts(Direction.FORWARD, times(9, "甲乙丙") + times(1, "甲乙"));
    assertThat(nineOfTen.get("甲乙").mostSymbol).isNull();
    var tenOfEleven = facts(Direction.FORWARD, times(10, "甲乙𠮷") + times(1, "甲乙"));
    assertThat(tenOfEleven.get("甲乙").mostSymbol).isEqualTo("𠮷");
    var before = facts(Direction.BACKWARD, times(10, "BA甲乙") + times(1, "甲乙"));
    assertThat(before.get("甲乙").mostSymbol).isEqualTo("BA");
  }

  @Test
  void theyTellOfTheEdgesOfTheSymbolTheyBeginWith() {
    var text = times(3, "甲乙") + times(2, "乙") + times(1, "乙甲");
    var first = facts(Direction.FORWARD, text).get("甲乙");
    assertThat(first.starts).isEqualTo(3);
    assertThat(first.ends).isEqualTo(1);
    assertThat(first.extensions.occurrences).isZero();
    var last = facts(Direction.BACKWARD, text).get("甲乙");
    assertThat(last.starts).isEqualTo(3);
    assertThat(last.ends).isEqualTo(5);
  }

  @Test
  void theyTellWithWhichSymbolsACandidateBeginsAndEnds() {
    var entry = facts(Direction.BACKWARD, times(2, "村BA𠮷")).get("村BA𠮷");
    assertThat(entry.first).isEqualTo('村');
    assertThat(entry.firstRun).isNull();
    assertThat(entry.last).isEqualTo(0x20BB7);
    assertThat(facts(Direction.FORWARD, times(2, "村BA")).get("村BA").lastRun).isEqualTo("BA");
  }

  @Test
  void thePairsOfAllShardsAreAddedUpBySymbol() {
    var text = times(3, "甲乙丙") + times(2, "甲丁") + times(1, "甲戊己甲") + times(4, "BA甲");
    var ahead = counted(Direction.FORWARD, text).pairs();
    assertThat(ahead.of('甲', null)).isEqualTo(Phi.of(3) + Phi.of(2));
    assertThat(ahead.of('乙', null)).isEqualTo(Phi.of(3));
    assertThat(ahead.of(SymbolCodes.FIRST_RUN, "BA")).isEqualTo(Phi.of(4));
    assertThat(ahead.of('戊', null)).as("once").isZero();
    var behind = counted(Direction.BACKWARD, text).pairs();
    assertThat(behind.of('甲', null)).isEqualTo(Phi.of(4));
    assertThat(behind.of('丁', null)).isEqualTo(Phi.of(2));
  }
}
