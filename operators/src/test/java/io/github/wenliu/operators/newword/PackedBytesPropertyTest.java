package io.github.wenliu.operators.newword;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wenliu.models.text.SymbolCodes;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** A reader gives back what a writer was given, and knows where the next thing begins. */
class PackedBytesPropertyTest {

  @Property(tries = 500)
  void anyMixtureOfSymbolsAndCountsComesBack(@ForAll("things") List<Object> things) {
    var out = new PackedWriter();
    things.forEach(thing -> write(out, thing));
    assertThat(out.toByteArray()).hasSize(out.length());

    var runs = new RunNames();
    var in = new PackedReader(out.toByteArray(), runs);
    for (Object thing : things) {
      assertThat(in.isAtEnd()).isFalse();
      if (thing instanceof Long count) {
        assertThat(in.readCount()).isEqualTo(count);
      } else {
        int code = in.readSymbol();
        var name = runs.name(code);
        assertThat(name == null ? Character.toString(code) : name).isEqualTo(thing);
      }
    }
    assertThat(in.isAtEnd()).isTrue();
  }

  @Property(tries = 500)
  void charactersAreReadAndSkippedAlike(@ForAll("symbols") List<String> symbols) {
    var out = new PackedWriter();
    symbols.forEach(symbol -> write(out, symbol));
    out.writeCount(77);
    var in = new PackedReader(out.toByteArray(), new RunNames());
    var characters = new StringBuilder();
    symbols.forEach(unused -> in.readSymbol(characters));
    assertThat(characters).hasToString(String.join("", symbols));
    assertThat(in.readCount()).isEqualTo(77);

    var skipping = new PackedReader(out.toByteArray(), new RunNames());
    skipping.skipSymbols(symbols.size());
    assertThat(skipping.readCount()).isEqualTo(77);
    assertThat(skipping.isAtEnd()).isTrue();
  }

  @Property(tries = 200)
  void anEpochMayBeNegative(@ForAll long epoch) {
    var out = new PackedWriter();
    WindowBuffers.writeEpoch(out, epoch);
    var in = new PackedReader(out.toByteArray(), new RunNames());
    assertThat(in.peekByte()).isEqualTo(WindowBuffers.EPOCH);
    assertThat(WindowBuffers.readEpoch(in)).isEqualTo(epoch);
    assertThat(in.isAtEnd()).isTrue();
  }

  @Test
  void theSizesAreThoseThatTheFormatNames() {
    assertThat(sizeOf("一")).isEqualTo(2);
    assertThat(sizeOf("𠮷")).isEqualTo(4);
    assertThat(sizeOf("BA")).as("a mark, a length, two units").isEqualTo(2 + 1 + 4);
    assertThat(sizeOf(127L)).isEqualTo(1);
    assertThat(sizeOf(128L)).isEqualTo(2);
    assertThat(sizeOf(Long.MAX_VALUE)).isEqualTo(9);
  }

  @Test
  void aWriterIsEmptyWhenItIsCleared() {
    var out = new PackedWriter();
    out.writeCount(Long.MAX_VALUE);
    out.clear();
    assertThat(out.length()).isZero();
    out.writeByte(200);
    assertThat(new PackedReader(out.toByteArray(), new RunNames()).readByte()).isEqualTo(200);
  }

  private static int sizeOf(Object thing) {
    var out = new PackedWriter();
    write(out, thing);
    return out.length();
  }

  private static void write(PackedWriter out, Object thing) {
    if (thing instanceof Long count) {
      out.writeCount(count);
    } else {
      var symbol = (String) thing;
      boolean isRun = symbol.charAt(0) < 0x80;
      out.writeSymbol(isRun ? SymbolCodes.FIRST_RUN : symbol.codePointAt(0), isRun ? symbol : null);
    }
  }

  @Provide
  Arbitrary<List<String>> symbols() {
    return Arbitraries.oneOf(characters(), runs()).list().ofMaxSize(60);
  }

  @Provide
  Arbitrary<List<Object>> things() {
    var counts = Arbitraries.longs().edgeCases(edges -> edges.add(127L, 128L, Long.MAX_VALUE));
    return Arbitraries.oneOf(characters(), runs(), counts)
        .map(thing -> (Object) thing)
        .list()
        .ofMaxSize(60)
        .map(ArrayList::new);
  }

  private static Arbitrary<String> characters() {
    return Arbitraries.oneOf(
            Arbitraries.integers().between(0x80, 0xD7FF),
            Arbitraries.integers().between(0xE000, Character.MAX_CODE_POINT))
        .map(Character::toString);
  }

  private static Arbitrary<String> runs() {
    return Arbitraries.strings()
        .withCharRange('A', 'z')
        .withCharRange('0', '9')
        .ofMinLength(1)
        .ofMaxLength(SymbolCodes.MAX_RUN);
  }
}
