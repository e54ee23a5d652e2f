package io.github.wenliu.operators.nil;

import static io.github.wenliu.operators.nil.Mentions.BAND;
import static io.github.wenliu.operators.nil.Mentions.PARAMETERS;
import static io.github.wenliu.operators.nil.Mentions.STORM;
import static io.github.wenliu.operators.nil.Mentions.TIME;
import static io.github.wenliu.operators.nil.Mentions.mention;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.wenliu.operators.nil.GroupState.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.api.operators.co.KeyedCoProcessOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NilGroupsFunctionTest {

  private static final int MAX_PARALLELISM = 128;

  private final List<AutoCloseable> open = new ArrayList<>();

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable harness : open) {
      harness.close();
    }
  }

  private KeyedTwoInputStreamOperatorTestHarness<
          String, UnlinkedMention, GroupPromotion, GroupState>
      restored(OperatorSubtaskState state, int subtasks, int subtask) throws Exception {
    return restored(PARAMETERS, new EmbeddedRocksDBStateBackend(), state, subtasks, subtask);
  }

  private KeyedTwoInputStreamOperatorTestHarness<
          String, UnlinkedMention, GroupPromotion, GroupState>
      restored(
          NilParameters parameters,
          StateBackend backend,
          OperatorSubtaskState state,
          int subtasks,
          int subtask)
          throws Exception {
    var harness =
        new KeyedTwoInputStreamOperatorTestHarness<
            String, UnlinkedMention, GroupPromotion, GroupState>(
            new KeyedCoProcessOperator<>(new NilGroupsFunction(TIME, parameters)),
            UnlinkedMention::key,
            GroupPromotion::key,
            Types.STRING,
            MAX_PARALLELISM,
            subtasks,
            subtask);
    open.add(harness);
    harness.setStateBackend(backend);
    harness.setup();
    harness.initializeState(state);
    harness.open();
    // What people ask for holds nothing back.
    harness.processWatermarkStatus2(WatermarkStatus.IDLE);
    return harness;
  }

  private KeyedTwoInputStreamOperatorTestHarness<
          String, UnlinkedMention, GroupPromotion, GroupState>
      started() throws Exception {
    return restored(null, 1, 0);
  }

  private static StreamRecord<UnlinkedMention> of(UnlinkedMention mention) {
    return new StreamRecord<>(mention, 0);
  }

  private static StreamRecord<GroupPromotion> promotion(String group, String entity) {
    return new StreamRecord<>(new GroupPromotion("main", group, entity), 0);
  }

  private static List<GroupState> taken(AbstractStreamOperatorTestHarness<GroupState> harness) {
    var states = harness.extractOutputValues();
    harness.getOutput().clear();
    return states;
  }

  @Test
  void aGroupComesOutBeforeTheWatermarkThatClosesItsEpochAndNotBefore() throws Exception {
    var harness = started();
    harness.processElement1(of(mention(3, 2, "EVENT", STORM)));
    harness.processElement1(of(mention(3, 1, "EVENT", STORM)));
    harness.processWatermark1(new Watermark(3_998));
    assertThat(harness.getOutput()).containsExactly(new Watermark(3_998));
    harness.processWatermark1(new Watermark(3_999));

    assertThat(new ArrayList<>(harness.getOutput()))
        .last()
        .as("behind the group")
        .isEqualTo(new Watermark(3_999));
    assertThat(taken(harness))
        .extracting(GroupState::channel, GroupState::group, GroupState::epoch, GroupState::mentions)
        .containsExactly(tuple("main", "墨鲷#1", 3L, 2L));
  }

  @Test
  void whatComesEarlyForALaterEpochWaitsForIt() throws Exception {
    var harness = started();
    harness.processElement1(of(mention(5, 3, "EVENT", STORM)));
    harness.processElement1(of(mention(3, 1, "EVENT", STORM)));
    harness.processElement1(of(mention(3, 2, "EVENT", STORM)));
    harness.processWatermark1(new Watermark(4_999));
    assertThat(taken(harness)).extracting(GroupState::mentions).containsExactly(2L);
    harness.processWatermark1(new Watermark(5_999));
    assertThat(taken(harness))
        .extracting(GroupState::epoch, GroupState::mentions)
        .containsExactly(tuple(5L, 3L));
  }

  @Test
  void aLateMentionCountsInTheFirstOpenEpochBehindARestoreToo() throws Exception {
    var harness = started();
    harness.processElement1(of(mention(3, 1, "EVENT", STORM)));
    harness.processWatermark1(new Watermark(5_999));
    var again = restored(harness.snapshot(1, 1), 1, 0);
    again.processElement1(of(mention(3, 2, "EVENT", STORM)));
    again.processWatermark1(new Watermark(5_999));
    assertThat(taken(again)).isEmpty();
    again.processWatermark1(new Watermark(6_999));
    assertThat(taken(again))
        .extracting(GroupState::epoch, GroupState::mentions, GroupState::lastSeenMillis)
        .containsExactly(tuple(6L, 2L, 3_002L));
  }

  @Test
  void aPromotionIsShownInTheFirstOpenEpoch() throws Exception {
    var harness = started();
    harness.processElement1(of(mention(3, 1, "EVENT", STORM)));
    harness.processElement1(of(mention(3, 2, "EVENT", STORM)));
    harness.processElement1(of(mention(3, 3, "ORG", BAND)));
    harness.processWatermark1(new Watermark(3_999));
    taken(harness);
    harness.processElement2(promotion("墨鲷#1", "Q1"));
    harness.processWatermark1(new Watermark(4_999));
    assertThat(taken(harness))
        .extracting(GroupState::group, GroupState::epoch, GroupState::status, GroupState::entity)
        .containsExactly(tuple("墨鲷#1", 4L, Status.PROMOTED, "Q1"));

    var again = restored(harness.snapshot(1, 1), 1, 0);
    again.processElement2(promotion("墨鲷#1", null));
    again.processWatermark1(new Watermark(5_999));
    assertThat(taken(again)).extracting(GroupState::status).containsExactly(Status.CANDIDATE);
  }

  @Test
  void aPromotionBeforeAnyMentionKeepsItsNumberForItself() throws Exception {
    var harness = started();
    harness.processElement2(promotion("墨鲷#1", "Q1"));
    harness.processElement1(of(mention(3, 1, "EVENT", STORM)));
    harness.processElement1(of(mention(3, 2, "EVENT", STORM)));
    harness.processWatermark1(new Watermark(3_999));
    assertThat(taken(harness)).extracting(GroupState::group).containsExactly("墨鲷#2");
  }

  @Test
  void aGroupThatIsNotSeenIsForgottenByEventTimeBehindARestoreToo() throws Exception {
    var harness = started();
    harness.processElement1(of(mention(3, 1, "EVENT", STORM)));
    harness.processElement1(of(mention(3, 2, "EVENT", STORM)));
    harness.processWatermark1(new Watermark(3_999));
    harness.processElement1(of(mention(7, 3, "EVENT", STORM)));
    harness.processWatermark1(new Watermark(13_999));
    assertThat(taken(harness)).noneMatch(GroupState::isGone);
    var again = restored(harness.snapshot(1, 1), 1, 0);
    again.processWatermark1(new Watermark(17_998));
    assertThat(taken(again)).isEmpty();
    again.processWatermark1(new Watermark(17_999));
    assertThat(taken(again))
        .extracting(GroupState::group, GroupState::epoch, GroupState::isGone)
        .containsExactly(tuple("墨鲷#1", 17L, true));
    assertThat(again.numEventTimeTimers()).isZero();

    again.processElement1(of(mention(18, 4, "EVENT", STORM)));
    again.processElement1(of(mention(18, 5, "EVENT", STORM)));
    again.processWatermark1(new Watermark(18_999));
    assertThat(taken(again)).extracting(GroupState::group).containsExactly("墨鲷#2");
  }

  @Test
  void aNameThatIsMentionedForEverHasOneTimerAndANameThatIsGoneHasNoState() throws Exception {
    var harness = started();
    for (int epoch = 1; epoch < 9; epoch++) {
      harness.processElement1(of(mention(epoch, epoch, "EVENT", STORM)));
      harness.processWatermark1(new Watermark(epoch * 1_000 + 999));
    }
    assertThat(harness.numEventTimeTimers()).isEqualTo(1);

    var once = restored(PARAMETERS, new HashMapStateBackend(), null, 1, 0);
    once.processElement1(of(mention(1, 1, "EVENT", STORM)));
    once.processWatermark1(new Watermark(1_999));
    assertThat(once.numKeyedStateEntries()).isPositive();
    once.processWatermark1(new Watermark(11_999));
    assertThat(once.numKeyedStateEntries()).isZero();
  }

  @Test
  void atTheEndOfAnInputNothingIsForgotten() throws Exception {
    var harness = started();
    harness.processElement1(of(mention(3, 1, "EVENT", STORM)));
    harness.processElement1(of(mention(3, 2, "EVENT", STORM)));
    harness.processWatermark1(new Watermark(3_999));
    harness.processElement1(of(mention(4, 3, "EVENT", STORM)));
    harness.processWatermark1(Watermark.MAX_WATERMARK);
    assertThat(taken(harness))
        .extracting(GroupState::mentions, GroupState::isGone)
        .containsExactly(tuple(2L, false), tuple(3L, false));
  }

  /** How far time came before the end is not the same in every run, so it must not matter. */
  @Test
  void inAnInputThatEndsAGroupIsForgottenWhenItsNameIsSeenAgainAndNotBefore() throws Exception {
    var mentions =
        List.of(
            mention(3, 1, "EVENT", STORM),
            mention(3, 2, "EVENT", STORM),
            mention(5, 3, "ORG", BAND),
            mention(14, 4, "EVENT", STORM),
            mention(14, 5, "EVENT", STORM));
    var runs = new ArrayList<List<GroupState>>();
    for (boolean stepwise : new boolean[] {true, false}) {
      var harness =
          restored(PARAMETERS.ofInputThatEnds(), new EmbeddedRocksDBStateBackend(), null, 1, 0);
      for (UnlinkedMention mention : mentions) {
        harness.processElement1(of(mention));
        if (stepwise) {
          harness.processWatermark1(new Watermark(mention.epoch() * 1_000 - 1));
        }
      }
      harness.processWatermark1(new Watermark(stepwise ? 99_999 : 3_000));
      harness.processWatermark1(Watermark.MAX_WATERMARK);
      runs.add(taken(harness));
    }
    assertThat(runs.get(0))
        .extracting(GroupState::group, GroupState::epoch, GroupState::isGone)
        .containsExactly(
            tuple("墨鲷#1", 3L, false), tuple("墨鲷#1", 14L, true), tuple("墨鲷#3", 14L, false));
    assertThat(runs.get(1)).isEqualTo(runs.get(0));
  }

  @Test
  void aGroupTakesWhatTheDocumentationSays() throws Exception {
    var words = IntStream.range(0, 16).mapToObj(i -> "上下文词" + i).toList();
    NilGroup group = null;
    for (int i = 0; i < 500; i++) {
      int number = i;
      var mention =
          new UnlinkedMention(
              "main",
              "墨鲷",
              "EVENT" + i % 9,
              "墨鲷" + i % 9,
              words.stream().map(word -> word + number % 5).toList(),
              "墨".repeat(60),
              "wenliu.documents",
              0,
              i,
              0,
              2,
              i,
              i);
      group = group == null ? NilGroup.begun(1, mention) : group.with(mention);
    }
    var out = new DataOutputSerializer(1 << 12);
    TypeInformation.of(NilGroup.class)
        .createSerializer(new SerializerConfigImpl())
        .serialize(group, out);
    assertThat(group.context()).hasSize(NilGroup.CONTEXT);
    assertThat(out.length()).isBetween(2_000, 4_000);
  }

  @Test
  void channelsDoNotMeet() throws Exception {
    var harness = started();
    harness.processElement1(of(mention(3, 1, "EVENT", STORM)));
    var other = mention(3, 2, "EVENT", STORM);
    harness.processElement1(
        of(
            new UnlinkedMention(
                "other",
                other.name(),
                other.type(),
                other.surface(),
                other.context(),
                other.excerpt(),
                other.topic(),
                other.partition(),
                other.offset(),
                other.start(),
                other.end(),
                other.epoch(),
                other.effectiveMillis())));
    harness.processWatermark1(new Watermark(3_999));
    assertThat(taken(harness)).isEmpty();
  }

  @Test
  void whatWaitsAndWhatStandsIsSharedOutAnew() throws Exception {
    var harness = started();
    var names = IntStream.range(0, 40).mapToObj(i -> "墨鲷" + i).toList();
    long offset = 0;
    for (String name : names) {
      harness.processElement1(of(named(name, 3, offset++)));
      harness.processElement1(of(named(name, 3, offset++)));
      harness.processElement1(of(named(name, 5, offset++)));
    }
    harness.processWatermark1(new Watermark(3_999));
    assertThat(taken(harness)).hasSize(40);
    var state = harness.snapshot(1, 1);
    var groups = new ArrayList<GroupState>();
    for (int subtask = 0; subtask < 3; subtask++) {
      var again =
          restored(
              AbstractStreamOperatorTestHarness.repartitionOperatorState(
                  state, MAX_PARALLELISM, 1, 3, subtask),
              3,
              subtask);
      again.processWatermark1(new Watermark(5_999));
      var found = taken(again);
      assertThat(found).isNotEmpty();
      groups.addAll(found);
    }
    assertThat(groups)
        .extracting(GroupState::name, GroupState::mentions)
        .containsExactlyInAnyOrderElementsOf(names.stream().map(name -> tuple(name, 3L)).toList());
  }

  private static UnlinkedMention named(String name, long epoch, long offset) {
    var mention = mention(epoch, offset, "EVENT", STORM);
    return new UnlinkedMention(
        mention.channel(),
        name,
        mention.type(),
        name,
        mention.context(),
        mention.excerpt(),
        mention.topic(),
        mention.partition(),
        mention.offset(),
        mention.start(),
        mention.end(),
        mention.epoch(),
        mention.effectiveMillis());
  }
}
