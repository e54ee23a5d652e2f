package io.github.wenliu.operators.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RedirectsTest {

  private final Redirects redirects = new Redirects(3);

  @Test
  void namesBelongToTheEntryAtTheEndOfTheChain() {
    assertThat(put("b", "c")).containsExactly(names("c", "b", "b"));
    assertThat(put("a", "b")).containsExactly(names("c", "a", "a"));
  }

  @Test
  void aChangeInTheMiddleMovesAllThatLeadThroughIt() {
    put("b", "c");
    put("a", "b");
    assertThat(put("b", "d"))
        .containsExactly(
            names("c", "b"), names("d", "b", "b"), names("c", "a"), names("d", "a", "a"));
    assertThat(redirects.remove(Kb.CHANNEL, "b", 7))
        .containsExactly(names("d", "b"), names("d", "a"), names("b", "a", "a"));
    assertThat(redirects.remove(Kb.CHANNEL, "b", 7)).isEmpty();
  }

  @Test
  void otherNamesOfTheSameTargetAreToldAndTheSameOnesAreNot() {
    put("a", "b");
    assertThat(put("a", "b")).isEmpty();
    assertThat(redirects.put(Redirect.of(Kb.redirect("a", "b", "又名", "别名")), 7))
        .containsExactly(names("b", "a", "又名", "别名"));
  }

  @Test
  void aCycleIsRefusedAndNothingChanges() {
    put("a", "b");
    put("b", "c");
    for (String target : List.of("a", "b", "c")) {
      assertThat(redirects.problem(redirect("c", target)))
          .isEqualTo("the redirect to " + target + " leads back to the entry itself");
    }
    assertThat(redirects.problem(redirect("c", "d"))).isNull();
    assertThat(redirects.all()).containsExactlyInAnyOrder(redirect("a", "b"), redirect("b", "c"));
  }

  @Test
  void thereAreNoMoreThanTheBoundOfAChannel() {
    put("a", "x");
    put("b", "x");
    put("c", "x");
    assertThat(redirects.problem(redirect("d", "x")))
        .isEqualTo("the channel has 3 redirects, and may have no more");
    assertThat(redirects.problem(redirect("c", "y"))).isNull();
    assertThat(redirects.problem(new Redirect("other", "d", "x", List.of()))).isNull();
  }

  private List<KbUpdate> put(String id, String target) {
    assertThat(redirects.problem(redirect(id, target))).isNull();
    return redirects.put(redirect(id, target), 7);
  }

  private static Redirect redirect(String id, String target) {
    return Redirect.of(Kb.redirect(id, target, id));
  }

  private static KbUpdate names(String id, String source, String... names) {
    return KbUpdate.names(Kb.CHANNEL, id, source, List.of(names), 7);
  }
}
