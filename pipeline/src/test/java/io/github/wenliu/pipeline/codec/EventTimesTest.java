package io.github.wenliu.pipeline.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class EventTimesTest {

  private static final long FIRST = -62_135_596_800_000L;
  private static final long LAST = 253_402_300_799_999L;

  @Test
  void writesMillisecondsAlways() {
    assertThat(EventTimes.format(0)).isEqualTo("1970-01-01T00:00:00.000Z");
    assertThat(EventTimes.format(FIRST)).isEqualTo("0001-01-01T00:00:00.000Z");
    assertThat(EventTimes.format(LAST)).isEqualTo("9999-12-31T23:59:59.999Z");
  }

  @Test
  void usesTheZoneOnlyForTimesWithoutOffset() {
    var shanghai = ZoneId.of("Asia/Shanghai");

    assertThat(EventTimes.parse("2026-03-01", shanghai))
        .isEqualTo(Instant.parse("2026-02-28T16:00:00Z").toEpochMilli());
    assertThat(EventTimes.parse("2026-03-01T00:00:00", shanghai))
        .isEqualTo(EventTimes.parse("2026-03-01", shanghai));
    assertThat(EventTimes.parse("2026-03-01T00:00:00Z", shanghai))
        .isEqualTo(EventTimes.parse("2026-03-01T00:00:00Z", ZoneOffset.UTC));
    assertThat(EventTimes.parse("2026-03-01T00:00:00z", shanghai))
        .isEqualTo(EventTimes.parse("2026-03-01T00:00:00Z", shanghai));
  }

  @Test
  void endsAtTheYearsOneAndTenThousand() {
    assertThat(EventTimes.check(FIRST)).isEqualTo(FIRST);
    assertThat(EventTimes.check(LAST)).isEqualTo(LAST);
    assertThatThrownBy(() -> EventTimes.check(FIRST - 1)).isInstanceOf(DateTimeException.class);
    assertThatThrownBy(() -> EventTimes.check(LAST + 1)).isInstanceOf(DateTimeException.class);
    assertThatThrownBy(() -> EventTimes.parse("0001-01-01T00:00:00+08:00", ZoneOffset.UTC))
        .isInstanceOf(DateTimeException.class);
  }
}
