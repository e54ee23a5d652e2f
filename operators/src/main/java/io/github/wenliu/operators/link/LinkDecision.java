package io.github.wenliu.operators.link;

import io.github.wenliu.models.link.LinkThresholds;
import io.github.wenliu.operators.document.Candidate;
import io.github.wenliu.operators.document.EnrichedDocument;
import io.github.wenliu.operators.document.Entity;
import io.github.wenliu.operators.document.Link;
import io.github.wenliu.operators.document.Relation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * The links of one document. Each mention goes to its most probable candidate, if that is probable
 * enough; of links whose mentions overlap the longer stays if both mean the same, else the more
 * probable. What the extractor found stays an entity in any case, with a link or NIL; what only the
 * knowledge base knows becomes one if it is linked.
 */
final class LinkDecision {

  /** Origin of an entity that only the knowledge base knows. */
  private static final String LEXICON = "lexicon";

  /** Type of such an entity whose entry has none. */
  private static final String NO_TYPE = "ENTITY";

  private static final Comparator<Choice> SUREST =
      Comparator.comparingDouble(Choice::score)
          .reversed()
          .thenComparing(
              choice -> choice.mention().end() - choice.mention().start(),
              Comparator.reverseOrder())
          .thenComparingInt(choice -> choice.mention().start());

  private final LinkTask task;
  private final List<MentionCandidates> mentions;
  private final LinkThresholds thresholds;
  private final LinkParameters parameters;

  /** A mention and what is thought of it. */
  private record Choice(Mention mention, List<Scored> candidates, boolean isBelieved) {
    double score() {
      return candidates.get(0).probability();
    }

    String best() {
      return candidates.get(0).candidate().id();
    }
  }

  private record Scored(KbCandidate candidate, double probability) {}

  LinkDecision(
      LinkTask task,
      List<MentionCandidates> mentions,
      LinkThresholds thresholds,
      LinkParameters parameters) {
    this.task = task;
    this.mentions = mentions;
    this.thresholds = thresholds;
    this.parameters = parameters;
  }

  EnrichedDocument linked(float[] logits) {
    var choices = new ArrayList<Choice>(mentions.size());
    int pair = 0;
    for (var mention : mentions) {
      choices.add(choice(mention, logits, pair));
      pair += mention.entries().size();
    }
    return withLinks(choices, believed(choices));
  }

  private Choice choice(MentionCandidates of, float[] logits, int first) {
    boolean isGiven = isGiven(of.mention());
    var scored = new ArrayList<Scored>(of.entries().size());
    double[] probabilities = probabilities(logits, first, of.entries().size(), isGiven);
    for (int i = 0; i < probabilities.length; i++) {
      scored.add(new Scored(of.entries().get(i), probabilities[i]));
    }
    scored.sort(
        Comparator.comparingDouble(Scored::probability)
            .reversed()
            .thenComparing(one -> one.candidate().id()));
    return new Choice(of.mention(), scored, scored.get(0).probability() >= threshold(of.mention()));
  }

  private double threshold(Mention mention) {
    if (!isGiven(mention)) {
      return thresholds.found();
    }
    return entity(mention).isGiven() ? thresholds.given() : thresholds.extracted();
  }

  /**
   * Of a given mention relative to the other candidates and to none, whose log-odds are 0; else of
   * each candidate by itself.
   */
  private static double[] probabilities(float[] logits, int first, int count, boolean isGiven) {
    double[] probabilities = new double[count];
    double most = 0;
    for (int i = 0; i < count; i++) {
      probabilities[i] = logits[2 * (first + i) + (isGiven ? 1 : 0)];
      most = isGiven ? Math.max(most, probabilities[i]) : 0;
    }
    double sum = StrictMath.exp(-most);
    for (int i = 0; i < count; i++) {
      probabilities[i] =
          isGiven
              ? StrictMath.exp(probabilities[i] - most)
              : 1 / (1 + StrictMath.exp(-probabilities[i]));
      sum += probabilities[i];
    }
    for (int i = 0; isGiven && i < count; i++) {
      probabilities[i] /= sum;
    }
    return probabilities;
  }

  /** Whether it counts as a mention for sure, so that only its meaning is to be judged. */
  private boolean isGiven(Mention mention) {
    return mention.entity() != Mention.NO_ENTITY
        && (parameters.entitiesAreMentions() || entity(mention).isGiven());
  }

  private Entity entity(Mention mention) {
    return task.document().entities().get(mention.entity());
  }

  /**
   * The links that stay, by their choices; those of given mentions may overlap as they were given.
   */
  private Map<Choice, Boolean> believed(List<Choice> choices) {
    var sorted = new ArrayList<>(choices);
    sorted.sort(SUREST);
    var believed = new IdentityHashMap<Choice, Boolean>();
    for (var choice : sorted) {
      if (choice.isBelieved()
          && (cameWithTheText(choice)
              || choices.stream().noneMatch(other -> saysTheSameByMore(other, choice))
                  && believed.keySet().stream().noneMatch(other -> overlap(other, choice)))) {
        believed.put(choice, true);
      }
    }
    return believed;
  }

  private boolean cameWithTheText(Choice choice) {
    var mention = choice.mention();
    return mention.entity() != Mention.NO_ENTITY && entity(mention).isGiven();
  }

  /** Whether a longer mention, which contains the other one, means the same entry. */
  private static boolean saysTheSameByMore(Choice longer, Choice other) {
    var outer = longer.mention();
    var inner = other.mention();
    return longer.isBelieved()
        && outer.start() <= inner.start()
        && outer.end() >= inner.end()
        && outer.end() - outer.start() > inner.end() - inner.start()
        && longer.best().equals(other.best());
  }

  private static boolean overlap(Choice a, Choice b) {
    boolean isSame =
        a.mention().start() == b.mention().start() && a.mention().end() == b.mention().end();
    return !isSame
        && a.mention().start() < b.mention().end()
        && b.mention().start() < a.mention().end();
  }

  private EnrichedDocument withLinks(List<Choice> choices, Map<Choice, Boolean> believed) {
    var document = task.document();
    var before = document.entities() == null ? List.<Entity>of() : document.entities();
    var linked = new Entity[before.size()];
    for (int i = 0; i < linked.length; i++) {
      linked[i] = before.get(i).withLink(new Link(null, null, 1, List.of(), true));
    }
    var all = new ArrayList<Entity>(before.size() + believed.size());
    for (var choice : choices) {
      boolean isLinked = believed.containsKey(choice);
      int index = choice.mention().entity();
      if (index != Mention.NO_ENTITY) {
        linked[index] = before.get(index).withLink(link(choice, isLinked));
      } else if (isLinked) {
        all.add(entity(choice));
      }
    }
    all.addAll(Arrays.asList(linked));
    all.sort(
        Comparator.comparingInt(Entity::start)
            .thenComparingInt(Entity::end)
            .thenComparing(Entity::type));
    return document.withExtraction(
        all, relations(document.relations(), linked, all), document.versions());
  }

  private Link link(Choice choice, boolean isLinked) {
    var candidates =
        choice.candidates().stream()
            .limit(parameters.shownCandidates())
            .map(scored -> new Candidate(scored.candidate().id(), scored.probability()))
            .toList();
    var best = choice.candidates().get(0).candidate();
    return isLinked
        ? new Link(best.id(), best.name(), choice.score(), candidates, false)
        : new Link(null, null, 1 - choice.score(), candidates, true);
  }

  private Entity entity(Choice choice) {
    var mention = choice.mention();
    var types = choice.candidates().get(0).candidate().types();
    return new Entity(
        mention.start(),
        mention.end(),
        mention.startUtf16(),
        mention.endUtf16(),
        types.isEmpty() ? NO_TYPE : types.get(0),
        choice.score(),
        LEXICON,
        link(choice, true),
        null);
  }

  /** The same relations, whose entities may have other numbers now. */
  private static List<Relation> relations(
      List<Relation> relations, Entity[] before, List<Entity> all) {
    if (relations == null || relations.isEmpty()) {
      return relations;
    }
    var places = new IdentityHashMap<Entity, Integer>();
    for (int i = 0; i < all.size(); i++) {
      places.put(all.get(i), i);
    }
    return relations.stream()
        .map(
            relation ->
                new Relation(
                    places.get(before[relation.subject()]),
                    relation.predicate(),
                    places.get(before[relation.object()]),
                    relation.score()))
        .toList();
  }
}
