package io.github.wenliu.operators.link;

import io.github.wenliu.models.link.LinkPairs;
import io.github.wenliu.models.link.LinkStatistics;
import io.github.wenliu.models.link.LinkStatistics.Count;
import io.github.wenliu.models.link.LinkTokens;
import io.github.wenliu.models.text.Lexicon;
import io.github.wenliu.models.text.NormalizedText;
import io.github.wenliu.models.text.Segmenter;
import io.github.wenliu.operators.document.Entity;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Says in numbers how well each candidate of each mention of a document fits, the other mentions
 * taken into account. O(mentions² + pairs × length of a description). Not thread-safe.
 */
final class LinkFeatures {

  /** A share that is expected where nothing was seen, by what it is of. */
  private static final double LINK_RATE = 0.1;

  private static final double MEANT_RATE = 0.5;
  private static final double WEIGHT = 2;

  /** Objects of facts that are shorter say nothing. */
  private static final int MIN_OBJECT = 2;

  /** Of counts, by far the most that logarithms are taken of. */
  private static final double[] LOGS = new double[1 << 10];

  static {
    for (int i = 0; i < LOGS.length; i++) {
      LOGS[i] = StrictMath.log1p(i);
    }
  }

  private final LinkStatistics statistics;
  private final int tokens;
  private final int vector;
  private final Segmenter segmenter = Segmenter.base();
  private final Lexicon lexicon = segmenter.lexicon();

  /** What is not to be counted, as it is the document's own. */
  private LinkStatistics own = LinkStatistics.NONE;

  private TextProfile text;
  private LinkTask task;
  private List<MentionCandidates> mentions;

  /** By id of an entry: the surest kind of name under which the document has it. */
  private Map<String, NameKind> surest;

  private float[] row;

  /**
   * @param tokens of context that a pair has
   * @param vector dimensions of a description
   */
  LinkFeatures(LinkStatistics statistics, int tokens, int vector) {
    this.statistics = statistics;
    this.tokens = tokens;
    this.vector = vector;
  }

  /** Leaves out of the statistics what a document under training contributed to them. */
  void leaveOut(LinkStatistics own) {
    this.own = own;
  }

  /**
   * The pairs of a document, mention by mention.
   *
   * @param mentions of the task, with their candidates
   */
  LinkPairs of(LinkTask task, List<MentionCandidates> mentions) {
    this.task = task;
    this.mentions = mentions;
    text = new TextProfile(task.document(), segmenter);
    surest = new HashMap<>();
    int pairs = 0;
    for (var mention : mentions) {
      pairs += mention.entries().size();
      for (var entry : mention.entries()) {
        surest.merge(
            entry.candidate().id(), entry.candidate().kind(), (a, b) -> a.compareTo(b) < 0 ? a : b);
      }
    }
    var features = new float[pairs * LinkFeature.COUNT];
    var context = new int[pairs * tokens];
    var descriptions = new byte[pairs * vector];
    int pair = 0;
    for (var mention : mentions) {
      float[] common = mentionFeatures(mention);
      int[] around = around(mention.mention());
      int begin = pair;
      for (var entry : mention.entries()) {
        row = common.clone();
        candidateFeatures(mention, entry);
        System.arraycopy(row, 0, features, pair * LinkFeature.COUNT, LinkFeature.COUNT);
        System.arraycopy(around, 0, context, pair * tokens, around.length);
        byte[] description = entry.candidate().vector();
        System.arraycopy(
            description, 0, descriptions, pair * vector, Math.min(vector, description.length));
        pair++;
      }
      compareDescriptions(features, begin, pair);
    }
    return new LinkPairs(pairs, features, context, descriptions);
  }

  int[] around(Mention mention) {
    var neighbours = new Neighbours(text.text(), mention);
    return LinkTokens.around(text.text(), neighbours.from(), neighbours.to(), tokens);
  }

  private float[] mentionFeatures(MentionCandidates of) {
    row = new float[LinkFeature.COUNT];
    var mention = of.mention();
    var neighbours = new Neighbours(text.text(), mention);
    int from = neighbours.from();
    int to = neighbours.to();
    var written = text.slice(mention);
    put(LinkFeature.LENGTH, log(to - from));
    put(LinkFeature.LATIN, written.codePoints().noneMatch(LinkFeatures::isWide));
    put(LinkFeature.CAPITAL, Character.isUpperCase(written.codePointAt(0)));
    put(
        LinkFeature.ALL_CAPITALS,
        written.length() > 1
            && written.codePoints().anyMatch(Character::isUpperCase)
            && written.codePoints().noneMatch(Character::isLowerCase));
    putEntities(mention);
    put(LinkFeature.STARTS_WORD, text.startsWord(mention.start()));
    put(LinkFeature.ENDS_WORD, text.endsWord(mention.end()));
    boolean isWord = text.isWord(mention.start(), mention.end());
    put(LinkFeature.IS_WORD, isWord);
    put(LinkFeature.NEW_WORD, isWord && text.isDiscovered(mention.start()));
    long count = lexicon.normalizedCount(mention.alias());
    put(LinkFeature.IN_LEXICON, count > 0);
    put(LinkFeature.LEXICON_COUNT, log(count));
    putNeighbours(of);
    var before = neighbours.before();
    var behind = neighbours.behind();
    put(LinkFeature.IN_TITLE_MARKS, before.equals("《") && behind.equals("》"));
    put(
        LinkFeature.IN_QUOTES,
        !before.isEmpty()
            && "\"'“‘「".contains(before)
            && !behind.isEmpty()
            && "\"'”’」".contains(behind));
    put(LinkFeature.AT_START, from == 0);
    put(LinkFeature.AT_END, to >= text.text().symbols());
    put(LinkFeature.POSITION, (double) mention.start() / Math.max(1, text.length()));
    put(LinkFeature.TEXT_LENGTH, log(text.length()));
    put(LinkFeature.REPEATED, text.occurrences(mention.alias()) > 1);
    var surface = seen(LinkStatistics.SURFACE, mention.alias());
    put(LinkFeature.SURFACE_ODDS, odds(surface, LINK_RATE));
    put(LinkFeature.SURFACE_COUNT, log(surface.seen()));
    put(LinkFeature.LEFT_ODDS, odds(seen(LinkStatistics.LEFT, before), LINK_RATE));
    put(LinkFeature.RIGHT_ODDS, odds(seen(LinkStatistics.RIGHT, behind), LINK_RATE));
    put(
        LinkFeature.FAR_LEFT_ODDS,
        odds(seen(LinkStatistics.FAR_LEFT, neighbours.farBefore(text.text())), LINK_RATE));
    put(
        LinkFeature.FAR_RIGHT_ODDS,
        odds(seen(LinkStatistics.FAR_RIGHT, neighbours.farBehind(text.text())), LINK_RATE));
    put(
        LinkFeature.LAST_ODDS,
        odds(seen(LinkStatistics.LAST, neighbours.last(text.text())), LINK_RATE));
    put(LinkFeature.CANDIDATES, log(of.entries().size() + of.more()));
    put(LinkFeature.MENTIONS, log(mentions.size()));
    return row;
  }

  private void putEntities(Mention mention) {
    var entities = task.document().entities();
    if (entities == null) {
      return;
    }
    for (int i = 0; i < entities.size(); i++) {
      Entity entity = entities.get(i);
      if (i == mention.entity()) {
        put(LinkFeature.ENTITY, true);
        put(LinkFeature.ENTITY_SCORE, entity.score());
        put(
            LinkFeature.ENTITY_TYPE_ODDS,
            odds(seen(LinkStatistics.AGREEMENT, entity.type()), LINK_RATE));
      } else if (entity.start() < mention.end() && mention.start() < entity.end()) {
        boolean inside = entity.start() <= mention.start() && entity.end() >= mention.end();
        boolean covers = entity.start() >= mention.start() && entity.end() <= mention.end();
        if (!(inside && covers)) {
          put(
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
    for (var other : mentions) {
      if (other != of) {
        if (other.contains(of)) {
          put(LinkFeature.INSIDE_LONGER, true);
          if (other.isName()) {
            put(LinkFeature.INSIDE_NAME, true);
          }
        } else if (of.contains(other)) {
          contains++;
        } else if (of.crosses(other)) {
          crosses++;
        }
      }
    }
    put(LinkFeature.CONTAINS, log(contains));
    put(LinkFeature.CROSSES, log(crosses));
  }

  private void candidateFeatures(MentionCandidates of, EntryProfile entry) {
    var candidate = entry.candidate();
    put(LinkFeature.values()[LinkFeature.IS_NAME.ordinal() + candidate.kind().ordinal()], true);
    double priors = 0;
    double best = 0;
    for (var other : of.entries()) {
      priors += other.candidate().prior();
      best = Math.max(best, other.candidate().prior());
      if (other.candidate().kind().compareTo(candidate.kind()) < 0) {
        put(LinkFeature.SURER_OTHER, true);
      }
    }
    put(LinkFeature.PRIOR, log(candidate.prior()));
    put(
        LinkFeature.PRIOR_SHARE,
        priors > 0 ? candidate.prior() / priors : 1.0 / (of.entries().size() + of.more()));
    put(LinkFeature.IS_FIRST_BY_PRIOR, best > 0 && candidate.prior() == best);
    putName(of.mention(), entry);
    putDescription(of.mention(), entry);
    putTypes(of.mention(), candidate);
    putFacts(candidate);
    putCoherence(of, entry);
  }

  private void putName(Mention mention, EntryProfile entry) {
    var candidate = entry.candidate();
    var named = seen(LinkStatistics.NAME, LinkStatistics.pair(mention.alias(), candidate.id()));
    var linked = seen(LinkStatistics.SURFACE, mention.alias()).linked();
    put(
        LinkFeature.NAME_ODDS,
        odds(new Count(Math.max(linked, named.linked()), named.linked()), MEANT_RATE));
    put(LinkFeature.NAME_COUNT, log(named.linked()));
    put(LinkFeature.ID_COUNT, log(seen(LinkStatistics.ENTRY, candidate.id()).linked()));
    put(
        LinkFeature.NAME_SHARE,
        Math.min(1, (double) mention.alias().length() / entry.name().length()));
    var written = NormalizedText.normalize(text.slice(mention));
    put(LinkFeature.ALIAS_SHARE, Math.min(1, (double) mention.alias().length() / written.length()));
    put(
        LinkFeature.REFERS_BACK,
        mention.alias().length() > written.length() && !written.contains(mention.alias()));
    put(LinkFeature.EXACT_CASE, text.slice(mention).equals(candidate.name()));
    boolean elsewhere = false;
    if (mention.alias().equals(entry.name())) {
      elsewhere = text.occurrences(entry.name()) > 1;
    } else {
      int at = text.indexOf(entry.name());
      elsewhere = at >= 0;
      put(
          LinkFeature.FULL_NAME_BEFORE,
          elsewhere && at < text.text().first(new Neighbours(text.text(), mention).from()));
    }
    put(LinkFeature.FULL_NAME, elsewhere);
    put(LinkFeature.SURER_ELSEWHERE, surest.get(candidate.id()).compareTo(candidate.kind()) < 0);
  }

  private void putDescription(Mention mention, EntryProfile entry) {
    var description = entry.description();
    if (description.symbols() == 0) {
      return;
    }
    float[] weights = new float[2];
    TextProfile.forEachGram(
        description,
        (gram, weight) -> {
          if (!entry.isOfName(gram)) {
            weights[0] += weight;
            weights[1] += text.hasGram(gram) ? weight : 0;
          }
        });
    put(LinkFeature.HAS_DESCRIPTION, true);
    put(LinkFeature.DESCRIPTION_LENGTH, log(description.symbols()));
    put(LinkFeature.DESCRIPTION_SHARE, weights[0] == 0 ? 0 : weights[1] / weights[0]);
    put(LinkFeature.DESCRIPTION_WEIGHT, log(weights[1]));
    var end = entry.descriptionEnd();
    put(LinkFeature.DESCRIPTION_END_ODDS, odds(seen(LinkStatistics.DESCRIPTION, end), LINK_RATE));
    put(LinkFeature.DESCRIPTION_END, text.indexOf(end) >= 0 && !mention.alias().contains(end));
    put(LinkFeature.WHOLE_DESCRIPTION, text.indexOf(description.normalized()) >= 0);
  }

  /** What depends on the descriptions of all candidates of a mention. */
  private static void compareDescriptions(float[] features, int begin, int end) {
    float best = 0;
    for (int pair = begin; pair < end; pair++) {
      best = Math.max(best, at(features, pair, LinkFeature.DESCRIPTION_WEIGHT));
    }
    for (int pair = begin; pair < end; pair++) {
      float weight = at(features, pair, LinkFeature.DESCRIPTION_WEIGHT);
      int base = pair * LinkFeature.COUNT;
      features[base + LinkFeature.IS_BEST_BY_DESCRIPTION.ordinal()] =
          weight == best && best > 0 ? 1 : 0;
      features[base + LinkFeature.BEHIND_BEST_DESCRIPTION.ordinal()] = best - weight;
    }
  }

  private void putTypes(Mention mention, KbCandidate candidate) {
    if (candidate.types().isEmpty()) {
      return;
    }
    put(LinkFeature.HAS_TYPE, true);
    var type = new Count(0, 0);
    var agreement = new Count(0, 0);
    var entity =
        mention.entity() == Mention.NO_ENTITY
            ? ""
            : task.document().entities().get(mention.entity()).type();
    boolean inText = false;
    for (String name : candidate.types()) {
      var ofType = seen(LinkStatistics.TYPE, name);
      type = ofType.seen() > type.seen() ? ofType : type;
      var ofBoth = seen(LinkStatistics.AGREEMENT, LinkStatistics.pair(entity, name));
      agreement = ofBoth.seen() > agreement.seen() ? ofBoth : agreement;
      inText |= text.indexOf(NormalizedText.normalize(name)) >= 0;
    }
    put(LinkFeature.TYPE_IN_TEXT, inText);
    put(LinkFeature.TYPE_ODDS, odds(type, LINK_RATE));
    put(LinkFeature.AGREEMENT_ODDS, odds(agreement, LINK_RATE));
  }

  private void putFacts(KbCandidate candidate) {
    int objects = 0;
    int predicates = 0;
    for (KbFact fact : candidate.facts()) {
      objects += fact.object().length() >= MIN_OBJECT && has(fact.object()) ? 1 : 0;
      predicates += fact.predicate().length() >= MIN_OBJECT && has(fact.predicate()) ? 1 : 0;
    }
    put(LinkFeature.FACT_OBJECTS, log(objects));
    put(LinkFeature.FACT_PREDICATES, log(predicates));
    put(LinkFeature.FACTS, log(candidate.facts().size()));
  }

  private boolean has(String part) {
    return text.indexOf(NormalizedText.normalize(part)) >= 0;
  }

  private void putCoherence(MentionCandidates of, EntryProfile entry) {
    int named = 0;
    boolean isNamed = false;
    for (var other : mentions) {
      if (other != of && !other.contains(of) && !of.contains(other)) {
        named +=
            !other.mention().alias().equals(of.mention().alias())
                    && entry.says(other.mention().alias())
                ? 1
                : 0;
        isNamed |= !isNamed && other.isName() && saidBy(other, entry);
      }
    }
    put(LinkFeature.NAMES_NEIGHBOURS, log(named));
    put(LinkFeature.NAMED_BY_NEIGHBOURS, isNamed);
  }

  private static boolean saidBy(MentionCandidates other, EntryProfile entry) {
    for (var candidate : other.entries()) {
      if (!candidate.candidate().id().equals(entry.candidate().id())
          && candidate.says(entry.name())) {
        return true;
      }
    }
    return false;
  }

  private Count seen(String kind, String key) {
    return statistics.without(own, kind, key);
  }

  private void put(LinkFeature feature, boolean value) {
    if (value) {
      row[feature.ordinal()] = 1;
    }
  }

  private void put(LinkFeature feature, double value) {
    row[feature.ordinal()] = (float) value;
  }

  private static float at(float[] features, int pair, LinkFeature feature) {
    return features[pair * LinkFeature.COUNT + feature.ordinal()];
  }

  private static double odds(Count count, double expected) {
    double rate = count.rate(expected, WEIGHT);
    double kept = Math.min(1 - 1e-3, Math.max(1e-3, rate));
    return StrictMath.log(kept / (1 - kept));
  }

  private static double log(double value) {
    int whole = (int) value;
    return whole == value && whole >= 0 && whole < LOGS.length
        ? LOGS[whole]
        : StrictMath.log1p(value);
  }

  private static boolean isWide(int codePoint) {
    return Character.isIdeographic(codePoint)
        || Character.UnicodeBlock.of(codePoint)
            == Character.UnicodeBlock.CJK_SYMBOLS_AND_PUNCTUATION;
  }
}
