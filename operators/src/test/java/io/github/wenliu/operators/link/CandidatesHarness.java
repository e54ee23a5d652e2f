package io.github.wenliu.operators.link;

import io.github.wenliu.operators.document.EpochTime;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;

/** A subtask of those who answer for aliases. */
final class CandidatesHarness
    extends KeyedTwoInputStreamOperatorTestHarness<String, AliasQuery, AliasChange, AliasAnswer> {

  static final int MAX_PARALLELISM = 720;

  private CandidatesHarness(EpochTime time, int most, int parallelism, int subtask)
      throws Exception {
    super(
        new CandidatesOperator(time, most),
        AliasQuery::key,
        AliasChange::key,
        Types.STRING,
        MAX_PARALLELISM,
        parallelism,
        subtask);
  }

  /**
   * An open one.
   *
   * @param state {@code null} to begin
   */
  static CandidatesHarness open(
      EpochTime time, int most, int parallelism, int subtask, OperatorSubtaskState state)
      throws Exception {
    var harness = new CandidatesHarness(time, most, parallelism, subtask);
    harness.setStateBackend(new EmbeddedRocksDBStateBackend());
    harness.setup(
        LinkTypeInformation.ANSWER.createSerializer(
            harness.getExecutionConfig().getSerializerConfig()));
    if (state != null) {
      harness.initializeState(state);
    }
    harness.open();
    return harness;
  }

  static int subtaskOf(String alias, int parallelism) {
    return KeyGroupRangeAssignment.assignKeyToParallelOperator(
        "main/" + alias, MAX_PARALLELISM, parallelism);
  }

  void ask(String document, String alias, long entitled) throws Exception {
    processElement1(new StreamRecord<>(new AliasQuery(document, "main", alias, entitled)));
  }

  void change(String alias, String id, KbCandidate candidate, long epoch) throws Exception {
    processElement2(new StreamRecord<>(new AliasChange("main", alias, id, candidate, epoch)));
  }

  void documentsUntil(long watermark) throws Exception {
    processWatermark1(new Watermark(watermark));
  }

  void knowledgeUntil(long watermark) throws Exception {
    processWatermark2(new Watermark(watermark));
  }

  /** Each answer in short: whose it is, the ids, and how many more there are. */
  List<String> answers() {
    return extractOutputValues().stream()
        .map(
            answer ->
                answer.document()
                    + " "
                    + answer.alias()
                    + " "
                    + answer.candidates().stream().map(KbCandidate::id).toList()
                    + "+"
                    + answer.more())
        .toList();
  }
}
