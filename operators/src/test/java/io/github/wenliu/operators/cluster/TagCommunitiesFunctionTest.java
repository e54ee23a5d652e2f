package io.github.wenliu.operators.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wenliu.operators.document.EnrichedDocument;
import io.github.wenliu.operators.document.Entity;
import io.github.wenliu.operators.document.Word;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.co.CoBroadcastWithNonKeyedOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.TwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TagCommunitiesFunctionTest {

  private final List<AutoCloseable> open = new ArrayList<>();

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable harness : open) {
      harness.close();
    }
  }

  private TwoInputStreamOperatorTestHarness<EnrichedDocument, MembershipChange, EnrichedDocument>
      restored(OperatorSubtaskState state) throws Exception {
    var harness =
        new TwoInputStreamOperatorTestHarness<>(
            new CoBroadcastWithNonKeyedOperator<>(
                new TagCommunitiesFunction(), List.of(TagCommunitiesFunction.MEMBERSHIPS)));
    open.add(harness);
    harness.setup();
    harness.initializeState(state);
    harness.open();
    return harness;
  }

  private static EnrichedDocument tagged(
      TwoInputStreamOperatorTestHarness<EnrichedDocument, MembershipChange, EnrichedDocument>
          harness,
      String channel,
      String words)
      throws Exception {
    harness.getOutput().clear();
    harness.processElement1(new StreamRecord<>(Tagged.document(channel, 3, words), 0));
    return harness.extractOutputValues().get(0);
  }

  private static StreamRecord<MembershipChange> change(
      long epoch, Map<String, String> joined, String... left) {
    return new StreamRecord<>(new MembershipChange("main", epoch, joined, Arrays.asList(left)), 0);
  }

  @Test
  void aDocumentTouchesTheCommunitiesOfItsWordsInTheirOrder() throws Exception {
    var harness = restored(null);
    harness.processElement2(change(5, Map.of("高铁", "c2", "列车", "c2", "台风", "c1")));
    var document = tagged(harness, "main", "列车|的|高铁|遇|台风|晚点");
    assertThat(document.communities()).containsExactly("c2", "c1");
    assertThat(document.words().stream().map(Word::community))
        .containsExactly("c2", null, "c2", null, "c1", null);
    assertThat(document.versions().memberships()).isEqualTo(5);
  }

  @Test
  void withoutAVersionOfItsChannelADocumentTouchesNone() throws Exception {
    var harness = restored(null);
    harness.processElement2(change(5, Map.of("高铁", "c2")));
    var document = tagged(harness, "other", "高铁");
    assertThat(document.communities()).isEmpty();
    assertThat(document.versions().memberships()).isZero();
  }

  @Test
  void changesAddUpAlsoOverARestore() throws Exception {
    var harness = restored(null);
    harness.processElement2(change(5, Map.of("高铁", "c2", "列车", "c2")));
    var again = restored(harness.snapshot(1, 1));
    for (var each : List.of(harness, again)) {
      each.processElement2(change(8, Map.of("台风", "c3"), "列车"));
      var document = tagged(each, "main", "列车|高铁|台风");
      assertThat(document.communities()).containsExactly("c2", "c3");
      assertThat(document.words().get(0).community()).isNull();
      assertThat(document.versions().memberships()).isEqualTo(8);
    }
  }

  @Test
  void wordsAreMetByTheirNormalisedForm() throws Exception {
    var harness = restored(null);
    harness.processElement2(change(5, Map.of("村ba", "c1")));
    assertThat(tagged(harness, "main", "村ＢＡ").communities()).containsExactly("c1");
  }

  @Test
  void anEntityBelongsToTheCommunityOfItsName() throws Exception {
    var harness = restored(null);
    harness.processElement2(change(5, Map.of("高铁", "c2", "青石镇ba", "c1")));
    var document =
        Tagged.withEntities(Tagged.document("main", 3, "青石|镇|ＢＡ|的|高铁"), "青石镇ＢＡ", "的高铁", "高铁");
    harness.processElement1(new StreamRecord<>(document, 0));
    var tagged = harness.extractOutputValues().get(0);
    assertThat(tagged.entities().stream().map(Entity::community)).containsExactly("c1", null, "c2");
    assertThat(tagged.communities()).containsExactly("c2", "c1");
  }
}
