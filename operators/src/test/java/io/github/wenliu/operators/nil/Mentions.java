package io.github.wenliu.operators.nil;

import io.github.wenliu.models.text.Lexicon;
import io.github.wenliu.operators.document.EpochTime;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** Mentions for tests, with the parts that a test does not care about filled in. */
final class Mentions {

  /** Epochs of one second, lag two. */
  static final EpochTime TIME = new EpochTime(500, 60_000, 1_000, 2);

  /** Published from two mentions in two documents on, kept for ten epochs, three of a name. */
  static final NilParameters PARAMETERS =
      new NilParameters(2, 2, Duration.ofSeconds(10), 3, Set.of(), true);

  static final String NAME = "墨鲷";

  static final List<String> STORM = List.of("台风", "登陆", "屿安", "风眼", "停课");
  static final List<String> BAND = List.of("乐队", "专辑", "巡演", "贝斯手", "主唱");
  static final List<String> FISH = List.of("渔民", "鱼市", "清蒸", "海钓", "鲜味");
  static final List<String> SHIP = List.of("货轮", "船坞", "下水", "吨位", "港机");

  private Mentions() {}

  static UnlinkedMention mention(long epoch, long offset, String type, List<String> context) {
    return mention(epoch, offset, 0, type, NAME, context);
  }

  static UnlinkedMention mention(
      long epoch, long offset, int start, String type, String surface, List<String> context) {
    return new UnlinkedMention(
        "main",
        NAME,
        type,
        surface,
        context,
        "…" + surface + offset,
        "t",
        0,
        offset,
        start,
        start + 2,
        epoch,
        epoch * TIME.epochMillis() + offset % 1_000);
  }

  static ContextLikeness likeness() {
    return new ContextLikeness(Lexicon.base());
  }
}
