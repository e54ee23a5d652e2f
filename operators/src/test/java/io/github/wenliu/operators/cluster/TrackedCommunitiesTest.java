package io.github.wenliu.operators.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TrackedCommunitiesTest {

  private static final byte[] WORD = "词".getBytes(StandardCharsets.UTF_8);

  /** What was written before communities had a pulse: one of one word. */
  private static byte[] before() {
    var out = ByteBuffer.allocate(256);
    out.put((byte) 1).putLong(3).putLong(8);
    out.putInt(1).putInt(1).putInt(1);
    out.putInt(WORD.length).put(WORD).putInt(WORD.length).put(WORD);
    out.putLong(7).putLong(1_000).putInt(5).putInt(0).putInt(6).putDouble(0.5);
    out.putInt(0);
    out.putInt(0).putInt(0).putInt(TrackedCommunities.NONE).putInt(0).put((byte) 1);
    byte[] packed = new byte[out.position()];
    out.flip().get(packed);
    return packed;
  }

  @Test
  void readsWhatWasWrittenBefore() {
    var tracked = TrackedCommunities.of(before());
    assertThat(tracked.versions()).isEqualTo(3);
    assertThat(tracked.nextNumber()).isEqualTo(8);
    assertThat(tracked.lateContexts()).isZero();
    assertThat(tracked.communities())
        .containsExactly(new LiveCommunity(7, 1_000, 5, 0, Pulse.ofNew(0), "词", 6, 0.5));
    assertThat(tracked.name(0)).isEqualTo("词");
    assertThat(tracked.nodes().shown()).containsExactly(true);
    byte[] now = tracked.toByteArray();
    assertThat(TrackedCommunities.of(now).toByteArray()).isEqualTo(now);
  }

  @Test
  void namesAFormatThatItDoesNotKnow() {
    byte[] packed = before();
    packed[0] = 9;
    assertThatThrownBy(() -> TrackedCommunities.of(packed)).hasMessageContaining("format 9");
  }
}
