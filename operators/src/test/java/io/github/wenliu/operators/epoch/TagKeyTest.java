package io.github.wenliu.operators.epoch;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wenliu.operators.Samples;
import io.github.wenliu.operators.document.EpochTime;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TagKeyTest {

  private static final long FIRST_EPOCH_OF_ALL = -6_213_559_680L;

  private final TagKey key = new TagKey();

  @Test
  void aKeyHoldsDocumentsOfOneEpochOnly() {
    Map<Long, Long> epochByKey = new HashMap<>();
    for (long epoch : new long[] {FIRST_EPOCH_OF_ALL, -2, -1, 0, 1, 2, 25_340_230_079L}) {
      for (long offset = 0; offset < 3_000; offset++) {
        var before = epochByKey.put(keyOf(offset, epoch), epoch);
        assertThat(before == null || before == epoch).isTrue();
      }
    }
  }

  @Test
  void anEpochSpreadsEvenlyOver1024Buckets() {
    Map<Long, Integer> documentsByKey = new HashMap<>();
    for (long offset = 0; offset < 1_024 * 50; offset++) {
      documentsByKey.merge(keyOf(offset, 7), 1, Integer::sum);
    }
    assertThat(documentsByKey).hasSize(1_024);
    assertThat(documentsByKey.values()).allSatisfy(count -> assertThat(count).isLessThan(100));
  }

  @Test
  void theUsersIdIsNoPartOfTheKey() {
    Set<Long> keys = new HashSet<>();
    for (long offset = 0; offset < 10; offset++) {
      keys.add(keyOf(offset, 7));
    }
    assertThat(keys).as("all samples have the same id").hasSizeGreaterThan(5);
  }

  private long keyOf(long offset, long epoch) {
    return key.getKey(Samples.entered(EpochTime.DEFAULT, "main", "文本", offset, epoch));
  }
}
