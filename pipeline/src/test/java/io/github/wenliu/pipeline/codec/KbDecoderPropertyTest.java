package io.github.wenliu.pipeline.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wenliu.operators.document.RawRecord;
import io.github.wenliu.operators.document.Rejection;
import io.github.wenliu.operators.link.KbRecord;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class KbDecoderPropertyTest {

  /** Stands in every generated record; no reason may hold it. */
  private static final String MARKER = "机密词";

  private final KbDecoder decoder = new KbDecoder(ZoneId.of("UTC"));
  private final KbLineDecoder lines = new KbLineDecoder("main", ZoneId.of("UTC"));
  private final KbEncoder encoder = new KbEncoder();

  @Property
  void neverThrowsForAnyBytes(@ForAll byte[] key, @ForAll byte[] value) {
    check(key, value);
  }

  @Property
  void neverThrowsForBytesThatBeginWell(
      @ForAll("almostKeys") String key, @ForAll("almostValues") String value) {
    check(key.getBytes(StandardCharsets.UTF_8), value.getBytes(StandardCharsets.UTF_8));
  }

  private void check(byte[] key, byte[] value) {
    var decoded = decoder.decode(raw(key, value));
    if (decoded.rejection() == null) {
      var again = encoder.encode(decoded.change());
      assertThat(decoder.decode(raw(again.key(), again.value()))).isEqualTo(decoded);
    } else {
      checkReason(decoded.rejection());
    }
    var line = lines.decode("kb.jsonl", 7, value);
    if (line.rejection() == null) {
      var record = encoder.encode(line.change());
      assertThat(decoder.decode(raw(record.key(), record.value())))
          .as("what is loaded from a file the job accepts")
          .extracting(KbRecord::rejection)
          .isNull();
    } else {
      checkReason(line.rejection());
    }
  }

  private static void checkReason(Rejection rejection) {
    assertThat(rejection.message()).doesNotContain(MARKER).doesNotContain("\n");
    assertThat(rejection.message().length()).isLessThan(200);
  }

  private static RawRecord raw(byte[] key, byte[] value) {
    return new RawRecord("kb", 0, 7, 0, key, value, List.of());
  }

  @Provide
  Arbitrary<String> almostKeys() {
    return Arbitraries.of("main/机密词", "main/a/机密词").flatMap(KbDecoderPropertyTest::almost);
  }

  @Provide
  Arbitrary<String> almostValues() {
    return Arbitraries.of(
            "{\"id\":\"机密词\",\"name\":\"机密词\",\"aliases\":[\"机密词\"],\"types\":[\"机密词\"],"
                + "\"facts\":[{\"p\":\"机密词\",\"o\":\"b\"}],\"prior\":1e5,\"redirect\":\"机密词x\"}",
            "{\"name\":\"a\",\"effectiveFrom\":\"机密词\",\"机密词\":[1,{\"k\":null}]}",
            "{\"alias\":[\"机密词\"],\"subject_id\":\"7\",\"subject\":\"机密词\",\"type\":[\"Thing\"],"
                + "\"data\":[{\"predicate\":\"摘要\",\"object\":\"机密词\"}]}")
        .flatMap(KbDecoderPropertyTest::almost);
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
