package io.github.wenliu.models.extract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

final class ExtractionAssemblyTest {
  private static final ExtractionAssembly ASSEMBLY =
      new ExtractionAssembly(
          List.of("PER", "ORG", "LOC"),
          List.of(
              new PredicateSchema("作者", "图书作品", "人物"), new PredicateSchema("导演", "影视作品", "人物")));

  @Test
  void mentionsHaveTrueOffsets() {
    // One emoji of two units at the start, an invisible character inside the name.
    var found = assemble("😀李\u200B雷来", List.of(), List.of(span(1, 2, 0, 0.7)), List.of());
    assertThat(found.entities())
        .containsExactly(new EntityMention(1, 4, 2, 5, "PER", 0.7, EntityMention.MODEL));
  }

  @Test
  void whatIsPinnedReplacesWhatTheModelSaysThere() {
    var pin = new LexiconHint(2, 4, "ORG");
    var spans = List.of(span(1, 2, 0, 0.9), span(3, 3, 1, 0.9), span(5, 6, 2, 0.8));
    assertThat(described(assemble("甲乙丙丁戊己庚", List.of(pin), spans, List.of())))
        .containsExactly("2-4 ORG lexicon", "5-7 LOC model");
  }

  @Test
  void whatIsPinnedStaysEvenWhereTheModelAgrees() {
    var pin = new LexiconHint(0, 2, "PER");
    var found = assemble("甲乙", List.of(pin, pin), List.of(span(0, 1, 0, 0.6)), List.of());
    assertThat(found.entities())
        .containsExactly(new EntityMention(0, 2, 0, 2, "PER", 1, EntityMention.LEXICON));
  }

  @Test
  void aLongerMentionAroundWhatIsPinnedStaysBesideIt() {
    var pin = new LexiconHint(0, 2, "LOC");
    assertThat(described(assemble("北京大学", List.of(pin), List.of(span(0, 3, 1, 0.9)), List.of())))
        .containsExactly("0-2 LOC lexicon", "0-4 ORG model");
  }

  @Test
  void discoveredWordsAreNoMentions() {
    var word = new LexiconHint(0, 2, LexiconHint.WORD);
    assertThat(assemble("甲乙", List.of(word), List.of(), List.of()).entities()).isEmpty();
  }

  @Test
  void aPinMayBeginAndEndInsideAPosition() {
    var pin = new LexiconHint(1, 3, "ORG");
    assertThat(assemble("e\u0301𠮷", List.of(pin), List.of(), List.of()).entities())
        .containsExactly(new EntityMention(1, 3, 1, 4, "ORG", 1, EntityMention.LEXICON));
  }

  @Test
  void refusesAPinBehindTheEnd() {
    var pin = new LexiconHint(1, 3, "ORG");
    assertThatThrownBy(() -> assemble("甲乙", List.of(pin), List.of(), List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void relationsNameTheMentionsOfTheirSpans() {
    var triple = new ScoredTriple(span(3, 4, 0, 0.9), 0, span(0, 1, 0, 0.8), 0.72);
    var found = assemble("甲乙写丙丁", List.of(), List.of(span(0, 1, 0, 0.6)), List.of(triple));
    assertThat(found.entities())
        .containsExactly(
            new EntityMention(0, 2, 0, 2, "PER", 0.6, EntityMention.MODEL),
            new EntityMention(3, 5, 3, 5, "图书作品", 0.9, EntityMention.RELATION));
    assertThat(found.relations()).containsExactly(new RelationTriple(1, "作者", 0, 0.72));
  }

  @Test
  void aSpanOfSeveralTriplesHasTheTypeOfTheBest() {
    var film = span(3, 4, 0, 0.9);
    var person = span(0, 1, 0, 0.8);
    var triples =
        List.of(
            new ScoredTriple(film, 0, person, 0.5),
            new ScoredTriple(film, 1, person, 0.7),
            new ScoredTriple(film, 1, person, 0.6));
    var found = assemble("甲乙拍丙丁", List.of(), List.of(), triples);
    assertThat(described(found)).containsExactly("0-2 人物 relation", "3-5 影视作品 relation");
    assertThat(found.relations())
        .containsExactly(new RelationTriple(1, "作者", 0, 0.5), new RelationTriple(1, "导演", 0, 0.7));
  }

  private static Extraction assemble(
      String text, List<LexiconHint> hints, List<ScoredSpan> spans, List<ScoredTriple> triples) {
    return ASSEMBLY.assemble(
        new ExtractionRequest(text, hints), KeySequence.of(text), new WindowAnswer(spans, triples));
  }

  private static List<String> described(Extraction extraction) {
    return extraction.entities().stream()
        .map(
            mention ->
                "%d-%d %s %s"
                    .formatted(mention.start(), mention.end(), mention.type(), mention.origin()))
        .toList();
  }

  private static ScoredSpan span(int first, int last, int label, double score) {
    return new ScoredSpan(first, last, label, score);
  }
}
