package io.github.wenliu.models.extract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wenliu.models.inference.ModelException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

final class QuantizedTableTest {

  @Test
  void readsScalesAndNumbers() {
    var table = QuantizedTable.read("t.i8", file(2, 3));
    assertThat(table.rows()).isEqualTo(2);
    assertThat(table.dimensions()).isEqualTo(3);
    assertThat(Fixtures.row(table, 0)).containsExactly(0.5f, -1f, 63.5f);
    assertThat(Fixtures.row(table, 1)).containsExactly(-0.25f, 0f, 0.5f);
  }

  @Test
  void addsAMultipleOfARow() {
    var table = QuantizedTable.read("t.i8", file(2, 3));
    var out = new float[] {9, 1, 1, 1};
    table.add(1, 2, out, 1);
    assertThat(out).containsExactly(9f, 0.5f, 1f, 2f);
  }

  @Test
  void refusesWhatIsNoTable() {
    assertThatThrownBy(() -> QuantizedTable.read("t.i8", new byte[] {'W', 'L'}))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("t.i8");
    assertThatThrownBy(() -> QuantizedTable.read("t.i8", file(2, 4)))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("expected 28 bytes, found 26");
  }

  private static byte[] file(int rows, int dimensions) {
    return ByteBuffer.allocate(26)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(new byte[] {'W', 'L', 'T', '1'})
        .putInt(rows)
        .putInt(dimensions)
        .putFloat(0.5f)
        .putFloat(0.25f)
        .put(new byte[] {1, -2, 127, -1, 0, 2})
        .array();
  }
}
