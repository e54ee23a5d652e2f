package io.github.wenliu.operators.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class RedirectsPropertyTest {

  private static final List<String> IDS = List.of("a", "b", "c", "d", "e", "f");
  private static final int STEPS = 40;

  /** Whoever follows the updates knows what following every chain anew finds. */
  @Property(tries = 200)
  void updatesTellWhoseNamesAreWhose(@ForAll Random random) {
    var redirects = new Redirects();
    var naive = new HashMap<String, Redirect>();
    var told = new TreeMap<String, List<String>>();
    for (int step = 0; step < STEPS; step++) {
      var id = IDS.get(random.nextInt(IDS.size()));
      if (random.nextInt(3) == 0) {
        naive.remove(id);
        follow(redirects.remove(Kb.CHANNEL, id, step), told);
      } else {
        var target = IDS.get(random.nextInt(IDS.size()));
        var redirect = new Redirect(Kb.CHANNEL, id, target, List.of(id + random.nextInt(2)));
        var before = naive.put(id, redirect);
        boolean closesCycle = end(naive, id) == null;
        assertThat(redirects.problem(redirect) != null).isEqualTo(closesCycle);
        if (closesCycle) {
          naive.put(id, before);
          naive.values().removeIf(gone -> gone == null);
        } else {
          follow(redirects.put(redirect, step), told);
        }
      }
      assertThat(told).isEqualTo(expected(naive));
      assertThat(redirects.all()).containsExactlyInAnyOrderElementsOf(naive.values());
    }
  }

  /** By the entry that is meant and the one that redirects: the names. */
  private static Map<String, List<String>> expected(Map<String, Redirect> naive) {
    var expected = new TreeMap<String, List<String>>();
    naive.forEach((id, redirect) -> expected.put(end(naive, id) + "<" + id, redirect.names()));
    return expected;
  }

  /** The end of a chain; {@code null} if it has none. */
  private static String end(Map<String, Redirect> naive, String id) {
    var at = id;
    for (int steps = 0; naive.get(at) != null; steps++) {
      if (steps > IDS.size()) {
        return null;
      }
      at = naive.get(at).target();
    }
    return at;
  }

  private static void follow(List<KbUpdate> updates, Map<String, List<String>> told) {
    for (KbUpdate update : updates) {
      var key = update.id() + "<" + update.source();
      if (update.names().isEmpty()) {
        assertThat(told.remove(key)).as("was told before").isNotNull();
      } else {
        told.put(key, update.names());
      }
    }
  }
}
