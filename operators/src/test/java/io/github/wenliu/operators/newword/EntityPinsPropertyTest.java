package io.github.wenliu.operators.newword;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wenliu.models.text.NormalizedText;
import io.github.wenliu.operators.document.Entity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class EntityPinsPropertyTest {

  @Property
  void findsWhatAReaderFindsWhoTriesEverySpan(
      @ForAll("texts") String text, @ForAll("pins") Set<String> pinned) {
    var types = new HashMap<String, String>();
    pinned.forEach(pin -> types.put(NormalizedText.normalize(pin).strip(), "T" + pin.length()));
    types.remove("");

    assertThat(new EntityPins(types).in(NormalizedText.of(text))).isEqualTo(naive(text, types));
  }

  private static List<Entity> naive(String text, Map<String, String> types) {
    var normalized = NormalizedText.of(text);
    var found = new ArrayList<Entity>();
    for (int from = 0; from < normalized.symbols(); from++) {
      int to = normalized.symbols();
      while (to > from && !isPinned(normalized, from, to, types)) {
        to--;
      }
      if (to > from) {
        found.add(
            new Entity(
                normalized.start(from),
                normalized.end(to - 1),
                normalized.startUtf16(from),
                normalized.endUtf16(to - 1),
                types.get(normalized.normalized(from, to)),
                1,
                "lexicon",
                null,
                null));
        from = to - 1;
      }
    }
    return found;
  }

  /** Whether a span is pinned, and ends with something that is matched at all. */
  private static boolean isPinned(
      NormalizedText text, int from, int to, Map<String, String> types) {
    return types.containsKey(text.normalized(from, to)) && !text.normalized(to - 1, to).isEmpty();
  }

  @Provide
  Arbitrary<String> texts() {
    return pieces().list().ofMaxSize(14).map(pieces -> String.join("", pieces));
  }

  @Provide
  Arbitrary<Set<String>> pins() {
    return pieces()
        .list()
        .ofMinSize(1)
        .ofMaxSize(3)
        .map(pieces -> String.join("", pieces))
        .set()
        .ofMaxSize(6);
  }

  private static Arbitrary<String> pieces() {
    return Arbitraries.of(
        "墨", "鲷", "𠮷", "ab", "Ａ", "b", " ", "😀", "\u200B", "e\u0301", "㍿", "\uD800", "@a");
  }
}
