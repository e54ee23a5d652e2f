package io.github.wenliu.operators.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/**
 * Against copies of the whole memberships of every version: each version that is kept says the
 * same, whatever was forgotten in between, and also when it is made again from its state.
 */
class MembershipVersionsPropertyTest {

  private static final List<String> NAMES = List.of("甲", "乙", "丙", "丁", "戊", "己");
  private static final int EPOCHS = 24;

  @Property(tries = 300)
  void everyVersionThatIsKeptIsThatOfItsEpoch(
      @ForAll Random random, @ForAll @IntRange(max = 6) int kept) {
    var versions = new MembershipVersions(Memberships.NONE);
    var changes = new ArrayList<MembershipChange>();
    var naive = new ArrayList<Memberships>();
    var now = new HashMap<String, String>();
    long version = 0;
    for (long epoch = 0; epoch < EPOCHS; epoch++) {
      for (int part = random.nextInt(3); part > 0; part--) {
        var change = change(epoch, now, random);
        changes.removeIf(other -> other.epoch() == change.epoch());
        changes.add(versions.apply(change));
        version = epoch;
      }
      naive.add(new Memberships(version, Map.copyOf(now)));
      changes.removeAll(versions.fold(epoch - kept));
      var again = new MembershipVersions(versions.oldest());
      changes.forEach(again::apply);
      for (long entitled = Math.max(0, epoch - kept); entitled <= epoch + 1; entitled++) {
        var expected = naive.get((int) Math.min(entitled, epoch));
        assertSame(versions.at(entitled), expected);
        assertSame(again.at(entitled), expected);
      }
    }
  }

  private static void assertSame(MembershipVersions.Version found, Memberships expected) {
    assertThat(found.epoch()).isEqualTo(expected.epoch());
    for (String name : NAMES) {
      assertThat(found.community(name)).isEqualTo(expected.communities().get(name));
    }
  }

  /** A change of some names, which is made here as well. */
  private static MembershipChange change(long epoch, Map<String, String> now, Random random) {
    var joined = new HashMap<String, String>();
    var left = new ArrayList<String>();
    for (String name : NAMES) {
      switch (random.nextInt(4)) {
        case 0 -> joined.put(name, "c" + random.nextInt(3));
        case 1 -> {
          if (now.containsKey(name)) {
            left.add(name);
          }
        }
        default -> {}
      }
    }
    now.keySet().removeAll(left);
    now.putAll(joined);
    return new MembershipChange("main", epoch, joined, left);
  }
}
