package io.github.wenliu.pipeline.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wenliu.operators.document.RawRecord;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class ControlDecoderPropertyTest {

  /** Stands in every generated record; no reason may hold it. */
  private static final String MARKER = "机密词";

  private final ControlDecoder decoder = new ControlDecoder(ZoneId.of("UTC"));
  private final ControlAckEncoder acks = new ControlAckEncoder();

  @Property
  void neverThrowsForAnyBytes(@ForAll byte[] key, @ForAll byte[] value) {
    answer(key, value);
  }

  @Property
  void neverThrowsForBytesThatBeginWell(
      @ForAll("almostKeys") String key, @ForAll("almostValues") String value) {
    answer(key.getBytes(StandardCharsets.UTF_8), value.getBytes(StandardCharsets.UTF_8));
  }

  private void answer(byte[] key, byte[] value) {
    var decoded = decoder.decode(new RawRecord("control", 0, 7, 0, key, value, List.of()));

    if (decoded.refusal() != null) {
      assertThat(decoded.refusal().reason()).doesNotContain(MARKER).doesNotContain("\n");
      assertThat(acks.encode(decoded.refusal()).size()).isLessThan(4_000);
    }
  }

  @Provide
  Arbitrary<String> almostKeys() {
    return Arbitraries.of(
            "word/main/机密词", "entity/main/机密词", "model/main/extraction", "candidate/main/机密词#1")
        .flatMap(ControlDecoderPropertyTest::almost);
  }

  @Provide
  Arbitrary<String> almostValues() {
    return Arbitraries.of(
            "{\"action\":\"pin\",\"effectiveFrom\":\"机密词\",\"机密词\":[1,{\"k\":null}]}",
            "{\"action\":\"select\",\"value\":\"机密词/v1:news\"}",
            "{\"action\":\"promote\",\"value\":{\"id\":\"机密词\",\"aliases\":[\"机密词\"]}}")
        .flatMap(ControlDecoderPropertyTest::almost);
  }

  /** A text with a piece cut out or put in at any place. */
  private static Arbitrary<String> almost(String whole) {
    var place = Arbitraries.integers().between(0, whole.length());
    var piece =
        Arbitraries.of("", "\"", "{", "}", "[", ",", "\\", "\\ud800", "\n", "/", "null", MARKER);
    return Combinators.combine(place, place, piece)
        .as(
            (a, b, put) ->
                whole.substring(0, Math.min(a, b)) + put + whole.substring(Math.max(a, b)));
  }
}
