package io.github.wenliu.operators.newword;

import io.github.wenliu.operators.document.EnrichedDocument;
import io.github.wenliu.operators.document.EpochTime;
import io.github.wenliu.operators.document.ModelChoice;
import io.github.wenliu.operators.document.Setting;
import io.github.wenliu.operators.epoch.AlignOperator;
import java.util.ArrayList;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.StateInitializationContext;

/** Tags each document with the vocabulary and the settings that it is entitled to. */
public final class TagWordsOperator extends AlignOperator<TagKnowledge> {

  private static final long serialVersionUID = 1L;

  /** Name of this stage. */
  public static final String STAGE = "tag-words";

  /** {@code channel/epoch} to the version of that epoch, the oldest one whole. */
  static final MapStateDescriptor<String, VocabularyDelta> VOCABULARY =
      new MapStateDescriptor<>(
          "vocabulary", Types.STRING, TypeInformation.of(VocabularyDelta.class));

  /** {@code epoch/kind/channel/target} to the setting that begins there. */
  static final MapStateDescriptor<String, Setting> SETTINGS =
      new MapStateDescriptor<>("settings", Types.STRING, TypeInformation.of(Setting.class));

  static final String METRIC_WORDS = "words";

  private final ModelChoice model;

  private transient BroadcastState<String, VocabularyDelta> vocabularyState;
  private transient BroadcastState<String, Setting> settingsState;

  private transient WordTagger tagger;
  private transient VocabularyVersions versions;
  private transient Settings settings;

  private transient Counter words;

  /**
   * @param model what documents are extracted with where nobody chose
   */
  public TagWordsOperator(EpochTime time, ModelChoice model) {
    super(STAGE, time);
    this.model = model;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    vocabularyState = context.getOperatorStateStore().getBroadcastState(VOCABULARY);
    settingsState = context.getOperatorStateStore().getBroadcastState(SETTINGS);
    versions = new VocabularyVersions();
    for (var entry : vocabularyState.immutableEntries()) {
      versions.apply(entry.getValue());
    }
    var kept = new ArrayList<Setting>();
    for (var entry : settingsState.immutableEntries()) {
      kept.add(entry.getValue());
    }
    settings = Settings.of(kept);
  }

  @Override
  public void open() throws Exception {
    super.open();
    tagger = new WordTagger(model);
    words = getMetricGroup().addGroup(STAGE).counter(METRIC_WORDS);
  }

  @Override
  protected void learn(TagKnowledge knowledge, long oldestEntitled) throws Exception {
    if (knowledge.vocabulary() != null) {
      learn(knowledge.vocabulary(), oldestEntitled);
    } else {
      settle(knowledge.setting(), oldestEntitled);
    }
  }

  private void learn(VocabularyDelta delta, long oldestEntitled) throws Exception {
    versions.apply(delta);
    vocabularyState.put(key(delta), delta);
    var folded = versions.fold(delta.channel(), oldestEntitled);
    for (VocabularyDelta passed : folded) {
      vocabularyState.remove(key(passed));
    }
    if (!folded.isEmpty()) {
      var base = versions.delta(delta.channel(), folded.get(folded.size() - 1).epoch());
      vocabularyState.put(key(base), base);
    }
  }

  private void settle(Setting setting, long oldestEntitled) throws Exception {
    for (Setting replaced : settings.apply(setting)) {
      settingsState.remove(key(replaced));
    }
    settingsState.put(key(setting), setting);
    for (Setting passed : settings.fold(setting.channel(), oldestEntitled)) {
      settingsState.remove(key(passed));
    }
  }

  @Override
  protected EnrichedDocument tag(EnrichedDocument document, long entitledEpoch) {
    var channel = document.document().channel();
    var tagged =
        tagger.tag(
            document, versions.at(channel, entitledEpoch), settings.at(channel, entitledEpoch));
    words.inc(tagged.words().size());
    return tagged;
  }

  private static String key(VocabularyDelta delta) {
    return delta.channel() + "/" + delta.epoch();
  }

  private static String key(Setting setting) {
    return setting.epoch() + "/" + setting.key();
  }
}
