package io.github.wenliu.operators.newword;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wenliu.operators.Samples;
import io.github.wenliu.operators.document.EnrichedDocument;
import io.github.wenliu.operators.document.EpochTime;
import io.github.wenliu.operators.document.Setting;
import io.github.wenliu.operators.document.Word;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * What a document is tagged with is a function of the documents, versions and settings: how the two
 * inputs and their watermarks interleave, and where a checkpoint is restored, makes no difference.
 */
class TagWordsPropertyTest {

  private static final EpochTime TIME = new EpochTime(500, 60_000, 1_000, 2);
  private static final List<String> WORDS = List.of("瀚鲸客", "碧晷罗", "鹭垣派", "篁岫社");
  private static final String TEXT = String.join("，", WORDS);
  private static final int EPOCHS = 10;

  /** One thing that an input brings. */
  private interface Step {
    void takenBy(TagWordsHarness harness) throws Exception;
  }

  @Property(tries = 40)
  void anyInterleavingThatRespectsTheWatermarksGivesTheSameTags(@ForAll Random random)
      throws Exception {
    var documents = documents(random);
    var versions = versions(random);
    var settings = settings(random);
    var expected = expected(documents, versions, settings);
    var knowledge = inOrder(versions, settings, random);
    assertThat(run(documents, knowledge, random, false)).isEqualTo(expected);
    assertThat(run(documents, knowledge, random, true)).isEqualTo(expected);
  }

  private static List<EnrichedDocument> documents(Random random) {
    var documents = new ArrayList<EnrichedDocument>();
    for (int offset = 0; offset < 25; offset++) {
      var channel = random.nextInt(3) == 0 ? "a" : "b";
      documents.add(Samples.entered(TIME, channel, TEXT, offset, random.nextInt(EPOCHS)));
    }
    return documents;
  }

  /**
   * Versions in ascending order of epochs, each with one word more and one less; for some channels
   * the first is one for all time.
   */
  private static List<VocabularyDelta> versions(Random random) {
    var versions = new ArrayList<VocabularyDelta>();
    for (long epoch = 0; epoch < EPOCHS; epoch++) {
      for (var channel : List.of("a", "b")) {
        if (random.nextBoolean()) {
          int word = random.nextInt(WORDS.size());
          int other = (word + 1) % WORDS.size();
          versions.add(
              new VocabularyDelta(
                  channel,
                  epoch == 0 ? VocabularyDelta.ALWAYS : epoch,
                  Map.of(WORDS.get(word), epoch + 1),
                  List.of(WORDS.get(other))));
        }
      }
    }
    return versions;
  }

  /** Models and a pinned entity of both channels, in ascending order of epochs. */
  private static List<Setting> settings(Random random) {
    var settings = new ArrayList<Setting>();
    for (long epoch = 0; epoch < EPOCHS; epoch++) {
      for (var channel : List.of("a", "b")) {
        long from = epoch == 0 ? Setting.ALWAYS : epoch;
        if (random.nextInt(3) == 0) {
          var model = random.nextInt(3) == 0 ? null : "m" + epoch + "/v1:news";
          settings.add(new Setting("model", channel, "extraction", model, from));
        }
        if (random.nextInt(3) == 0) {
          var type = random.nextInt(3) == 0 ? null : "T" + epoch;
          settings.add(new Setting("entity", channel, WORDS.get(0), type, from));
        }
      }
    }
    return settings;
  }

  /** All in ascending order of epochs, those of an epoch in any. */
  private static List<TagKnowledge> inOrder(
      List<VocabularyDelta> versions, List<Setting> settings, Random random) {
    var knowledge = new ArrayList<TagKnowledge>();
    versions.forEach(version -> knowledge.add(TagKnowledge.of(version)));
    settings.forEach(setting -> knowledge.add(TagKnowledge.of(setting)));
    Collections.shuffle(knowledge, random);
    knowledge.sort(Comparator.comparingLong(TagWordsPropertyTest::epoch));
    return knowledge;
  }

  private static long epoch(TagKnowledge knowledge) {
    return knowledge.vocabulary() == null
        ? knowledge.setting().epoch()
        : knowledge.vocabulary().epoch();
  }

  /** By offset: what the document should show. */
  private static Map<Long, String> expected(
      List<EnrichedDocument> documents, List<VocabularyDelta> versions, List<Setting> settings) {
    var expected = new TreeMap<Long, String>();
    for (EnrichedDocument document : documents) {
      var channel = document.document().channel();
      long entitled = document.epoch() - TIME.lag();
      long epoch = 0;
      var words = new TreeSet<String>();
      for (VocabularyDelta version : versions) {
        if (version.channel().equals(channel) && version.epoch() <= entitled) {
          epoch = Math.max(0, version.epoch());
          version.removed().forEach(words::remove);
          words.addAll(version.added().keySet());
        }
      }
      var newest = new HashMap<String, String>();
      for (Setting setting : settings) {
        if (setting.channel().equals(channel) && setting.epoch() <= entitled) {
          newest.put(setting.kind(), setting.value());
        }
      }
      var model = newest.get("model");
      expected.put(
          document.raw().offset(),
          shown(
              epoch,
              words,
              0,
              model == null ? TagWordsHarness.STANDARD.text() : model,
              newest.get("entity")));
    }
    return expected;
  }

  private static String shown(
      long epoch, Set<String> words, int flags, String model, String typeOfEntity) {
    return epoch + " " + words + " flags " + flags + " " + model + " " + typeOfEntity;
  }

  private static Map<Long, String> run(
      List<EnrichedDocument> documents,
      List<TagKnowledge> knowledge,
      Random random,
      boolean restoring)
      throws Exception {
    var documentSteps = documentSteps(documents);
    var knowledgeSteps = knowledgeSteps(knowledge);
    int restoreAt = restoring ? random.nextInt(documentSteps.size() + knowledgeSteps.size()) : -1;
    var found = new TreeMap<Long, String>();
    var harness = TagWordsHarness.started(TIME);
    try {
      for (int step = 0; !documentSteps.isEmpty() || !knowledgeSteps.isEmpty(); step++) {
        if (step == restoreAt) {
          var state = harness.snapshot(1, 1);
          collect(harness, found);
          harness.close();
          harness = TagWordsHarness.subtask(TIME, 1, 0);
          harness.setUp();
          harness.initializeState(state);
          harness.open();
        }
        boolean fromDocuments =
            knowledgeSteps.isEmpty() || (!documentSteps.isEmpty() && random.nextBoolean());
        (fromDocuments ? documentSteps : knowledgeSteps).remove().takenBy(harness);
      }
      // A watermark is not part of a checkpoint: the inputs say again that they have ended.
      harness.bothWatermarks(Long.MAX_VALUE);
      collect(harness, found);
      assertThat(harness.gauge(TagWordsOperator.METRIC_WAITING)).isZero();
      return found;
    } finally {
      harness.close();
    }
  }

  /** Each document, and behind it the largest watermark that makes none of the rest late. */
  private static Queue<Step> documentSteps(List<EnrichedDocument> documents) {
    var steps = new ArrayDeque<Step>();
    for (int i = 0; i < documents.size(); i++) {
      var document = documents.get(i);
      long oldestToCome =
          documents.subList(i, documents.size()).stream()
              .skip(1)
              .mapToLong(EnrichedDocument::effectiveMillis)
              .min()
              .orElse(Long.MAX_VALUE);
      steps.add(harness -> harness.document(document));
      steps.add(
          harness ->
              harness.documentWatermark(
                  oldestToCome == Long.MAX_VALUE ? Long.MAX_VALUE : oldestToCome - 1));
    }
    return steps;
  }

  /** Each piece, and behind it the largest watermark that closes no epoch of one to come. */
  private static Queue<Step> knowledgeSteps(List<TagKnowledge> knowledge) {
    var steps = new ArrayDeque<Step>();
    for (int i = 0; i < knowledge.size(); i++) {
      var piece = knowledge.get(i);
      long next = i + 1 < knowledge.size() ? epoch(knowledge.get(i + 1)) : EPOCHS;
      long watermark =
          next == VocabularyDelta.ALWAYS ? Long.MIN_VALUE : TIME.lastMillisOf(next) - 1;
      steps.add(harness -> harness.learned(piece));
      steps.add(harness -> harness.learnedWatermark(watermark));
    }
    steps.add(harness -> harness.learnedWatermark(Long.MAX_VALUE));
    return steps;
  }

  private static void collect(TagWordsHarness harness, Map<Long, String> into) {
    for (EnrichedDocument tagged : harness.extractOutputValues()) {
      var words = new TreeSet<String>();
      for (Word word : tagged.words()) {
        if (word.discovered()) {
          words.add(tagged.document().text().substring(word.startUtf16(), word.endUtf16()));
        }
      }
      var before =
          into.put(
              tagged.raw().offset(),
              shown(
                  tagged.versions().vocabulary(),
                  words,
                  tagged.flags(),
                  tagged.versions().model() + ":" + tagged.versions().scheme(),
                  typeOfEntity(tagged)));
      assertThat(before).as("a document came out twice").isNull();
    }
  }

  private static String typeOfEntity(EnrichedDocument tagged) {
    return tagged.entities() == null ? null : tagged.entities().get(0).type();
  }
}
