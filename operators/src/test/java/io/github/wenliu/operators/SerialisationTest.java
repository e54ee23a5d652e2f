package io.github.wenliu.operators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wenliu.operators.cluster.CommunityEvent;
import io.github.wenliu.operators.cluster.CommunityMember;
import io.github.wenliu.operators.cluster.CommunityShare;
import io.github.wenliu.operators.cluster.CommunityState;
import io.github.wenliu.operators.cluster.EdgeBatch;
import io.github.wenliu.operators.cluster.ExplainingEdge;
import io.github.wenliu.operators.cluster.GraphTotals;
import io.github.wenliu.operators.cluster.MembershipChange;
import io.github.wenliu.operators.cluster.Memberships;
import io.github.wenliu.operators.cluster.VersionRun;
import io.github.wenliu.operators.control.ControlRecord;
import io.github.wenliu.operators.document.Candidate;
import io.github.wenliu.operators.document.ControlAck;
import io.github.wenliu.operators.document.ControlChange;
import io.github.wenliu.operators.document.DeadLetter;
import io.github.wenliu.operators.document.Document;
import io.github.wenliu.operators.document.EnrichedDocument;
import io.github.wenliu.operators.document.Entity;
import io.github.wenliu.operators.document.ErrorClass;
import io.github.wenliu.operators.document.Flag;
import io.github.wenliu.operators.document.Header;
import io.github.wenliu.operators.document.Link;
import io.github.wenliu.operators.document.RawRecord;
import io.github.wenliu.operators.document.Rejection;
import io.github.wenliu.operators.document.Relation;
import io.github.wenliu.operators.document.Setting;
import io.github.wenliu.operators.document.SourceRecord;
import io.github.wenliu.operators.document.Versions;
import io.github.wenliu.operators.document.Word;
import io.github.wenliu.operators.door.PartitionMark;
import io.github.wenliu.operators.envelope.EnvelopeTypeInformation;
import io.github.wenliu.operators.link.AliasAnswer;
import io.github.wenliu.operators.link.AliasBlock;
import io.github.wenliu.operators.link.AliasChange;
import io.github.wenliu.operators.link.AliasMark;
import io.github.wenliu.operators.link.AliasQuery;
import io.github.wenliu.operators.link.KbCandidate;
import io.github.wenliu.operators.link.KbChange;
import io.github.wenliu.operators.link.KbEntry;
import io.github.wenliu.operators.link.KbFact;
import io.github.wenliu.operators.link.KbRecord;
import io.github.wenliu.operators.link.KbUpdate;
import io.github.wenliu.operators.link.KnownAlias;
import io.github.wenliu.operators.link.KnownEntry;
import io.github.wenliu.operators.link.LinkTask;
import io.github.wenliu.operators.link.LinkTypeInformation;
import io.github.wenliu.operators.link.Mention;
import io.github.wenliu.operators.link.NameKind;
import io.github.wenliu.operators.link.PromotedGroup;
import io.github.wenliu.operators.link.Redirect;
import io.github.wenliu.operators.link.ScheduledChange;
import io.github.wenliu.operators.newword.ChannelTotals;
import io.github.wenliu.operators.newword.Direction;
import io.github.wenliu.operators.newword.FactBatch;
import io.github.wenliu.operators.newword.PairBatch;
import io.github.wenliu.operators.newword.StampedControl;
import io.github.wenliu.operators.newword.SymbolBatch;
import io.github.wenliu.operators.newword.TagKnowledge;
import io.github.wenliu.operators.newword.VersionDue;
import io.github.wenliu.operators.newword.VocabularyDelta;
import io.github.wenliu.operators.newword.VocabularyEntry;
import io.github.wenliu.operators.newword.WindowBatch;
import io.github.wenliu.operators.newword.WordEvent;
import io.github.wenliu.operators.newword.WordReport;
import io.github.wenliu.operators.newword.WordScore;
import io.github.wenliu.operators.newword.WordState;
import io.github.wenliu.operators.newword.WordStatus;
import io.github.wenliu.operators.nil.GroupPromotion;
import io.github.wenliu.operators.nil.GroupState;
import io.github.wenliu.operators.nil.NameGroups;
import io.github.wenliu.operators.nil.NilEvidence;
import io.github.wenliu.operators.nil.NilGroup;
import io.github.wenliu.operators.nil.Tally;
import io.github.wenliu.operators.nil.UnlinkedMention;
import io.github.wenliu.operators.trends.AnnouncedWord;
import io.github.wenliu.operators.trends.Burst;
import io.github.wenliu.operators.trends.DocumentWords;
import io.github.wenliu.operators.trends.EpochTally;
import io.github.wenliu.operators.trends.TopWord;
import io.github.wenliu.operators.trends.TrendEvent;
import io.github.wenliu.operators.trends.TrendTotals;
import io.github.wenliu.operators.trends.WordTrend;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshotSerializationUtil;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("Every type in state or on the wire")
class SerialisationTest {

  private static final List<TypeInformation<?>> PACKED =
      List.of(
          LinkTypeInformation.CANDIDATE,
          LinkTypeInformation.ALIAS,
          LinkTypeInformation.ENTRY,
          LinkTypeInformation.CHANGE,
          LinkTypeInformation.ANSWER,
          LinkTypeInformation.UPDATE,
          LinkTypeInformation.MARK);

  private static final byte[] BYTES = {0, -1, 127, -128};

  static Stream<Object> values() {
    var raw =
        new RawRecord(
            "t",
            2,
            Long.MAX_VALUE,
            -1,
            BYTES,
            BYTES,
            List.of(new Header("a", BYTES), new Header("", null)));
    var bareRaw = new RawRecord("", 0, 0, 0, null, null, List.of());
    var document =
        new Document("标识", "文本𠮷😀\u0000", -1L, "main", "s", "{\"m\":1}", "{}", "00-trace");
    var bareDocument = new Document("i", "", null, "main", null, null, null, null);
    var rejection = new Rejection(ErrorClass.ENCODING, "E", "m");
    var documents =
        Stream.of(
            raw,
            bareRaw,
            document,
            bareDocument,
            rejection,
            SourceRecord.of(raw, document),
            SourceRecord.rejected(bareRaw, rejection),
            new DeadLetter(raw, "door", rejection, -3),
            EnrichedDocument.entering(bareRaw, bareDocument, Long.MIN_VALUE, -1, 0),
            new EnrichedDocument(
                raw, document, 0, 0, 0, List.of(), List.of(), List.of(), List.of(), Versions.NONE),
            full(raw, document),
            new PartitionMark("t", 7, Long.MIN_VALUE));
    var tasks =
        Stream.<Object>of(
            new LinkTask(full(raw, document), mentions(), answers()),
            new LinkTask(
                EnrichedDocument.entering(bareRaw, bareDocument, 0, 0, 0), List.of(), List.of()));
    return Stream.of(
            documents, words(), trends(), communities(), control(), tasks, linking(), nil())
        .flatMap(Function.identity());
  }

  private static Stream<Object> words() {
    var score = new WordScore("村BA", -0.0, Long.MAX_VALUE, 0.1 + 0.2, Double.MIN_VALUE, 0);
    return Stream.of(
        new WindowBatch("main", Direction.BACKWARD, 1_023, BYTES),
        new WindowBatch("", Direction.FORWARD, 0, new byte[0]),
        new SymbolBatch("main", BYTES),
        new ChannelTotals(Long.MIN_VALUE, 0, -1, 7, true),
        new VersionDue("main", -1, true, false, 12, BYTES),
        new VersionDue("", 0, false, true, 0, new byte[0]),
        new FactBatch("main", 7, true, Long.MAX_VALUE, Direction.BACKWARD, 255, BYTES),
        new FactBatch("", -7, false, 0, Direction.FORWARD, 0, new byte[0]),
        new PairBatch("main", Long.MIN_VALUE, Direction.BACKWARD, BYTES),
        new PairBatch("", 7, Direction.FORWARD, new byte[0]),
        score,
        new WordReport("main", 3, score, WordReport.Level.HELD, "村BA赛", -1, Long.MAX_VALUE),
        new WordReport("a", -3, score, WordReport.Level.GONE, null, 0, 0),
        new VocabularyEntry(
            WordReport.Level.LIVE,
            score,
            "𠮷村BA",
            -1L,
            Long.MAX_VALUE,
            true,
            true,
            WordStatus.ABSORBED,
            5),
        new VocabularyEntry(WordReport.Level.GONE, null, null, null, null, false, true, null, 0),
        new WordState("main", 3, 1, "村BA", WordStatus.ABSORBED, score, 0L, 1L, true, "村BA赛"),
        new WordState("a", -3, 0, "😀", null, null, null, null, false, null),
        new WordEvent("main", 3, 1, "村BA", WordEvent.Type.UPGRADED, "longer", -1, score, "村BA赛"),
        new WordEvent("a", -3, 0, "", WordEvent.Type.BANNED, "", 0, null, null),
        new VocabularyDelta("main", 12, Map.of("内卷", 7L, "😀", 1L), List.of("躺平")),
        new VocabularyDelta("a", -1, Map.of(), List.of()));
  }

  private static Stream<Object> trends() {
    var burst = new Burst(0.1 + 0.2, Double.MIN_VALUE, -0.0, 1);
    return Stream.of(
        new DocumentWords("main", Long.MIN_VALUE, Long.MAX_VALUE, new String[] {"", "村BA", "𠮷😀"}),
        new DocumentWords("", 0, 0, new String[0]),
        new EpochTally("main", -1, 7, new String[] {"村BA", "𠮷"}, new int[] {1, Integer.MAX_VALUE}),
        new EpochTally("", 0, 0, new String[0], new int[0]),
        new AnnouncedWord("main", "村BA", Long.MIN_VALUE, Long.MAX_VALUE),
        new WordTrend(Long.MAX_VALUE, 0.1 + 0.2, -1, true),
        new TrendTotals(Long.MIN_VALUE, Long.MAX_VALUE, 0.1, -1, true),
        new TopWord("村BA", burst),
        new TrendEvent("main", 3, 1, "村BA", TrendEvent.Type.HOT, burst, null, -1),
        new TrendEvent("a", -3, 0, "", TrendEvent.Type.TOP, burst, 1, Long.MAX_VALUE));
  }

  private static Stream<Object> communities() {
    var members =
        List.of(
            new CommunityMember("村ba", 0.1 + 0.2, 0.7, List.of(new CommunityShare("c2", 0.3))),
            new CommunityMember("", -0.0, 1, List.of()));
    return Stream.of(
        new EdgeBatch(
            "main",
            63,
            new String[] {"", "村ba", "𠮷😀"},
            new long[] {Long.MIN_VALUE, Long.MAX_VALUE},
            new int[] {1, 2},
            new int[] {0, 0, 7, 1, 2, Integer.MAX_VALUE}),
        new EdgeBatch("", 0, new String[0], new long[0], new int[0], new int[0]),
        GraphTotals.EMPTY,
        new GraphTotals(-1, Long.MAX_VALUE, 0.1, Double.MIN_VALUE, 2, 3, 4, 5, 6, 0.7),
        new VersionRun(Long.MIN_VALUE, true),
        new Memberships(-1, Map.of("村ba", "c1", "😀", "c2")),
        new Memberships(0, Map.of()),
        new MembershipChange("main", 12, Map.of("村ba", "c1"), List.of("𠮷😀")),
        new MembershipChange("a", -1, Map.of(), List.of()),
        members.get(0),
        new CommunityState("main", 3, 1, "c1", "村ba", 2, 0.3, -1, Long.MAX_VALUE, members),
        new CommunityState("a", -3, 0, "c2", null, 0, 0, 0, 0, List.of()),
        new CommunityEvent(
            "main",
            3,
            1,
            "c1",
            CommunityEvent.Type.SPLIT,
            List.of("c7"),
            null,
            "村",
            2,
            0,
            0.3,
            9,
            List.of(new ExplainingEdge("村ba", "😀", Double.MIN_VALUE))),
        new ExplainingEdge("", "𠮷", 0.5),
        new CommunityEvent(
            "a",
            -3,
            0,
            "c2",
            CommunityEvent.Type.DIED,
            List.of(),
            "c1",
            "",
            0,
            5,
            0,
            -1,
            List.of()));
  }

  private static Stream<Object> control() {
    var change = new ControlChange("word", "main", "墨鲷", null, null, -1L, "control-0-1");
    var selection =
        new ControlChange("model", "main", "extraction", "select", "fast/v1:news", 3L, "c-0-2");
    var setting = new Setting("entity", "main", "墨鲷", "ORG", Long.MIN_VALUE);
    var bareChange = new ControlChange("", "", "", "pin", null, null, "c-0-1");
    return Stream.of(
        change,
        change.forAllTime(),
        bareChange,
        new ControlAck(change, Long.MIN_VALUE, null),
        ControlAck.refused(bareChange, "no"),
        ControlRecord.of(change),
        ControlRecord.of(selection),
        setting,
        new Setting("", "", "", null, 7),
        TagKnowledge.of(setting),
        TagKnowledge.of(new VocabularyDelta("a", -1, Map.of(), List.of())),
        ControlRecord.refused(bareChange, "no"),
        new StampedControl(Long.MIN_VALUE, change),
        new StampedControl(0, bareChange));
  }

  private static List<Mention> mentions() {
    return List.of(
        new Mention(0, 2, 0, 2, "文本", Mention.NO_ENTITY), new Mention(2, 3, 2, 4, "𠮷", 0));
  }

  private static List<AliasAnswer> answers() {
    var full =
        new KbCandidate(
            "Q1",
            "𠮷",
            NameKind.values()[NameKind.values().length - 1],
            List.of("人物", ""),
            "说明\u0000",
            List.of(new KbFact("", "绍兴"), new KbFact("出生地", "")),
            0.1 + 0.2,
            BYTES);
    var bare = new KbCandidate("", "", NameKind.NAME, List.of(), "", List.of(), -0.0, new byte[0]);
    return List.of(
        new AliasAnswer("t-2-3", "𠮷", List.of(full, bare), Integer.MAX_VALUE),
        new AliasAnswer("", "", List.of(), 0));
  }

  private static Stream<Object> nil() {
    var tallies = List.of(new Tally("墨鲷😀", Long.MAX_VALUE), new Tally("", 1));
    var places = List.of(new NilEvidence("t-0-7", 0, Integer.MAX_VALUE, "…墨鲷…"));
    var group =
        new NilGroup(
            7, 3, 2, -1, Long.MAX_VALUE, -3, tallies, tallies, 5, tallies, places, "Q", true, true);
    var bareGroup =
        new NilGroup(
            1, 0, 0, 0, 0, 0, List.of(), List.of(), 0, List.of(), List.of(), null, false, false);
    return Stream.of(
        new UnlinkedMention(
            "main", "墨鲷", "PER", "墨 鲷", List.of("台风", "𠮷"), "…", "t", 1, 2, 3, 4, -5, -6),
        new UnlinkedMention("", "", "", "", List.of(), "", "", 0, 0, 0, 0, 0, 0),
        tallies.get(0),
        places.get(0),
        group,
        bareGroup,
        new NameGroups("墨鲷", 9, true, -7L, List.of(group, bareGroup)),
        new NameGroups(null, 1, false, null, List.of()),
        new GroupPromotion("main", "墨鲷#1", "Q1"),
        new GroupPromotion("a", "#1", null),
        new GroupState(
            "main",
            3,
            1,
            "墨鲷#1",
            "墨鲷",
            GroupState.Status.PROMOTED,
            "Q1",
            3,
            2,
            -1,
            Long.MAX_VALUE,
            tallies,
            tallies,
            tallies,
            places),
        new GroupState(
            "a", -3, 0, "#1", null, null, null, 0, 0, 0, 0, List.of(), List.of(), List.of(),
            List.of()));
  }

  private static Stream<Object> linking() {
    var facts = List.of(new KbFact("", "绍兴"), new KbFact("出生地", ""));
    var entry =
        new KbEntry(
            "main", "Q1/😀", "鲁迅", List.of("周树人", ""), List.of("人物"), "𠮷", facts, 0.1, null);
    var redirect = new KbEntry("", "", "", List.of(), List.of(), "", List.of(), null, "Q1");
    var change = new KbChange("main", "Q1", entry, -1L, "kb-0-1");
    var asked = new ControlChange("candidate", "main", "墨鲷#1", "promote", "墨鲷", null, "c-0-1");
    var raw = new RawRecord("kb", 0, 0, 0, null, null, List.of());
    var candidate =
        new KbCandidate("Q1", "鲁迅", NameKind.REDIRECT, List.of("人物"), "", facts, -0.0, BYTES);
    var bare = new KbCandidate("", "", NameKind.NAME, List.of(), "", List.of(), 0, new byte[0]);
    var mark = new AliasMark("main", Long.MIN_VALUE, 65_535, 64, -1, Long.MIN_VALUE);
    return Stream.of(
        change,
        change.forAllTime(),
        new KbChange("", "", null, null, ""),
        KbRecord.of(change),
        KbRecord.rejected(raw, new Rejection(ErrorClass.PARSE, "E", "m")),
        KbRecord.promoting(asked),
        KbRecord.END,
        new ScheduledChange(change, asked, Long.MAX_VALUE),
        new PromotedGroup("main", "墨鲷#1", "Q1"),
        new Redirect("main", "Q1", "Q2", List.of("又名", "")),
        KbUpdate.of("main", "Q1", entry, Long.MIN_VALUE),
        KbUpdate.of("main", "Q1", null, 7),
        KbUpdate.names("main", "Q1", "Q2", List.of("又名"), 7),
        KbUpdate.names("main", "Q1", "Q2", List.of(), 7),
        new KnownEntry(entry, BYTES, 3),
        new KnownEntry(redirect, new byte[0], 0),
        new KnownEntry(null, new byte[0], 1),
        candidate,
        new AliasChange("main", "鲁迅", "Q1", candidate, 7),
        new AliasChange("", "", "", null, Long.MIN_VALUE),
        mark,
        new AliasBlock(
            "main", new long[] {-1}, new int[] {2}, BYTES, List.of(mark), List.of(-1L), 3),
        new AliasBlock(
            "", new long[0], new int[0], new byte[0], List.of(), List.of(), Long.MIN_VALUE),
        new AliasQuery("t-0-1", "main", "鲁迅", -1),
        new AliasAnswer("t-0-1", "鲁迅", List.of(candidate, bare), 7),
        new AliasAnswer("", "", List.of(), 0),
        new KnownAlias(List.of(candidate, bare), 10_000),
        new KnownAlias(List.of(), 0));
  }

  @ParameterizedTest
  @MethodSource("values")
  void comesBackEqual(Object value) throws IOException {
    TypeSerializer<Object> serializer = serializerOf(value);
    assertEqual(readBack(serializer, write(serializer, value)), value);
    assertEqual(serializer.copy(value), value);
  }

  @ParameterizedTest
  @MethodSource("values")
  void needsNoKryoAnywhere(Object value) {
    assertThat(typeOf(value).toString()).doesNotContain("GenericType");
    assertThat(everySerializerIn(serializerOf(value)))
        .isNotEmpty()
        .noneMatch(name -> name.contains("Kryo"));
  }

  @ParameterizedTest
  @MethodSource("values")
  void isReadAsItIsBySnapshotsOfTheSameRelease(Object value) throws IOException {
    TypeSerializer<Object> serializer = serializerOf(value);
    var out = new DataOutputSerializer(256);
    TypeSerializerSnapshotSerializationUtil.writeSerializerSnapshot(
        out, serializer.snapshotConfiguration());
    TypeSerializerSnapshot<Object> restored =
        TypeSerializerSnapshotSerializationUtil.readSerializerSnapshot(
            new DataInputDeserializer(out.getCopyOfBuffer()), getClass().getClassLoader());
    TypeSerializer<Object> now = serializerOf(value);
    assertThat(now.snapshotConfiguration().resolveSchemaCompatibility(restored).isCompatibleAsIs())
        .isTrue();
    assertEqual(readBack(restored.restoreSerializer(), write(now, value)), value);
  }

  /**
   * The file was written by the version of this class that had no value yet: the snapshot of the
   * serializer of {@link StampedControl}, and behind it one of these.
   */
  @Test
  void aChangeWrittenBeforeItHadAValueIsReadWithoutOne() throws Exception {
    byte[] written;
    try (var in = getClass().getResourceAsStream("/state/stamped-control-without-value.bin")) {
      written = in.readAllBytes();
    }
    var in = new DataInputDeserializer(written);
    TypeSerializerSnapshot<Object> old =
        TypeSerializerSnapshotSerializationUtil.readSerializerSnapshot(
            in, getClass().getClassLoader());
    var value = new StampedControl(12, change("pin", -1L, "wenliu.control-0-1"));

    assertThat(
            serializerOf(value)
                .snapshotConfiguration()
                .resolveSchemaCompatibility(old)
                .isCompatibleAfterMigration())
        .isTrue();
    assertEqual(old.restoreSerializer().deserialize(in), value);
    assertThat(in.available()).isZero();
  }

  private static ControlChange change(String action, Long from, String origin) {
    return new ControlChange("word", "main", "墨鲷", action, null, from, origin);
  }

  @Test
  void wouldBeRefusedIfItNeededKryo() {
    record NotPublic(Object anything) {}

    assertThatThrownBy(() -> serializerOf(new NotPublic(1)))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageContaining("Generic types have been disabled");
  }

  private static EnrichedDocument full(RawRecord raw, Document document) {
    var linked =
        new Entity(
            2,
            3,
            2,
            4,
            "PER",
            0.1 + 0.2,
            "model",
            new Link("Q1", null, 0.5, List.of(new Candidate("Q1", 0.5)), false),
            "c1");
    var nil = new Entity(3, 4, 4, 6, "ORG", Double.MIN_VALUE, "relation", nilLink(), null);
    var bare = new Entity(3, 4, 4, 6, "X", 1, "gold", null, null);
    return new EnrichedDocument(
        raw,
        document,
        -7,
        -1,
        Flag.LATE.bit() | Flag.ERROR.bit(),
        List.of(new Word(0, 2, 0, 2, true, "c1"), new Word(2, 3, 2, 4, false, null)),
        List.of(linked, nil, bare),
        List.of(new Relation(0, "创始人", 1, 1)),
        List.of("c1", "c2"),
        new Versions("n", "l", "s", "m", "news", 171L, 168L, 0L));
  }

  private static Link nilLink() {
    return new Link(null, null, 0, List.of(), true);
  }

  private static TypeInformation<?> typeOf(Object value) {
    if (value instanceof LinkTask) {
      return LinkTypeInformation.TASK;
    }
    for (var packed : PACKED) {
      if (packed.getTypeClass().isInstance(value)) {
        return packed;
      }
    }
    return value instanceof EnrichedDocument
        ? EnvelopeTypeInformation.ENVELOPE
        : TypeInformation.of(value.getClass());
  }

  @SuppressWarnings("unchecked")
  private static TypeSerializer<Object> serializerOf(Object value) {
    var config = new SerializerConfigImpl();
    config.setGenericTypes(false);
    return ((TypeInformation<Object>) typeOf(value)).createSerializer(config);
  }

  private static byte[] write(TypeSerializer<Object> serializer, Object value) throws IOException {
    var out = new DataOutputSerializer(256);
    serializer.serialize(value, out);
    return out.getCopyOfBuffer();
  }

  private static Object readBack(TypeSerializer<Object> serializer, byte[] bytes)
      throws IOException {
    var in = new DataInputDeserializer(bytes);
    var value = serializer.deserialize(in);
    assertThat(in.available()).as("bytes left over").isZero();
    return value;
  }

  /** Equality of every component; a record's own compares arrays by identity. */
  private static void assertEqual(Object found, Object expected) {
    assertThat(found).hasSameClassAs(expected);
    assertThat(found).usingRecursiveComparison().withStrictTypeChecking().isEqualTo(expected);
  }

  /** The names of all serializer classes below one, as its snapshot names them. */
  private static List<String> everySerializerIn(TypeSerializer<?> serializer) {
    try {
      var out = new DataOutputSerializer(256);
      TypeSerializerSnapshotSerializationUtil.writeSerializerSnapshot(
          out, serializer.snapshotConfiguration());
      var text = new String(out.getCopyOfBuffer(), StandardCharsets.ISO_8859_1);
      return Pattern.compile("[a-zA-Z.$0-9]*Serializer[a-zA-Z.$0-9]*")
          .matcher(text)
          .results()
          .map(MatchResult::group)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
