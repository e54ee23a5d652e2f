package io.github.wenliu.operators.link;

import io.github.wenliu.operators.Samples;
import io.github.wenliu.operators.document.EnrichedDocument;
import io.github.wenliu.operators.document.EpochTime;
import io.github.wenliu.operators.document.Setting;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.state.rocksdb.RocksDBConfigurableOptions;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;

/**
 * What each stage of linking that holds state costs, one after the other on one core, with
 * generated entries in RocksDB: time of this thread for each entry that is loaded, each question,
 * each document. What comes out of a stage is written and read as on the wire.
 *
 * <pre>java ... KbStateBenchmark [entries]</pre>
 */
public final class KbStateBenchmark {

  private static final EpochTime TIME = EpochTime.DEFAULT;
  private static final int MAX_PARALLELISM = 720;
  private static final int DRAINED_AT = 20_000;
  private static final int QUESTIONS = 200_000;
  private static final int QUESTIONS_OF_DOCUMENT = 20;
  private static final String SURNAMES = "王李张刘陈杨黄赵周吴徐孙马朱胡郭何高林罗";
  private static final String GIVEN = "伟芳娜秀英敏静丽强磊军洋勇艳杰涛明超兰霞平刚桂华建国志文玉海";

  private KbStateBenchmark() {}

  public static void main(String[] arguments) throws Exception {
    int entries = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 100_000;
    var random = new Random(1);
    var changes = new ArrayList<AliasChange>();
    var marks = new ArrayList<AliasMark>();
    load(entries, random, changes, marks);
    var index = index(marks);
    var answers = candidates(entries, random, changes);
    assemble(answers);
    find(index);
  }

  private static void load(
      int entries, Random random, List<AliasChange> changes, List<AliasMark> marks)
      throws Exception {
    var harness =
        new KeyedOneInputStreamOperatorTestHarness<String, KbUpdate, AliasChange>(
            new EntryAliasesOperator(HashedLinkModel.factory()),
            KbUpdate::key,
            Types.STRING,
            MAX_PARALLELISM,
            1,
            0);
    opened(harness, LinkTypeInformation.CHANGE);
    var updates = new ArrayList<StreamRecord<KbUpdate>>();
    for (int i = 0; i < entries; i++) {
      updates.add(
          new StreamRecord<>(KbUpdate.of("main", "Q" + i, entry(i, random), Setting.ALWAYS)));
    }
    long begin = nanos();
    long drained = 0;
    for (int i = 0; i < entries; i++) {
      harness.processElement(updates.get(i));
      if (i % DRAINED_AT == DRAINED_AT - 1 || i == entries - 1) {
        long at = nanos();
        harness.extractOutputValues().forEach(changes::add);
        harness
            .getSideOutput(EntryAliasesOperator.MARKS)
            .forEach(mark -> marks.add(mark.getValue()));
        harness.getOutput().clear();
        harness.getSideOutput(EntryAliasesOperator.MARKS).clear();
        drained += nanos() - at;
      }
    }
    print("entry aliases, an entry", nanos() - begin - drained, entries);
    harness.close();
  }

  private static AliasIndex index(List<AliasMark> marks) {
    long begin = nanos();
    var index = new AliasIndex();
    marks.forEach(index::apply);
    print("index, a mark", nanos() - begin, marks.size());
    begin = nanos();
    var blocks = index.blocks();
    print("index, an alias of a snapshot", nanos() - begin, index.size());
    System.out.printf("%,d aliases in %d parts%n", index.size(), blocks.size());
    return index;
  }

  private static List<AliasAnswer> candidates(int entries, Random random, List<AliasChange> changes)
      throws Exception {
    var harness =
        new KeyedTwoInputStreamOperatorTestHarness<String, AliasQuery, AliasChange, AliasAnswer>(
            new CandidatesOperator(TIME, LinkParameters.DEFAULT.maxCandidates()),
            AliasQuery::key,
            AliasChange::key,
            Types.STRING,
            MAX_PARALLELISM,
            1,
            0);
    opened(harness, LinkTypeInformation.ANSWER);
    long begin = nanos();
    for (AliasChange change : changes) {
      harness.processElement2(new StreamRecord<>(change));
    }
    long spent = nanos() - begin;
    print("candidates, a change", spent, changes.size());
    print("candidates, an entry", spent, entries);
    harness.processWatermark2(new Watermark(Long.MAX_VALUE));
    begin = nanos();
    var answers = new ArrayList<AliasAnswer>();
    long drained = 0;
    long found = 0;
    for (int i = 0; i < QUESTIONS; i++) {
      var alias = changes.get(random.nextInt(changes.size())).alias();
      var document = Samples.raw(0, i / QUESTIONS_OF_DOCUMENT).origin();
      harness.processElement1(new StreamRecord<>(new AliasQuery(document, "main", alias, 1)));
      if (i % DRAINED_AT == DRAINED_AT - 1) {
        long at = nanos();
        answers.addAll(harness.extractOutputValues());
        harness.getOutput().clear();
        drained += nanos() - at;
      }
    }
    print("candidates, a question", nanos() - begin - drained, QUESTIONS);
    for (AliasAnswer answer : answers) {
      found += answer.candidates().size();
    }
    System.out.printf("%.2f candidates an answer%n", found / (double) QUESTIONS);
    harness.close();
    return answers;
  }

  private static void assemble(List<AliasAnswer> answers) throws Exception {
    var harness =
        new KeyedTwoInputStreamOperatorTestHarness<String, LinkTask, AliasAnswer, LinkTask>(
            new AssembleOperator(),
            LinkTask::key,
            AliasAnswer::document,
            Types.STRING,
            MAX_PARALLELISM,
            1,
            0);
    harness.setStateBackend(backend());
    harness.setup(LinkTypeInformation.TASK.createSerializer(null));
    harness.open();
    long begin = nanos();
    for (int i = 0; i < QUESTIONS; i += QUESTIONS_OF_DOCUMENT) {
      var mentions = new ArrayList<Mention>();
      for (var answer : answers.subList(i, i + QUESTIONS_OF_DOCUMENT)) {
        mentions.add(new Mention(0, 1, 0, 1, answer.alias(), -1));
      }
      long offset = i / QUESTIONS_OF_DOCUMENT;
      var document = Samples.entered(TIME, "main", "文本".repeat(100), offset, 1);
      var task = new LinkTask(document, mentions, List.of());
      harness.processElement1(new StreamRecord<>(task));
      for (var answer : answers.subList(i, i + task.questions())) {
        harness.processElement2(new StreamRecord<>(answer));
      }
      harness.getOutput().clear();
    }
    print("assemble, a question", nanos() - begin, QUESTIONS);
    harness.close();
  }

  private static void find(AliasIndex index) {
    var random = new Random(2);
    var finder = new MentionFinder(index, LinkParameters.DEFAULT.maxMentions());
    int documents = 20_000;
    var texts = new ArrayList<EnrichedDocument>();
    for (int i = 0; i < documents; i++) {
      var text = new StringBuilder();
      while (text.length() < 200) {
        text.append("在这里说到了").append(name(random)).append("和别的事情，");
      }
      texts.add(Samples.entered(TIME, "main", text.toString(), i, 1));
    }
    long begin = nanos();
    long found = 0;
    for (var document : texts) {
      found += finder.find(document, 1).size();
    }
    print("find, a document of 200 characters", nanos() - begin, documents);
    System.out.printf("%.1f mentions a document%n", found / (double) documents);
  }

  private static <T> void opened(
      AbstractStreamOperatorTestHarness<T> harness, TypeInformation<T> type) throws Exception {
    harness.setStateBackend(backend());
    harness.setup(type.createSerializer(harness.getExecutionConfig().getSerializerConfig()));
    harness.open();
  }

  /** With the memory that a slot of a cluster has. */
  private static EmbeddedRocksDBStateBackend backend() {
    var backend = new EmbeddedRocksDBStateBackend();
    backend.getMemoryConfiguration().setFixedMemoryPerSlot(MemorySize.ofMebiBytes(256));
    var options = new Configuration();
    options.set(RocksDBConfigurableOptions.USE_BLOOM_FILTER, Boolean.getBoolean("bloom"));
    return backend.configure(options, KbStateBenchmark.class.getClassLoader());
  }

  private static KbEntry entry(int number, Random random) {
    var name = name(random);
    return new KbEntry(
        "main",
        "Q" + number,
        name,
        List.of(name + number, "又名" + number),
        List.of("人物"),
        (name + "是一位生活在第" + number + "号城市的人，写过许多文章。").repeat(3),
        List.of(
            new KbFact("出生地", "城市" + number % 999),
            new KbFact("职业", "作家"),
            new KbFact("代表作", "作品" + number)),
        (double) random.nextInt(1000),
        null);
  }

  private static String name(Random random) {
    return ""
        + SURNAMES.charAt(random.nextInt(SURNAMES.length()))
        + GIVEN.charAt(random.nextInt(GIVEN.length()))
        + GIVEN.charAt(random.nextInt(GIVEN.length()));
  }

  /** Of this thread alone: others may be at work on the machine. */
  private static long nanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static void print(String what, long nanos, long count) {
    System.out.printf(
        "%-40s %,10.2f µs, %,12.0f a second%n", what, nanos / 1e3 / count, count * 1e9 / nanos);
  }
}
