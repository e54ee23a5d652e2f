package io.github.wenliu.operators.newword;

import io.github.wenliu.operators.document.EpochTime;
import io.github.wenliu.operators.document.ModelChoice;
import io.github.wenliu.operators.document.Setting;
import io.github.wenliu.operators.epoch.AlignHarness;
import java.util.Map;

/** One subtask of the word tagger. */
final class TagWordsHarness extends AlignHarness<TagKnowledge> {

  /** What documents are extracted with where nobody chose. */
  static final ModelChoice STANDARD = ModelChoice.of("fast/v1:news+duie");

  private TagWordsHarness(EpochTime time, int parallelism, int index) throws Exception {
    super(new TagWordsOperator(time, STANDARD), parallelism, index);
  }

  /** Subtask {@code index} of {@code parallelism}, without state yet. */
  static TagWordsHarness subtask(EpochTime time, int parallelism, int index) throws Exception {
    return new TagWordsHarness(time, parallelism, index);
  }

  /** The only subtask, open and with empty state. */
  static TagWordsHarness started(EpochTime time) throws Exception {
    var harness = subtask(time, 1, 0);
    harness.setUp();
    harness.initializeEmptyState();
    harness.open();
    return harness;
  }

  void vocabulary(VocabularyDelta delta) throws Exception {
    learned(TagKnowledge.of(delta));
  }

  void setting(Setting setting) throws Exception {
    learned(TagKnowledge.of(setting));
  }

  /** What the broadcast state holds of vocabularies. */
  Map<String, VocabularyDelta> broadcastState() throws Exception {
    return broadcastState(TagWordsOperator.VOCABULARY);
  }

  /** What the broadcast state holds of settings. */
  Map<String, Setting> settingState() throws Exception {
    return broadcastState(TagWordsOperator.SETTINGS);
  }
}
