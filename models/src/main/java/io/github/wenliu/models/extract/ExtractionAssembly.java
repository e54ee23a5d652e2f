package io.github.wenliu.models.extract;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Makes mentions and relations of a text from spans of positions, from what the user pinned, and
 * from the schema of the predicates.
 *
 * <ul>
 *   <li>What a user pinned always comes out as pinned, with score 1 and origin {@code lexicon},
 *       whatever the model says. A mention of the model that overlaps it gives way, but for one
 *       that holds all of it and more: 北京 is pinned, and 北京大学 stays what it is.
 *   <li>Subjects and objects are the mentions of the same span; a span without one becomes a
 *       mention of origin {@code relation}, with the score of its span and the type that the schema
 *       of its best triple gives.
 *   <li>One mention for each start, end and type; one triple for each subject, predicate name and
 *       object, the best.
 * </ul>
 */
final class ExtractionAssembly {
  private static final Comparator<EntityMention> MENTION_ORDER =
      Comparator.comparingInt(EntityMention::start)
          .thenComparingInt(EntityMention::end)
          .thenComparing(EntityMention::type);

  private static final Comparator<RelationTriple> TRIPLE_ORDER =
      Comparator.comparingInt(RelationTriple::subject)
          .thenComparingInt(RelationTriple::object)
          .thenComparing(RelationTriple::predicate);

  private final List<String> labels;
  private final List<PredicateSchema> predicates;

  /**
   * @param labels names of the labels of spans
   * @param predicates schema of each predicate of triples
   */
  ExtractionAssembly(List<String> labels, List<PredicateSchema> predicates) {
    this.labels = List.copyOf(labels);
    this.predicates = List.copyOf(predicates);
  }

  Extraction assemble(ExtractionRequest request, KeySequence positions, WindowAnswer answer) {
    List<EntityMention> mentions = pinned(request, positions);
    int pinned = mentions.size();
    for (var span : answer.spans()) {
      var mention = mention(positions, span, labels.get(span.label()), EntityMention.MODEL);
      if (mentions.subList(0, pinned).stream().noneMatch(pin -> givesWay(mention, pin))) {
        mentions.add(mention);
      }
    }
    addRelationMentions(mentions, positions, answer.triples());
    mentions.sort(MENTION_ORDER);
    return new Extraction(mentions, relations(mentions, positions, answer.triples()));
  }

  private static List<EntityMention> pinned(ExtractionRequest request, KeySequence positions) {
    var mentions = new ArrayList<EntityMention>();
    for (var hint : request.hints()) {
      if (hint.category().equals(LexiconHint.WORD)) {
        continue;
      }
      var mention =
          new EntityMention(
              hint.start(),
              hint.end(),
              positions.utf16(request.text(), hint.start()),
              positions.utf16(request.text(), hint.end()),
              hint.category(),
              1,
              EntityMention.LEXICON);
      if (!mentions.contains(mention)) {
        mentions.add(mention);
      }
    }
    return mentions;
  }

  private static boolean givesWay(EntityMention mention, EntityMention pin) {
    boolean overlaps = mention.start() < pin.end() && pin.start() < mention.end();
    boolean holds = mention.start() <= pin.start() && pin.end() <= mention.end();
    boolean isLonger = mention.end() - mention.start() > pin.end() - pin.start();
    return overlaps && !(holds && isLonger);
  }

  private void addRelationMentions(
      List<EntityMention> mentions, KeySequence positions, List<ScoredTriple> triples) {
    var known = new HashMap<Long, EntityMention>();
    mentions.forEach(mention -> known.put(place(mention.start(), mention.end()), mention));
    var best = new ArrayList<>(triples);
    best.sort(ScoredTriple.BEST_FIRST);
    for (var triple : best) {
      var schema = predicates.get(triple.predicate());
      addMention(mentions, known, positions, triple.subject(), schema.subjectType());
      addMention(mentions, known, positions, triple.object(), schema.objectType());
    }
  }

  private static void addMention(
      List<EntityMention> mentions,
      Map<Long, EntityMention> known,
      KeySequence positions,
      ScoredSpan span,
      String type) {
    var mention = mention(positions, span, type, EntityMention.RELATION);
    if (known.putIfAbsent(place(mention.start(), mention.end()), mention) == null) {
      mentions.add(mention);
    }
  }

  private List<RelationTriple> relations(
      List<EntityMention> mentions, KeySequence positions, List<ScoredTriple> triples) {
    if (triples.isEmpty()) {
      return List.of();
    }
    // The first of several mentions of one span, of which all but one are pinned.
    var index = new HashMap<Long, Integer>();
    for (int i = 0; i < mentions.size(); i++) {
      index.putIfAbsent(place(mentions.get(i).start(), mentions.get(i).end()), i);
    }
    var best = new TreeMap<RelationTriple, Double>(TRIPLE_ORDER);
    for (var triple : triples) {
      var relation =
          new RelationTriple(
              index.get(place(positions, triple.subject())),
              predicates.get(triple.predicate()).name(),
              index.get(place(positions, triple.object())),
              triple.score());
      best.merge(relation, triple.score(), Math::max);
    }
    return best.entrySet().stream()
        .map(
            entry ->
                new RelationTriple(
                    entry.getKey().subject(),
                    entry.getKey().predicate(),
                    entry.getKey().object(),
                    entry.getValue()))
        .toList();
  }

  private static EntityMention mention(
      KeySequence positions, ScoredSpan span, String type, String origin) {
    return new EntityMention(
        positions.start(span.first()),
        positions.start(span.last() + 1),
        positions.startUtf16(span.first()),
        positions.startUtf16(span.last() + 1),
        type,
        span.score(),
        origin);
  }

  private static long place(KeySequence positions, ScoredSpan span) {
    return place(positions.start(span.first()), positions.start(span.last() + 1));
  }

  private static long place(int start, int end) {
    return (long) start << Integer.SIZE | end;
  }
}
