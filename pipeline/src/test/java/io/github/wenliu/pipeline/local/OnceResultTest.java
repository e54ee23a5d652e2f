package io.github.wenliu.pipeline.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class OnceResultTest {

  @Test
  void whatIsNoEntryOfTheKnowledgeBaseIsNoDocument() {
    assertThat(result(10, 8, 2, 5).isComplete()).isTrue();
    assertThat(result(10, 7, 2, 1).isComplete()).isFalse();
  }

  @Test
  void theSummaryIsOneObject() throws IOException {
    var summary = new ObjectMapper().readTree(result(10, 8, 2, 5).toJson());

    assertThat(summary.fieldNames())
        .toIterable()
        .containsExactly(
            "documents",
            "enriched",
            "deadLetters",
            "kbDeadLetters",
            "words",
            "communities",
            "links",
            "seconds");
    assertThat(summary.path("deadLetters").intValue()).isEqualTo(2);
    assertThat(summary.path("kbDeadLetters").intValue()).isEqualTo(5);
  }

  private static OnceResult result(
      long documents, long enriched, long deadLetters, long kbDeadLetters) {
    return new OnceResult(documents, enriched, deadLetters, kbDeadLetters, 105, 12, 523, 15.72);
  }
}
