package io.github.wenliu.pipeline;

import io.github.wenliu.operators.document.Document;
import io.github.wenliu.operators.document.EpochTime;
import io.github.wenliu.operators.document.RawRecord;
import io.github.wenliu.operators.document.SourceRecord;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/**
 * A corpus in which words come and go: invented ones of two to five symbols among characters that
 * mean nothing. Some are said for as long as the corpus lasts, some become the beginning or the end
 * of a longer word, some wear out as their characters spread. Some texts are said again. Two
 * channels; a quiet time in the middle; arrival out of order by less than the bound. A function of
 * the seed.
 */
final class InventedWords {

  /** The tenant of two thirds of the documents. */
  static final String MAIN = "main";

  /** The tenant of the others. */
  static final String OTHER = "other";

  private static final int DOCUMENTS = 1_800;

  /** Documents of which one repeats another. */
  private static final int REPOSTED = 15;

  private static final long START_MILLIS = 1_767_225_600_000L;
  private static final long STEP_MILLIS = 350;
  private static final long QUIET_MILLIS = 65_000;

  /** Characters between the words. */
  private static final String FILLER = "天地人你我他山水火木金土日月星云风雨花草鸟虫鱼米面茶酒车船马牛羊门窗桌灯书纸笔墙路桥河海湖";

  /**
   * Said from the given twentieth of the corpus on, to its end; the words of a row most often with
   * each other.
   */
  private static final String[][] STEADY = {
    {"0", "鼹璐", "垭螯", "砾岚", "村BA", "镓粑蘑", "榫峁淞钐"},
    {"2", "屿鲷", "蕨kpl", "瓯桉", "麂獾貉", "珙桐AI芯鼐"},
    {"5", "兖蓟", "鄞Q鳐", "歙黟绩", "邳睢沭泗", "濉瀍濞灞浐"},
    {"9", "滹沱", "忻朔", "鲸落潮", "衢饶"},
    {"13", "郓沂", "蠡洱滇", "剡Go", "楠筇竹榧"},
    {"14", "𠮷𪚥", "渑崤", "汴洧颍"},
  };

  /** A word, the longer one that takes its place, and the twentieth in which it does. */
  private static final String[][] GROWING = {
    {"皋陶", "皋陶祠", "1"}, {"酉阳", "新酉阳", "2"}, {"犍为", "犍为BA", "2"}, {"嵊泗", "嵊泗岛链", "1"},
  };

  /** Rare words that are said alone once, then only as a part of longer ones. */
  private static final String[][] CLINGING = {
    {"缙郜", "缙郜阁"},
    {"郗昙", "小郗昙"},
    {"鄢棣", "鄢棣渡"},
    {"邙冢", "邙冢GP"},
    {"伽倻", "伽倻琴"},
    {"麹瑛", "老麹瑛"},
    {"夔峒", "夔峒寨"},
    {"鹮鹬", "朱鹮鹬"},
    {"箜篌", "箜篌谱"},
    {"柘枝", "柘枝舞"},
  };

  /** A word and the twentieth in which its characters begin to be said alone. */
  private static final String[][] WEARING = {
    {"龟兹", "6"}, {"皖赣", "8"}, {"崂峄", "10"}, {"闽粤", "14"},
  };

  private final Random random;
  private final List<Arrival> arrivals = new ArrayList<>();
  private final Set<String> said = new HashSet<>();

  /** The row of {@link #STEADY} that the document at hand takes most words from. */
  private String[] topic;

  /** A document on its way to the stream. */
  private record Arrival(long millis, Document document) {}

  private InventedWords(long seed) {
    random = new Random(seed);
    var reposts = new Random(-seed);
    for (int number = 0; number < DOCUMENTS; number++) {
      long quiet = number < DOCUMENTS / 2 ? 0 : QUIET_MILLIS;
      long millis = START_MILLIS + number * STEP_MILLIS + quiet;
      long late = random.nextInt((int) EpochTime.DEFAULT.outOfOrdernessMillis());
      var channel = random.nextInt(3) == 0 ? OTHER : MAIN;
      var text = text(number, channel);
      if (number > 0 && reposts.nextInt(REPOSTED) == 0) {
        text = arrivals.get(reposts.nextInt(number)).document().text();
      }
      arrivals.add(
          new Arrival(
              millis,
              new Document("d" + number, text, millis - late, channel, null, null, null, null)));
    }
  }

  /** The partitions, documents in the order of their arrival. */
  static List<List<SourceRecord>> arriving(long seed, int partitions) {
    var records = partitions(partitions);
    int next = 0;
    for (var arrival : new InventedWords(seed).arrivals) {
      add(records, next++ % partitions, arrival);
    }
    return records;
  }

  /** The same documents, those of an epoch in any order and each in any partition. */
  static List<List<SourceRecord>> shuffled(long seed, int partitions) {
    var byEpoch = new TreeMap<Long, List<Arrival>>();
    for (var arrival : new InventedWords(seed).arrivals) {
      long epoch = EpochTime.DEFAULT.epochOf(arrival.document().timeMillis());
      byEpoch.computeIfAbsent(epoch, unused -> new ArrayList<>()).add(arrival);
    }
    var order = new Random(~seed);
    var records = partitions(partitions);
    for (var ofEpoch : byEpoch.values()) {
      Collections.shuffle(ofEpoch, order);
      ofEpoch.forEach(arrival -> add(records, order.nextInt(partitions), arrival));
    }
    return records;
  }

  private static List<List<SourceRecord>> partitions(int count) {
    var records = new ArrayList<List<SourceRecord>>();
    for (int partition = 0; partition < count; partition++) {
      records.add(new ArrayList<>());
    }
    return records;
  }

  private static void add(List<List<SourceRecord>> records, int partition, Arrival arrival) {
    var own = records.get(partition);
    own.add(
        SourceRecord.of(
            new RawRecord(
                "documents", partition, own.size(), arrival.millis(), null, null, List.of()),
            arrival.document()));
  }

  private String text(int number, String channel) {
    int twentieth = number * 20 / DOCUMENTS;
    var text = new StringBuilder();
    topic = topic(twentieth);
    for (int phrases = 2 + random.nextInt(2); phrases > 0; phrases--) {
      fill(text, twentieth, 1 + random.nextInt(3));
      text.append(word(twentieth, channel));
      fill(text, twentieth, 1 + random.nextInt(3));
      text.append(phrases > 1 ? '，' : '。');
    }
    return text.toString();
  }

  private void fill(StringBuilder text, int twentieth, int characters) {
    for (int i = 0; i < characters; i++) {
      var worn = WEARING[random.nextInt(WEARING.length)];
      boolean wears = twentieth >= Integer.parseInt(worn[1]) && random.nextInt(3) == 0;
      var from = wears ? worn[0] : FILLER;
      text.append(from.charAt(random.nextInt(from.length())));
    }
  }

  private String word(int twentieth, String channel) {
    int kind = random.nextInt(6);
    if (kind < 2) {
      var growing = GROWING[random.nextInt(GROWING.length)];
      return growing[twentieth < Integer.parseInt(growing[2]) ? 0 : 1];
    }
    if (kind == 2) {
      var wearing = WEARING[random.nextInt(WEARING.length)];
      if (twentieth < Integer.parseInt(wearing[1])) {
        return wearing[0];
      }
    }
    if (kind == 3 && random.nextBoolean()) {
      var clinging = CLINGING[random.nextInt(CLINGING.length)];
      return clinging[said.add(channel + clinging[0]) ? 0 : 1];
    }
    var row = random.nextInt(3) == 0 ? topic(twentieth) : topic;
    return row[1 + random.nextInt(row.length - 1)];
  }

  private String[] topic(int twentieth) {
    String[] steady;
    do {
      steady = STEADY[random.nextInt(STEADY.length)];
    } while (twentieth < Integer.parseInt(steady[0]));
    return steady;
  }
}
