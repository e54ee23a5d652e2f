package io.github.wenliu.pipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.wenliu.operators.link.Promotion;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class StoredCandidateTest {

  private static final String GROUP =
      """
      {"channel": "main", "group": "墨鲷#1", "status": "candidate", "mentions": 12, "documents": 5,
       "lastSeen": "2026-03-01T00:00:09.999Z",
       "surfaces": [{"text": "墨鲷", "count": 9}, {"text": "墨 鲷", "count": 3}],
       "types": [{"text": "事件", "count": 11}, {"text": "PER", "count": 1}],
       "context": [{"text": "台风", "count": 7}, {"text": "登陆", "count": 4}],
       "evidence": [{"origin": "documents-0-7", "start": 2, "end": 4, "excerpt": "台风墨鲷登陆"}]}""";

  private static ObjectNode group() throws IOException {
    return (ObjectNode) new ObjectMapper().readTree(GROUP);
  }

  @Test
  void theSummaryStandsUnderItsHeading() throws IOException {
    assertThat(StoredCandidate.heading())
        .isEqualTo("MENTIONS    TEXTS  STATUS     LAST SEEN         TYPE      CANDIDATE");
    assertThat(new StoredCandidate(group()).summary())
        .isEqualTo("      12        5  candidate  2026-03-01 00:00  事件        墨鲷#1  (台风、登陆)");
  }

  @Test
  void aPromotedOneSaysWhatItIs() throws IOException {
    var promoted = group().put("status", "promoted").put("entity", "Q1");
    assertThat(new StoredCandidate(promoted).summary()).endsWith("墨鲷#1  = Q1  (台风、登陆)");
    promoted.putArray("context");
    assertThat(new StoredCandidate(promoted).summary()).endsWith("墨鲷#1  = Q1");
  }

  @Test
  void theDetailsAreAllThatIsKnown() throws IOException {
    assertThat(new StoredCandidate(group()).details().lines())
        .containsExactly(
            "written    墨鲷 9、墨 鲷 3",
            "types      事件 11、PER 1",
            "around it  台风 7、登陆 4",
            "seen in    documents-0-7  台风墨鲷登陆");
  }

  @Test
  void noTextSteersTheTerminal() throws IOException {
    var group = group().put("group", "x\u001b[2J\n#1");
    group.putArray("surfaces").addObject().put("text", "a\u0007\nb").put("count", 1);
    var candidate = new StoredCandidate(group);

    assertThat(candidate.summary()).doesNotContain("\u001b", "\n").contains("x\uFFFD[2J #1");
    assertThat(candidate.details()).contains("a\uFFFD b 1").doesNotContain("\u0007");
  }

  @Test
  void thoseMentionedMostComeFirstAndOfEqualOnesTheFirstById() throws IOException {
    var sorted =
        Stream.of(
                group().put("group", "b#1"),
                group().put("group", "a#1"),
                group().put("group", "c#1").put("mentions", 13))
            .map(StoredCandidate::new)
            .sorted(StoredCandidate.MOST_MENTIONS_FIRST)
            .map(candidate -> candidate.state().path("group").asText());
    assertThat(sorted).containsExactly("c#1", "a#1", "b#1");
  }

  @Test
  void whatIsNotSaidOfAnEntryFollowsFromTheGroup() throws IOException {
    assertThat(new StoredCandidate(group()).promotion(null, null, null, null, null))
        .isEqualTo(new Promotion("candidate:墨鲷#1", "墨鲷", List.of("墨 鲷"), List.of("事件"), "台风、登陆"));
    var promoted = new StoredCandidate(group().put("entity", "Q1"));
    assertThat(promoted.promotion(null, "墨 鲷", null, List.of(), "三月的台风"))
        .isEqualTo(new Promotion("Q1", "墨 鲷", List.of("墨鲷"), List.of(), "三月的台风"));
    assertThat(promoted.promotion("Q2", "Mo", List.of(), List.of("台风", "事件"), ""))
        .isEqualTo(new Promotion("Q2", "Mo", List.of(), List.of("台风", "事件"), ""));
  }

  @Test
  void whatCannotBeAnEntryIsWrongUse() throws IOException {
    var candidate = new StoredCandidate(group());
    assertThatThrownBy(() -> candidate.promotion("x".repeat(129), null, null, null, null))
        .isInstanceOf(UsageException.class)
        .hasMessageStartingWith("'墨鲷#1' cannot be promoted: ");
  }
}
