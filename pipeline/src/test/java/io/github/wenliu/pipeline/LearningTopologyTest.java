package io.github.wenliu.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.wenliu.models.text.Lexicon;
import io.github.wenliu.models.text.NormalizedText;
import io.github.wenliu.operators.cluster.CommunityEvent;
import io.github.wenliu.operators.document.ControlChange;
import io.github.wenliu.operators.document.Document;
import io.github.wenliu.operators.document.EnrichedDocument;
import io.github.wenliu.operators.document.EpochTime;
import io.github.wenliu.operators.document.ModelChoice;
import io.github.wenliu.operators.document.RawRecord;
import io.github.wenliu.operators.document.SourceRecord;
import io.github.wenliu.operators.document.Versions;
import io.github.wenliu.operators.document.Word;
import io.github.wenliu.operators.newword.NewWordDiscoverer;
import io.github.wenliu.operators.newword.VocabularyReplay;
import io.github.wenliu.operators.newword.WordEvent;
import io.github.wenliu.operators.newword.WordScore;
import io.github.wenliu.operators.newword.WordState;
import io.github.wenliu.operators.newword.WordStatus;
import io.github.wenliu.operators.trends.AnnouncedWord;
import io.github.wenliu.operators.trends.TrendEvent;
import io.github.wenliu.operators.trends.TrendHistory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the stream learns is a function of its documents and of nothing else. */
class LearningTopologyTest {

  private static final long SEED = 20_260_101;
  private static final int PARTITIONS = 6;

  /** Records between the places of two partitions at the same gate: about four epochs. */
  private static final int DRIFT = 20;

  private static final int SHOWN = 5;
  private static final List<String> CHANNELS = List.of(InventedWords.MAIN, InventedWords.OTHER);
  private static final String KNOWN = "鲸落潮";
  private static final String PINNED = "鼹璐";
  private static final String BANNED = "屿鲷";

  /** Said from the beginning to the end, and banned for a third of the way. */
  private static final String PAUSED = "垭螯";

  /** A word by nothing but a pin, for a third of the way. */
  private static final String LENT = "天地";

  private static final EpochTime TIME = EpochTime.DEFAULT;
  private static final List<List<SourceRecord>> ARRIVING = InventedWords.arriving(SEED, PARTITIONS);

  private static final String ENTITY = "鼹璐";
  private static final String MODEL = "fast/v1:news+duie";
  private static final String NEXT_MODEL = "accurate/v2:news";

  /** Epochs of the corpus from which settings count: a third and two thirds of the way. */
  private static final long FIRST_CHANGE = epochAt(1);

  private static final long SECOND_CHANGE = epochAt(2);

  /**
   * All in one channel; in the other both are words like all others. What names its time is decided
   * before time begins, as it stands before a choice that holds for all time.
   */
  private static final List<ControlChange> CONTROLS =
      List.of(
          word(PINNED, "pin"),
          word(BANNED, "ban"),
          model(MODEL, null).forAllTime(),
          model(NEXT_MODEL, SECOND_CHANGE * TIME.epochMillis()),
          model(LearningJob.BROKEN + "v1:news", null).forAllTime(),
          entity("pin", "PER", FIRST_CHANGE),
          entity(null, null, SECOND_CHANGE),
          word(PAUSED, "ban", FIRST_CHANGE),
          word(PAUSED, null, SECOND_CHANGE),
          word(LENT, "pin", FIRST_CHANGE),
          word(LENT, null, SECOND_CHANGE));

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final List<List<SourceRecord>> SHUFFLED = InventedWords.shuffled(SEED, PARTITIONS);

  @TempDir static Path directory;

  private static LearningJob job;

  /** What one subtask of everything makes of the documents. */
  private static List<String> reference;

  @BeforeAll
  static void runOnOneSubtask() throws Exception {
    job = new LearningJob(directory, Set.of(KNOWN), CONTROLS);
    reference = job.run("undisturbed-1", 1, LearningTopologyTest::arriving, gates(0));
  }

  @AfterAll
  static void stop() throws Exception {
    job.close();
  }

  @Test
  void wordsComeGrowAndGo() {
    assertThat(events(reference))
        .extracting(WordEvent::type)
        .contains(
            WordEvent.Type.ANNOUNCED,
            WordEvent.Type.UPGRADED,
            WordEvent.Type.HELD,
            WordEvent.Type.RETRACTED);
    for (String channel : CHANNELS) {
      assertThat(states(reference).stream().filter(state -> state.channel().equals(channel)))
          .extracting(WordState::epoch)
          .satisfies(epochs -> assertThat(Set.copyOf(epochs)).hasSizeGreaterThan(12));
    }
  }

  @Test
  void wordsThatAreSaidTogetherBecomeCommunities() {
    for (String channel : CHANNELS) {
      assertThat(communityEvents(channel))
          .extracting(CommunityEvent::type)
          .contains(CommunityEvent.Type.BORN);
      assertThat(communityEvents(channel).stream().map(CommunityEvent::epoch).distinct())
          .hasSizeGreaterThan(2);
    }
  }

  @Test
  void documentsTouchCommunitiesThatWereBornBeforeThem() {
    var born = new HashMap<String, Long>();
    for (String channel : CHANNELS) {
      for (CommunityEvent event : communityEvents(channel)) {
        born.putIfAbsent(channel + "/" + event.community(), event.epoch());
      }
    }
    var versions = new TreeSet<Long>();
    for (JsonNode document : documents(reference)) {
      long entitled = document.path("epoch").asLong() - LearningJob.COMMUNITY_LAG;
      long version = document.path("versions").path("memberships").asLong();
      assertThat(version).isLessThanOrEqualTo(entitled);
      for (JsonNode community : document.path("communities")) {
        assertThat(born.get(document.path("channel").asText() + "/" + community.asText()))
            .isLessThanOrEqualTo(version);
        versions.add(version);
      }
    }
    assertThat(versions).as("that documents were tagged with").hasSizeGreaterThan(2);
  }

  @Test
  void wordsBecomeHotAndCoolAndTopTheirWindows() {
    for (String channel : CHANNELS) {
      assertThat(trends(channel)).extracting(TrendEvent::type).contains(TrendEvent.Type.values());
    }
  }

  @Test
  void theHeatOfWordsIsThatOfTheTaggedDocumentsInAnyOrder() {
    var history = new TrendHistory(TIME, LearningJob.TRENDS);
    for (JsonNode document : documents(reference)) {
      history.add(tagged(document));
    }
    for (WordEvent event : events(reference)) {
      if (event.type() == WordEvent.Type.ANNOUNCED) {
        history.announce(
            new AnnouncedWord(event.channel(), event.word(), event.epoch(), event.score().count()));
      }
    }
    assertThat(Set.copyOf(history.events()))
        .isEqualTo(Set.copyOf(read(reference, LearningJob.TREND, TrendEvent.class)));
  }

  /** A document as the trends see it. */
  private static EnrichedDocument tagged(JsonNode document) {
    var words = new ArrayList<Word>();
    for (JsonNode word : document.path("words")) {
      words.add(
          new Word(
              word.path("start").asInt(),
              word.path("end").asInt(),
              word.path("startUtf16").asInt(),
              word.path("endUtf16").asInt(),
              word.path("new").asBoolean(),
              null));
    }
    return EnrichedDocument.entering(
            new RawRecord("documents", 0, 0, 0, null, null, List.of()),
            new Document(
                document.path("id").asText(),
                document.path("text").asText(),
                null,
                document.path("channel").asText(),
                null,
                null,
                null,
                null),
            0,
            document.path("epoch").asLong(),
            0)
        .withWords(words, Versions.NONE);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 4})
  void givesTheSameBytesAtAnyParallelism(int parallelism) throws Exception {
    var lines =
        job.run(
            "undisturbed-" + parallelism, parallelism, LearningTopologyTest::arriving, gates(0));
    assertSameAsReference(lines);
  }

  @Test
  void orderWithinAnEpochDoesNotMatter() throws Exception {
    var lines = job.run("shuffled", 2, LearningTopologyTest::shuffled, gates(0));
    assertThat(learned(lines)).isEqualTo(learned(reference));
    assertThat(tagsById(lines)).isEqualTo(tagsById(reference));
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 4})
  void restartsFromCheckpointsDoNotMatter(int parallelism) throws Exception {
    var run = "failing-" + parallelism;
    var lines =
        job.run(run, parallelism, LearningTopologyTest::arriving, gates(LearningJob.FAILURES));
    assertThat(PartitionsSource.Run.of(run).readers)
        .as("the job failed and was started again")
        .hasValue((LearningJob.FAILURES + 1) * parallelism);
    assertSameAsReference(lines);
  }

  @Test
  void aChangeOfTheParallelismFromSavepointsDoesNotMatter() throws Exception {
    int[][] gates = gates(2);
    PartitionsSource.Records records = LearningTopologyTest::arriving;
    var atOneThird = job.runToGate("two", 2, records, gates, 0, null);
    var atTwoThirds = job.runToGate("four", 4, records, gates, 1, atOneThird);
    assertSameAsReference(job.runFrom("one", 1, records, gates, atTwoThirds));
  }

  @Test
  void theWordsAtTheEndAreThoseOfTheTexts() {
    for (String channel : CHANNELS) {
      var discoverer = new NewWordDiscoverer(LearningJob.PARAMETERS.minCount());
      ARRIVING.stream()
          .flatMap(List::stream)
          .filter(record -> record.document().channel().equals(channel))
          .forEach(record -> discoverer.add(record.document().text()));
      var words =
          discoverer.words().stream()
              .filter(word -> word.score() >= 0 && isLeftToItsScore(channel, word.word()))
              .collect(Collectors.toMap(WordScore::word, Function.identity()));
      assertThat(words).hasSizeGreaterThan(30);
      assertThat(liveAtTheEnd(channel)).isEqualTo(words);
    }
  }

  @Test
  void whatHappensToWordsIsWhatAReplayOfTheTextsTells() {
    var texts = new TreeMap<Long, List<String>>();
    for (JsonNode document : documents(reference)) {
      if (document.path("channel").asText().equals(InventedWords.MAIN)) {
        texts
            .computeIfAbsent(document.path("epoch").asLong(), epoch -> new ArrayList<>())
            .add(document.path("text").asText());
      }
    }
    var replayed = new ArrayList<List<Object>>();
    var replay =
        new VocabularyReplay(
            NewWordDiscoverer.keptUp(LearningJob.PARAMETERS.minCount()),
            LearningJob.PARAMETERS,
            List.of(0.0),
            (on, told) -> told.forEach(event -> replayed.add(happened(event))));
    texts.forEach(
        (epoch, ofEpoch) -> {
          ofEpoch.forEach(replay::add);
          replay.closeEpoch(epoch);
        });
    replay.end();

    assertThat(replayed).hasSizeGreaterThan(50);
    assertThat(
            events(reference).stream()
                .filter(event -> event.channel().equals(InventedWords.MAIN))
                .map(LearningTopologyTest::happened))
        .containsExactlyInAnyOrderElementsOf(
            replayed.stream().filter(event -> !event.toString().contains(KNOWN)).toList());
  }

  private static List<Object> happened(WordEvent event) {
    return List.of(event.epoch(), event.word(), event.type(), event.reason(), event.score());
  }

  private static boolean isLeftToItsScore(String channel, String word) {
    boolean isSaid =
        channel.equals(InventedWords.OTHER) && (word.equals(PINNED) || word.equals(BANNED));
    return !isSaid && !word.equals(KNOWN);
  }

  @Test
  void whatPeopleSayOfAWordHoldsForAllTimeInItsChannel() {
    assertThat(ofWord(BANNED))
        .isNotEmpty()
        .allSatisfy(state -> assertThat(state.channel()).isEqualTo(InventedWords.MAIN));
    assertThat(ofWord(PINNED))
        .filteredOn(state -> state.channel().equals(InventedWords.OTHER))
        .isNotEmpty()
        .allSatisfy(state -> assertThat(state.status()).isEqualTo(WordStatus.PINNED));
  }

  @Test
  void whatIsSaidOfAWordForATimeHoldsForThatTimeInItsChannelAndIsTold() {
    assertThat(epochsOfEvents(PAUSED, WordEvent.Type.BANNED)).containsExactly(FIRST_CHANGE);
    assertThat(epochsOfEvents(PAUSED, WordEvent.Type.ANNOUNCED)).contains(SECOND_CHANGE);
    assertThat(epochsOfEvents(LENT, WordEvent.Type.PINNED)).containsExactly(FIRST_CHANGE);
    assertThat(epochsOfEvents(LENT, WordEvent.Type.RETRACTED)).containsExactly(SECOND_CHANGE);

    var taggedWhilePaused = new TreeSet<String>();
    int taggedAtOtherTimes = 0;
    int taggedWhileLent = 0;
    for (JsonNode document : documents(reference)) {
      var channel = document.path("channel").asText();
      long entitled = document.path("epoch").asLong() - TIME.lag();
      boolean isBetween = entitled >= FIRST_CHANGE && entitled < SECOND_CHANGE;
      if (isCutOut(document, PAUSED)) {
        if (isBetween) {
          taggedWhilePaused.add(channel);
        } else {
          taggedAtOtherTimes += channel.equals(InventedWords.OTHER) ? 1 : 0;
        }
      }
      boolean isLent = isBetween && channel.equals(InventedWords.OTHER);
      if (isLent && document.path("text").asText().contains(LENT)) {
        taggedWhileLent += isCutOut(document, LENT) ? 1 : 0;
      }
    }
    assertThat(taggedWhilePaused).containsExactly(InventedWords.MAIN);
    assertThat(taggedAtOtherTimes).isPositive();
    assertThat(taggedWhileLent).isPositive();
  }

  /** Whether a document has a word that the base lexicon need not have, as one. */
  private static boolean isCutOut(JsonNode document, String text) {
    for (JsonNode word : document.path("words")) {
      boolean isMarked = word.path("new").asBoolean() || Lexicon.base().contains(text);
      if (isMarked && word.path("text").asText().equals(text)) {
        return true;
      }
    }
    return false;
  }

  private static List<Long> epochsOfEvents(String word, WordEvent.Type type) {
    return events(reference).stream()
        .filter(event -> event.channel().equals(InventedWords.OTHER))
        .filter(event -> event.word().equals(word) && event.type() == type)
        .map(WordEvent::epoch)
        .toList();
  }

  private static List<WordState> ofWord(String word) {
    return states(reference).stream().filter(state -> state.word().equals(word)).toList();
  }

  @Test
  void documentsAreStampedAndMarkedByWhatWasChosenForTheirEpoch() {
    var models = new TreeSet<String>();
    int marked = 0;
    int unmarked = 0;
    for (JsonNode document : documents(reference)) {
      boolean isChosen = document.path("channel").asText().equals(InventedWords.OTHER);
      long entitled = document.path("epoch").asLong() - TIME.lag();
      var model = isChosen ? entitled < SECOND_CHANGE ? MODEL : NEXT_MODEL : "none";
      assertThat(stamped(document)).isEqualTo(model);
      models.add(model);

      boolean isPinned = isChosen && entitled >= FIRST_CHANGE && entitled < SECOND_CHANGE;
      int mentions = document.path("text").asText().split(ENTITY, -1).length - 1;
      var pinned = pinned(document);
      assertThat(pinned).hasSize(isPinned ? mentions : 0);
      for (JsonNode entity : pinned) {
        assertThat(entity.path("text").asText()).isEqualTo(ENTITY);
        assertThat(entity.path("type").asText()).isEqualTo("PER");
      }
      marked += isPinned ? mentions : 0;
      unmarked += isPinned ? 0 : mentions;
    }
    assertThat(models).hasSize(3);
    assertThat(marked).isPositive();
    assertThat(unmarked).as("mentions at other times, or elsewhere").isPositive();
  }

  private static List<JsonNode> pinned(JsonNode document) {
    var pinned = new ArrayList<JsonNode>();
    for (JsonNode entity : document.path("entities")) {
      if (entity.path("origin").asText().equals("lexicon")) {
        pinned.add(entity);
      }
    }
    return pinned;
  }

  @Test
  void documentsHoldWhatTheModelOfTheirVersionsSays() {
    int extracted = 0;
    for (JsonNode document : documents(reference)) {
      var model = stamped(document);
      assertThat(document.has("entities")).isEqualTo(!model.equals(ModelChoice.NONE.text()));
      assertThat(document.has("relations")).isEqualTo(model.equals(MODEL));
      extracted += document.path("relations").size();
    }
    assertThat(extracted).isPositive();
  }

  /** What a document was to be extracted with, as people write it. */
  private static String stamped(JsonNode document) {
    var versions = document.path("versions");
    return new ModelChoice(versions.path("model").textValue(), versions.path("scheme").textValue())
        .text();
  }

  @Test
  void aKnownWordIsNoNews() {
    assertThat(states(reference)).extracting(WordState::word).doesNotContain(KNOWN);
    assertThat(events(reference)).extracting(WordEvent::word).doesNotContain(KNOWN);
  }

  @Test
  void documentsAreTaggedWithTheVersionsTheyAreEntitledTo() {
    var versionsByChannel =
        CHANNELS.stream()
            .collect(Collectors.toMap(Function.identity(), LearningTopologyTest::versions));
    var versionsOfNewWords = new TreeSet<Long>();
    for (JsonNode document : documents(reference)) {
      var versions = versionsByChannel.get(document.path("channel").asText());
      var entitled = versions.floorEntry(document.path("epoch").asLong() - TIME.lag());
      long version = document.path("versions").path("vocabulary").asLong(-1);
      assertThat(version).isEqualTo(entitled == null ? 0 : entitled.getKey());
      var vocabulary = entitled == null ? Set.<String>of() : entitled.getValue();
      for (JsonNode word : document.path("words")) {
        if (word.path("new").asBoolean()) {
          assertThat(vocabulary).contains(NormalizedText.normalize(word.path("text").asText()));
          versionsOfNewWords.add(version);
        }
      }
    }
    assertThat(versionsOfNewWords).hasSizeGreaterThan(12);
  }

  /**
   * The vocabularies of a channel by the epochs that name them, as the states and their order tell
   * them: what is announced or held and not in the base lexicon, or pinned, by its normalised form.
   * A version that changes neither a word nor a count is none.
   */
  private static NavigableMap<Long, Set<String>> versions(String channel) {
    var versions = new TreeMap<Long, Set<String>>();
    var counts = new HashMap<String, Long>();
    for (WordState state : statesInOrder(channel)) {
      boolean tags =
          (state.status() == WordStatus.ANNOUNCED || state.status() == WordStatus.HELD)
              && !Lexicon.base().contains(state.word());
      tags |= state.status() == WordStatus.PINNED;
      Long count = tags ? Long.valueOf(state.score() == null ? 1 : state.score().count()) : null;
      var before = count == null ? counts.remove(state.word()) : counts.put(state.word(), count);
      if (!Objects.equals(before, count)) {
        versions.put(
            state.epoch(),
            counts.keySet().stream().map(NormalizedText::normalize).collect(Collectors.toSet()));
      }
    }
    return versions;
  }

  private static Map<String, WordScore> liveAtTheEnd(String channel) {
    var last = new HashMap<String, WordState>();
    statesInOrder(channel).forEach(state -> last.put(state.word(), state));
    return last.values().stream()
        .filter(
            state ->
                state.status() == WordStatus.ANNOUNCED || state.status() == WordStatus.ABSORBED)
        .collect(Collectors.toMap(WordState::word, WordState::score));
  }

  private static List<WordState> statesInOrder(String channel) {
    return states(reference).stream()
        .filter(state -> state.channel().equals(channel))
        .sorted(Comparator.comparing(WordState::epoch).thenComparing(WordState::seq))
        .toList();
  }

  /** The lines of words and of what happened to them. */
  private static List<String> learned(List<String> lines) {
    return lines.stream().filter(line -> !line.startsWith(LearningJob.ENRICHED)).toList();
  }

  /** What documents say without a word of where they stood. */
  private static Map<String, JsonNode> tagsById(List<String> lines) {
    return documents(lines).stream()
        .collect(
            Collectors.toMap(
                document -> document.path("id").asText(),
                document -> ((ObjectNode) document).remove(List.of("seq", "effectiveTime"))));
  }

  private static List<JsonNode> documents(List<String> lines) {
    return read(lines, LearningJob.ENRICHED, JsonNode.class);
  }

  /** The epoch of the document so many thirds of the way. */
  private static long epochAt(int thirds) {
    var records = ARRIVING.get(0);
    return TIME.epochOf(records.get(records.size() * thirds / 3).document().timeMillis());
  }

  private static ControlChange word(String word, String action) {
    return new ControlChange("word", InventedWords.OTHER, word, action, null, null, "control-0-0")
        .forAllTime();
  }

  private static ControlChange word(String word, String action, long epoch) {
    long from = epoch * TIME.epochMillis();
    return new ControlChange("word", InventedWords.OTHER, word, action, null, from, "control-0-3");
  }

  private static ControlChange model(String value, Long from) {
    return new ControlChange(
        "model", InventedWords.OTHER, "extraction", "select", value, from, "control-0-1");
  }

  private static ControlChange entity(String action, String type, long epoch) {
    return new ControlChange(
        "entity",
        InventedWords.OTHER,
        ENTITY,
        action,
        type,
        epoch * TIME.epochMillis(),
        "control-0-2");
  }

  private static List<SourceRecord> arriving(int partition) {
    return ARRIVING.get(partition);
  }

  private static List<SourceRecord> shuffled(int partition) {
    return SHUFFLED.get(partition);
  }

  /**
   * Gates that cut the partitions into equal parts, but for every other partition some epochs later
   * than for its neighbours, so that subtasks stand at different times.
   */
  private static int[][] gates(int count) {
    int[][] gates = new int[PARTITIONS][count];
    for (int partition = 0; partition < PARTITIONS; partition++) {
      int size = ARRIVING.get(partition).size();
      for (int gate = 0; gate < count; gate++) {
        gates[partition][gate] = size * (gate + 1) / (count + 1) + partition % 2 * DRIFT;
      }
    }
    return gates;
  }

  /** Equality of sorted lines; of a difference it shows no more than can be read. */
  private static void assertSameAsReference(List<String> lines) {
    assertThat(someMissing(reference, lines)).as("lines that are not there").isEmpty();
    assertThat(someMissing(lines, reference)).as("lines that are new").isEmpty();
    assertThat(lines).hasSameSizeAs(reference);
  }

  private static List<String> someMissing(List<String> expected, List<String> lines) {
    var found = Set.copyOf(lines);
    return expected.stream().filter(line -> !found.contains(line)).limit(SHOWN).toList();
  }

  private static List<WordState> states(List<String> lines) {
    return read(lines, LearningJob.WORD, WordState.class);
  }

  private static List<WordEvent> events(List<String> lines) {
    return read(lines, LearningJob.EVENT, WordEvent.class);
  }

  private static List<CommunityEvent> communityEvents(String channel) {
    return read(reference, LearningJob.COMMUNITY_EVENT, CommunityEvent.class).stream()
        .filter(event -> event.channel().equals(channel))
        .toList();
  }

  private static List<TrendEvent> trends(String channel) {
    return read(reference, LearningJob.TREND, TrendEvent.class).stream()
        .filter(event -> event.channel().equals(channel))
        .toList();
  }

  private static <T> List<T> read(List<String> lines, String kind, Class<T> type) {
    return lines.stream()
        .filter(line -> line.startsWith(kind))
        .map(line -> parse(line.substring(kind.length()), type))
        .toList();
  }

  private static <T> T parse(String json, Class<T> type) {
    try {
      return JSON.readValue(json, type);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
