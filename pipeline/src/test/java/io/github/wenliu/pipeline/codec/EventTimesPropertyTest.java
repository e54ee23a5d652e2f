package io.github.wenliu.pipeline.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneId;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

class EventTimesPropertyTest {

  private static final long FIRST = -62_135_596_800_000L;
  private static final long LAST = 253_402_300_799_999L;

  @Property
  void whatIsWrittenIsReadBack(@ForAll @LongRange(min = FIRST, max = LAST) long millis) {
    assertThat(EventTimes.parse(EventTimes.format(millis), ZoneId.of("Asia/Shanghai")))
        .isEqualTo(millis);
  }
}
