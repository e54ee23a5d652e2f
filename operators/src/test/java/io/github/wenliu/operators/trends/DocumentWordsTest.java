package io.github.wenliu.operators.trends;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wenliu.operators.Samples;
import io.github.wenliu.operators.document.EnrichedDocument;
import io.github.wenliu.operators.document.EpochTime;
import io.github.wenliu.operators.document.Versions;
import io.github.wenliu.operators.document.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DocumentWordsTest {

  /** A document in which some strings are discovered words, and its first character a known one. */
  private static EnrichedDocument tagged(String text, String... discovered) {
    var words = new ArrayList<Word>();
    words.add(new Word(0, 1, 0, 1, false, null));
    for (String word : discovered) {
      for (int at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
        int start = text.codePointCount(0, at);
        int length = word.codePointCount(0, word.length());
        words.add(new Word(start, start + length, at, at + word.length(), true, null));
      }
    }
    return Samples.entered(EpochTime.DEFAULT, "main", text, 0, 7).withWords(words, Versions.NONE);
  }

  @Test
  void aDocumentHoldsEachDiscoveredWordOnce() {
    var document = DocumentWords.of(tagged("看墨鲷，墨鲷！村BA。", "墨鲷", "村BA"), TrendWords.NEW);

    assertThat(document.channel()).isEqualTo("main");
    assertThat(document.epoch()).isEqualTo(7);
    assertThat(document.words()).containsExactly("墨鲷", "村BA");
    assertThat(DocumentWords.of(tagged("看"), TrendWords.NEW).words()).isEmpty();
  }

  @Test
  void wordsAreWrittenAsTheVocabularyWritesThem() {
    assertThat(DocumentWords.of(tagged("看村ＢＡ、𠮷𠮷", "村ＢＡ", "𠮷𠮷"), TrendWords.NEW).words())
        .containsExactlyInAnyOrder("村BA", "𠮷𠮷");
  }

  @Test
  void textsThatNormaliseToOneAreOne() {
    long fingerprint = fingerprint("看村BA 比赛！");

    assertThat(List.of(fingerprint("看 村ba比赛！"), fingerprint("看村ＢＡ比赛!\n")))
        .containsOnly(fingerprint);
    assertThat(List.of(fingerprint("看村BA比赛。"), fingerprint("看"), fingerprint("赛比村BA看！")))
        .doesNotHaveDuplicates()
        .doesNotContain(fingerprint);
  }

  private static long fingerprint(String text) {
    return DocumentWords.of(tagged(text), TrendWords.NEW).fingerprint();
  }

  @Test
  void repostsOfAnEpochMeetAndTheChannelIsSpread() {
    var document = DocumentWords.of(tagged("看墨鲷", "墨鲷"), TrendWords.NEW);
    assertThat(DocumentWords.of(tagged("看 墨鲷", "墨鲷"), TrendWords.NEW).key())
        .isEqualTo(document.key())
        .matches("main/7/\\d+");
    var keys =
        IntStream.range(0, 1_000)
            .mapToObj(number -> DocumentWords.of(tagged("看" + number), TrendWords.NEW).key())
            .distinct();
    assertThat(keys).hasSize(64);
  }

  @Test
  void aTextCountsOnceInATally() {
    var one = DocumentWords.of(tagged("看墨鲷", "墨鲷"), TrendWords.NEW);
    var same = DocumentWords.of(tagged("看 墨鲷", "墨鲷"), TrendWords.NEW);
    var other = DocumentWords.of(tagged("看墨鲷！村BA", "墨鲷", "村BA"), TrendWords.NEW);
    var tally = EpochTally.of("main", 7, List.of(one, same, other));

    assertThat(tally.documents()).isEqualTo(2);
    assertThat(tally.words()).containsExactly("墨鲷", "村BA");
    assertThat(tally.counts()).containsExactly(2, 1);
  }

  @Test
  void wordsOfTheLexiconCountOnRequestSingleCharactersNever() {
    var text = "看比赛，墨鲷";
    var words =
        List.of(
            new Word(0, 1, 0, 1, false, null),
            new Word(1, 3, 1, 3, false, null),
            new Word(3, 4, 3, 4, false, null),
            new Word(4, 6, 4, 6, true, null));
    var document =
        Samples.entered(EpochTime.DEFAULT, "main", text, 0, 7).withWords(words, Versions.NONE);

    assertThat(DocumentWords.of(document, TrendWords.NEW).words()).containsExactly("墨鲷");
    assertThat(DocumentWords.of(document, TrendWords.ALL).words())
        .containsExactlyInAnyOrder("墨鲷", "比赛");
  }
}
