package io.github.wenliu.operators.link;

import io.github.wenliu.models.link.LinkStatistics;
import io.github.wenliu.models.link.LinkStatistics.Count;
import io.github.wenliu.models.text.NormalizedText;

/** Says in numbers how well a candidate fits its mention, the text and the other mentions. */
final class CandidateFeatures {

  /** A share that is expected where nothing was seen, by what it is of. */
  private static final double LINK_RATE = 0.1;

  private static final double MEANT_RATE = 0.5;

  /** Objects and predicates of facts that are shorter say nothing. */
  private static final int MIN_PART = 2;

  private final LinkScene scene;
  private final TextProfile text;
  private FeatureRow row;

  CandidateFeatures(LinkScene scene) {
    this.scene = scene;
    this.text = scene.text();
  }

  /** Puts the numbers of a candidate beside those of its mention. */
  void put(MentionCandidates of, EntryProfile entry, FeatureRow into) {
    row = into;
    var candidate = entry.candidate();
    row.put(LinkFeature.values()[LinkFeature.IS_NAME.ordinal() + candidate.kind().ordinal()], true);
    double priors = 0;
    double best = 0;
    for (var other : of.entries()) {
      priors += other.candidate().prior();
      best = Math.max(best, other.candidate().prior());
      if (other.candidate().kind().compareTo(candidate.kind()) < 0) {
        row.put(LinkFeature.SURER_OTHER, true);
      }
    }
    row.putLog(LinkFeature.PRIOR, candidate.prior());
    row.put(
        LinkFeature.PRIOR_SHARE,
        priors > 0 ? candidate.prior() / priors : 1.0 / (of.entries().size() + of.more()));
    row.put(LinkFeature.IS_FIRST_BY_PRIOR, best > 0 && candidate.prior() == best);
    putName(of.mention(), entry);
    putDescription(of.mention(), entry);
    putTypes(of.mention(), candidate);
    putFacts(of.mention(), candidate);
    putCoherence(of, entry);
  }

  private void putName(Mention mention, EntryProfile entry) {
    var candidate = entry.candidate();
    var named =
        scene.seen(LinkStatistics.NAME, LinkStatistics.pair(mention.alias(), candidate.id()));
    var linked = scene.seen(LinkStatistics.SURFACE, mention.alias()).linked();
    row.putOdds(
        LinkFeature.NAME_ODDS,
        new Count(Math.max(linked, named.linked()), named.linked()),
        MEANT_RATE);
    row.putLog(LinkFeature.NAME_COUNT, named.linked());
    row.putLog(LinkFeature.ID_COUNT, scene.seen(LinkStatistics.ENTRY, candidate.id()).linked());
    row.put(
        LinkFeature.NAME_SHARE,
        Math.min(1, (double) mention.alias().length() / entry.name().length()));
    var written = NormalizedText.normalize(text.slice(mention));
    row.put(
        LinkFeature.ALIAS_SHARE, Math.min(1, (double) mention.alias().length() / written.length()));
    row.put(
        LinkFeature.REFERS_BACK,
        mention.alias().length() > written.length() && !written.contains(mention.alias()));
    row.put(LinkFeature.EXACT_CASE, text.slice(mention).equals(candidate.name()));
    boolean elsewhere = false;
    if (mention.alias().equals(entry.name())) {
      elsewhere = text.occurrences(entry.name()) > 1;
    } else {
      int at = text.indexOf(entry.name());
      elsewhere = at >= 0;
      row.put(
          LinkFeature.FULL_NAME_BEFORE,
          elsewhere && at < text.text().first(scene.around(mention).from()));
    }
    row.put(LinkFeature.FULL_NAME, elsewhere);
    row.put(LinkFeature.SURER_ELSEWHERE, scene.hasSurer(candidate));
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
    row.put(LinkFeature.HAS_DESCRIPTION, true);
    row.putLog(LinkFeature.DESCRIPTION_LENGTH, description.symbols());
    row.put(LinkFeature.DESCRIPTION_SHARE, weights[0] == 0 ? 0 : weights[1] / weights[0]);
    row.putLog(LinkFeature.DESCRIPTION_WEIGHT, weights[1]);
    var end = entry.descriptionEnd();
    row.putOdds(
        LinkFeature.DESCRIPTION_END_ODDS, scene.seen(LinkStatistics.DESCRIPTION, end), LINK_RATE);
    row.put(LinkFeature.DESCRIPTION_END, text.indexOf(end) >= 0 && !mention.alias().contains(end));
    row.put(LinkFeature.WHOLE_DESCRIPTION, text.indexOf(description.normalized()) >= 0);
  }

  private void putTypes(Mention mention, KbCandidate candidate) {
    if (candidate.types().isEmpty()) {
      return;
    }
    row.put(LinkFeature.HAS_TYPE, true);
    var type = new Count(0, 0);
    var agreement = new Count(0, 0);
    var entity =
        mention.entity() == Mention.NO_ENTITY ? "" : scene.entities().get(mention.entity()).type();
    boolean inText = false;
    for (String name : candidate.types()) {
      var ofType = scene.seen(LinkStatistics.TYPE, name);
      type = ofType.seen() > type.seen() ? ofType : type;
      var ofBoth = scene.seen(LinkStatistics.AGREEMENT, LinkStatistics.pair(entity, name));
      agreement = ofBoth.seen() > agreement.seen() ? ofBoth : agreement;
      inText |= text.indexOf(NormalizedText.normalize(name)) >= 0;
    }
    row.put(LinkFeature.TYPE_IN_TEXT, inText);
    row.putOdds(LinkFeature.TYPE_ODDS, type, LINK_RATE);
    row.putOdds(LinkFeature.AGREEMENT_ODDS, agreement, LINK_RATE);
  }

  /** An object that is the mention itself is in the text anyway, so it says nothing. */
  private void putFacts(Mention mention, KbCandidate candidate) {
    var written = NormalizedText.normalize(text.slice(mention)).strip();
    int objects = 0;
    int predicates = 0;
    for (KbFact fact : candidate.facts()) {
      var object = NormalizedText.normalize(fact.object()).strip();
      boolean isMention = object.equals(mention.alias()) || object.equals(written);
      objects += !isMention && has(object) ? 1 : 0;
      predicates += has(NormalizedText.normalize(fact.predicate()).strip()) ? 1 : 0;
    }
    row.putLog(LinkFeature.FACT_OBJECTS, objects);
    row.putLog(LinkFeature.FACT_PREDICATES, predicates);
    row.putLog(LinkFeature.FACTS, candidate.facts().size());
  }

  private boolean has(String part) {
    return part.length() >= MIN_PART && text.indexOf(part) >= 0;
  }

  private void putCoherence(MentionCandidates of, EntryProfile entry) {
    int named = 0;
    boolean isNamed = false;
    for (var other : scene.mentions()) {
      if (other != of && !other.contains(of) && !of.contains(other)) {
        named +=
            !other.mention().alias().equals(of.mention().alias())
                    && entry.says(other.mention().alias())
                ? 1
                : 0;
        isNamed |= !isNamed && other.isName() && saidBy(other, entry);
      }
    }
    row.putLog(LinkFeature.NAMES_NEIGHBOURS, named);
    row.put(LinkFeature.NAMED_BY_NEIGHBOURS, isNamed);
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
}
