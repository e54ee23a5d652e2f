package io.github.wenliu.pipeline;

import io.github.wenliu.operators.document.ControlChange;
import io.github.wenliu.operators.document.Document;
import io.github.wenliu.operators.document.Entity;
import io.github.wenliu.operators.document.RawRecord;
import io.github.wenliu.operators.document.SourceRecord;
import io.github.wenliu.operators.link.KbChange;
import io.github.wenliu.operators.link.KbEntry;
import io.github.wenliu.operators.link.KbFact;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A knowledge base of any size and documents that name its entries, the same at each run: entry and
 * document are a function of their number. Names are of two to four characters; of those of people
 * many are shared, and more so the larger it is.
 *
 * @param entries of the knowledge base
 */
record GeneratedKb(int entries) implements Serializable {

  static final String CHANNEL = "main";

  private static final long START_MILLIS = 1_767_225_600_000L;
  private static final long MILLIS_OF_DOCUMENT = 200;
  private static final String SURNAMES = "王李张刘陈杨黄赵周吴徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈";
  private static final String GIVEN =
      "伟芳娜秀英敏静丽强磊军洋勇艳杰涛明超兰霞平刚桂华建国志文玉海红梅云飞鹏浩宇轩晨阳春生辉龙凤鸣远山川江河湖松柏竹菊"
          + "清秋冬夏雪冰霜露晓晴雯婷佳怡欣悦思雨梦琪子涵一诺博学睿智德仁义礼信忠孝廉耻安康福禄寿喜庆祥瑞和顺昌盛荣光宗耀祖"
          + "振兴家邦定乾坤正气浩然天地玄宝珍珠翠玲珑瑶琳琅璐莹洁素心慧贤淑贞良善美嘉懿";
  private static final String[] SUFFIXES = {"公司", "大学", "集团", "镇", "河", "山", "医院", "中学", "桥", "湖"};
  private static final String[] PEOPLE = {"作家", "演员", "教授", "歌手", "运动员", "官员", "画家", "工程师"};
  private static final String[] FIELDS = {
    "长期研究水利工程", "曾在北京工作多年", "以小说闻名于世", "获得过全国比赛的冠军", "主持过地方志的编写", "参与了新药的研制", "出版诗集三部", "创办了一所学校"
  };
  private static final String[] PLACES = {
    "位于长江以南", "成立于上世纪九十年代", "是当地最大的一家", "历史可以追溯到明代", "以风景优美著称", "每年吸引许多游客", "拥有员工三千余人", "与多国有合作"
  };
  private static final String[] BETWEEN = {
    "在会上谈到了", "昨天下午访问了", "的朋友认为", "与", "公开表示支持", "的新作品提到", "后来去了", "和"
  };

  /** A text and where it names entries. */
  private record Told(String text, List<Entity> entities) {}

  KbChange change(int number) {
    return new KbChange(
        CHANNEL, id(number), entry(number), ControlChange.FOR_ALL_TIME, "kb-0-" + number);
  }

  KbEntry entry(int number) {
    var random = new SplittableRandom(number * 7919L + 1);
    boolean isPerson = isPerson(number);
    var name = name(number);
    var aliases = new ArrayList<String>();
    for (int i = random.nextInt(3); i > 0; i--) {
      aliases.add(isPerson ? "阿" + given(random) + given(random) : name + given(random));
    }
    var type = isPerson ? PEOPLE[random.nextInt(PEOPLE.length)] : "机构";
    var said = isPerson ? FIELDS : PLACES;
    var description =
        new StringBuilder(name).append("，").append(given(random)).append(given(random));
    description.append(isPerson ? "市人，" + type : "市的" + name.substring(name.length() - 1));
    int length = 20 + random.nextInt(41);
    while (description.length() < length) {
      description.append("，").append(said[random.nextInt(said.length)]);
    }
    description.setLength(length);
    var facts = new ArrayList<KbFact>();
    for (int i = random.nextInt(3); i > 0; i--) {
      facts.add(new KbFact("相关", name(random.nextInt(entries))));
    }
    return new KbEntry(
        CHANNEL,
        id(number),
        name,
        aliases,
        List.of(isPerson ? "人物" : "组织", type),
        description.toString(),
        facts,
        random.nextInt(3) == 0 ? (double) random.nextInt(10_000) : null,
        null);
  }

  /** As the source yields it. */
  SourceRecord document(int number) {
    long millis = START_MILLIS + number * MILLIS_OF_DOCUMENT;
    var text = told(number).text();
    return SourceRecord.of(
        new RawRecord(
            "documents", 0, number, millis, null, text.getBytes(StandardCharsets.UTF_8), List.of()),
        new Document("d" + number, text, millis, CHANNEL, null, null, null, null));
  }

  /** What an extractor would find in a document. */
  List<Entity> entities(int number) {
    return told(number).entities();
  }

  private Told told(int number) {
    var random = new SplittableRandom(number * 104_729L + 3);
    int length = 60 + random.nextInt(110);
    var text = new StringBuilder();
    var found = new ArrayList<Entity>();
    while (text.length() < length) {
      int which = random.nextInt(entries);
      var name = name(which);
      int from = text.length();
      text.append(name);
      found.add(
          new Entity(
              from,
              text.length(),
              from,
              text.length(),
              isPerson(which) ? "PER" : "ORG",
              .9,
              "model",
              null,
              null));
      text.append(BETWEEN[random.nextInt(BETWEEN.length)]);
      if (random.nextInt(2) == 0) {
        var description = entry(which).description();
        int at = random.nextInt(description.length() / 2);
        text.append(description, at, Math.min(description.length(), at + 12)).append("，");
      }
    }
    return new Told(text.append("。").toString(), found);
  }

  private static String id(int number) {
    return "Q" + number;
  }

  private static boolean isPerson(int number) {
    return number % 5 < 3;
  }

  private static String name(int number) {
    var random = new SplittableRandom(number * 31L + 7);
    if (isPerson(number)) {
      var surname = SURNAMES.charAt(random.nextInt(SURNAMES.length()));
      return "" + surname + given(random) + (random.nextInt(5) == 0 ? "" : given(random));
    }
    return given(random) + given(random) + SUFFIXES[random.nextInt(SUFFIXES.length)];
  }

  private static String given(SplittableRandom random) {
    return String.valueOf(GIVEN.charAt(random.nextInt(GIVEN.length())));
  }
}
