package io.github.wenliu.operators.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wenliu.models.text.NormalizedText;
import io.github.wenliu.operators.Samples;
import io.github.wenliu.operators.document.EnrichedDocument;
import io.github.wenliu.operators.document.Entity;
import io.github.wenliu.operators.document.EpochTime;
import io.github.wenliu.operators.document.Setting;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** The finder against comparing every run of whole symbols with every alias. */
class MentionFinderPropertyTest {

  private static final List<String> PIECES =
      List.of(
          "鲁", "迅", "周", "树", "人", "𠮷", "😀", "Ａ", "a", "B", "b", "7", " ", "，", "é", "e\u0301",
          "\u200d");

  private static final long ENTITLED = 3;

  @Property(tries = 500)
  void findsEveryRunOfSymbolsThatIsAnAlias(@ForAll Random random) {
    var index = new AliasIndex();
    var aliases = new HashSet<String>();
    for (int i = 0; i < 8; i++) {
      var alias = NormalizedText.normalize(text(random, 1 + random.nextInt(5))).strip();
      if (!alias.isEmpty() && aliases.add(alias)) {
        index.apply(AliasMark.of("main", alias, 1, i % 2 == 0 ? Setting.ALWAYS : ENTITLED));
      }
    }
    index.apply(AliasMark.of("main", "周树", 1, ENTITLED + 1));
    var document = Samples.entered(EpochTime.DEFAULT, "main", text(random, 30), 0, 9);
    var found = new MentionFinder(index, 10_000).find(document, ENTITLED);
    assertThat(found).isEqualTo(sorted(found));
    assertThat(shown(document, found)).isEqualTo(expected(document, aliases));
    for (Mention mention : found) {
      var slice = document.document().text().substring(mention.startUtf16(), mention.endUtf16());
      assertThat(NormalizedText.normalize(slice)).isEqualTo(mention.alias());
      assertThat(document.document().text().codePointCount(0, mention.startUtf16()))
          .isEqualTo(mention.start());
    }
  }

  private static List<Mention> sorted(List<Mention> mentions) {
    var sorted = new ArrayList<>(mentions);
    sorted.sort((a, b) -> a.start() != b.start() ? a.start() - b.start() : b.end() - a.end());
    return sorted;
  }

  private static Set<String> shown(EnrichedDocument document, List<Mention> mentions) {
    var shown = new TreeSet<String>();
    for (Mention mention : mentions) {
      assertThat(shown.add(mention.startUtf16() + "-" + mention.endUtf16())).isTrue();
    }
    return shown;
  }

  private static Set<String> expected(EnrichedDocument document, Set<String> aliases) {
    var text = NormalizedText.of(document.document().text());
    var expected = new TreeSet<String>();
    for (int from = 0; from < text.symbols(); from++) {
      for (int to = from + 1; to <= text.symbols(); to++) {
        var run = text.normalized(from, to);
        if (run.length() >= 2
            && aliases.contains(run)
            && !text.kind(from).isBreak()
            && !text.kind(to - 1).isBlank()) {
          expected.add(text.startUtf16(from) + "-" + text.endUtf16(to - 1));
        }
      }
    }
    return expected;
  }

  private static String text(Random random, int pieces) {
    var text = new StringBuilder();
    for (int i = 0; i < pieces; i++) {
      text.append(PIECES.get(random.nextInt(PIECES.size())));
    }
    return text.toString();
  }

  /** Places of the extractor come first where there are too many, then the longest. */
  @Property(tries = 100)
  void keepsThePlacesThatWeighMost(@ForAll Random random) {
    var index = new AliasIndex();
    for (String alias : List.of("鲁迅", "周树", "周树人", "树人", "人")) {
      index.apply(AliasMark.of("main", alias, 1, Setting.ALWAYS));
    }
    var document =
        Samples.entered(EpochTime.DEFAULT, "main", "鲁迅原名周树人。", 0, 9)
            .withExtraction(
                List.of(
                    new Entity(5, 6, 5, 6, "X", 1, "model", null, null),
                    new Entity(6, 7, 6, 7, "X", 1, "model", null, null)),
                List.of(),
                Samples.entered(EpochTime.DEFAULT, "main", "", 0, 9).versions());
    var all = new MentionFinder(index, 100).find(document, ENTITLED);
    assertThat(all).extracting(Mention::alias).containsExactly("鲁迅", "周树人", "周树", "树人", "人");
    int most = 1 + random.nextInt(5);
    var some = new MentionFinder(index, most).find(document, ENTITLED);
    assertThat(some).hasSize(most).isSubsetOf(all).isEqualTo(sorted(some));
    assertThat(some).as("the one that is an entity").extracting(Mention::alias).contains("人");
    assertThat(some.stream().map(Mention::alias).anyMatch("周树人"::equals)).isEqualTo(most > 1);
  }
}
