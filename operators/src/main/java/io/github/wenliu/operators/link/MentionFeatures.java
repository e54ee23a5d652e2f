package io.github.wenliu.operators.link;

import io.github.wenliu.models.link.LinkStatistics;
import io.github.wenliu.models.text.Lexicon;
import io.github.wenliu.operators.document.Entity;

/** Says in numbers what a mention is and what stands around it, whatever it may mean. */
final class MentionFeatures {

  /** A share that is expected where nothing was seen. */
  private static final double LINK_RATE = 0.1;

  private final LinkScene scene;
  private final TextProfile text;
  private final Lexicon lexicon;
  private FeatureRow row;

  MentionFeatures(LinkScene scene, Lexicon lexicon) {
    this.scene = scene;
    this.text = scene.text();
    this.lexicon = lexicon;
  }

  /** The numbers that all candidates of a mention share. */
  FeatureRow of(MentionCandidates of) {
    row = new FeatureRow();
    var mention = of.mention();
    var neighbours = scene.around(mention);
    int from = neighbours.from();
    int to = neighbours.to();
    var written = text.slice(mention);
    row.putLog(LinkFeature.LENGTH, to - from);
    row.put(LinkFeature.LATIN, written.codePoints().noneMatch(MentionFeatures::isWide));
    row.put(LinkFeature.CAPITAL, Character.isUpperCase(written.codePointAt(0)));
    row.put(
        LinkFeature.ALL_CAPITALS,
        written.length() > 1
            && written.codePoints().anyMatch(Character::isUpperCase)
            && written.codePoints().noneMatch(Character::isLowerCase));
    putEntities(mention);
    row.put(LinkFeature.STARTS_WORD, text.startsWord(mention.start()));
    row.put(LinkFeature.ENDS_WORD, text.endsWord(mention.end()));
    boolean isWord = text.isWord(mention.start(), mention.end());
    row.put(LinkFeature.IS_WORD, isWord);
    row.put(LinkFeature.NEW_WORD, isWord && text.isDiscovered(mention.start()));
    long count = lexicon.normalizedCount(mention.alias());
    row.put(LinkFeature.IN_LEXICON, count > 0);
    row.putLog(LinkFeature.LEXICON_COUNT, count);
    putNeighbours(of);
    var before = neighbours.before();
    var behind = neighbours.behind();
    row.put(LinkFeature.IN_TITLE_MARKS, before.equals("《") && behind.equals("》"));
    row.put(
        LinkFeature.IN_QUOTES,
        !before.isEmpty()
            && "\"'“‘「".contains(before)
            && !behind.isEmpty()
            && "\"'”’」".contains(behind));
    row.put(LinkFeature.AT_START, from == 0);
    row.put(LinkFeature.AT_END, to >= text.text().symbols());
    row.put(LinkFeature.POSITION, (double) mention.start() / Math.max(1, text.length()));
    row.putLog(LinkFeature.TEXT_LENGTH, text.length());
    row.put(LinkFeature.REPEATED, text.occurrences(mention.alias()) > 1);
    var surface = scene.seen(LinkStatistics.SURFACE, mention.alias());
    row.putOdds(LinkFeature.SURFACE_ODDS, surface, LINK_RATE);
    row.putLog(LinkFeature.SURFACE_COUNT, surface.seen());
    row.putOdds(LinkFeature.LEFT_ODDS, scene.seen(LinkStatistics.LEFT, before), LINK_RATE);
    row.putOdds(LinkFeature.RIGHT_ODDS, scene.seen(LinkStatistics.RIGHT, behind), LINK_RATE);
    row.putOdds(
        LinkFeature.FAR_LEFT_ODDS,
        scene.seen(LinkStatistics.FAR_LEFT, neighbours.farBefore(text.text())),
        LINK_RATE);
    row.putOdds(
        LinkFeature.FAR_RIGHT_ODDS,
        scene.seen(LinkStatistics.FAR_RIGHT, neighbours.farBehind(text.text())),
        LINK_RATE);
    row.putOdds(
        LinkFeature.LAST_ODDS,
        scene.seen(LinkStatistics.LAST, neighbours.last(text.text())),
        LINK_RATE);
    row.putLog(LinkFeature.CANDIDATES, of.entries().size() + of.more());
    row.putLog(LinkFeature.MENTIONS, scene.mentions().size());
    return row;
  }

  private void putEntities(Mention mention) {
    var entities = scene.entities();
    if (entities == null) {
      return;
    }
    for (int i = 0; i < entities.size(); i++) {
      Entity entity = entities.get(i);
      if (i == mention.entity()) {
        row.put(LinkFeature.ENTITY, true);
        row.put(LinkFeature.ENTITY_SCORE, entity.score());
        row.putOdds(
            LinkFeature.ENTITY_TYPE_ODDS,
            scene.seen(LinkStatistics.AGREEMENT, entity.type()),
            LINK_RATE);
      } else if (entity.start() < mention.end() && mention.start() < entity.end()) {
        boolean inside = entity.start() <= mention.start() && entity.end() >= mention.end();
        boolean covers = entity.start() >= mention.start() && entity.end() <= mention.end();
        if (!(inside && covers)) {
          row.put(
              inside
                  ? LinkFeature.INSIDE_ENTITY
                  : covers ? LinkFeature.COVERS_ENTITY : LinkFeature.CROSSES_ENTITY,
              true);
        }
      }
    }
  }

  private void putNeighbours(MentionCandidates of) {
    int contains = 0;
    int crosses = 0;
    for (var other : scene.mentions()) {
      if (other != of) {
        if (other.contains(of)) {
          row.put(LinkFeature.INSIDE_LONGER, true);
          if (other.isName()) {
            row.put(LinkFeature.INSIDE_NAME, true);
          }
        } else if (of.contains(other)) {
          contains++;
        } else if (of.crosses(other)) {
          crosses++;
        }
      }
    }
    row.putLog(LinkFeature.CONTAINS, contains);
    row.putLog(LinkFeature.CROSSES, crosses);
  }

  private static boolean isWide(int codePoint) {
    return Character.isIdeographic(codePoint)
        || Character.UnicodeBlock.of(codePoint)
            == Character.UnicodeBlock.CJK_SYMBOLS_AND_PUNCTUATION;
  }
}
