package io.github.wenliu.operators.link;

import io.github.wenliu.models.link.LinkStatistics;
import io.github.wenliu.models.link.LinkStatistics.Count;
import io.github.wenliu.models.text.NormalizedText;
import java.util.Arrays;

/** Says in numbers how well a candidate fits its mention, the text and the other mentions. */
final class CandidateFeatures {

  /** A share that is expected where nothing was seen, by what it is of. */
  private static final double LINK_RATE = 0.1;

  private static final double MEANT_RATE = 0.5;

  /** By kind of name. */
  private static final LinkFeature[] KINDS =
      Arrays.copyOfRange(
          LinkFeature.values(),
          LinkFeature.IS_NAME.ordinal(),
          LinkFeature.IS_NAME.ordinal() + NameKind.values().length);

  private final LinkScene scene;
  private final TextProfile text;
  private FeatureRow row;

  CandidateFeatures(LinkScene scene) {
    this.scene = scene;
    this.text = scene.text();
  }

  /** Puts the numbers of a candidate beside those of its mention. */
  void put(MentionCandidates of, KbCandidate candidate, FeatureRow into) {
    row = into;
    row.put(KINDS[candidate.kind().ordinal()], true);
    double priors = 0;
    double best = 0;
    for (var other : of.entries()) {
      priors += other.prior();
      best = Math.max(best, other.prior());
      if (other.kind().compareTo(candidate.kind()) < 0) {
        row.put(LinkFeature.SURER_OTHER, true);
      }
    }
    row.putLog(LinkFeature.PRIOR, candidate.prior());
    row.put(
        LinkFeature.PRIOR_SHARE,
        priors > 0 ? candidate.prior() / priors : 1.0 / (of.entries().size() + of.more()));
    row.put(LinkFeature.IS_FIRST_BY_PRIOR, best > 0 && candidate.prior() == best);
    var entry = scene.profile(candidate);
    var written = NormalizedText.normalize(text.slice(of.mention()));
    putName(of.mention(), written, candidate, entry);
    putDescription(of.mention(), entry);
    putTypes(of.mention(), candidate, entry);
    putFacts(of.mention(), written.strip(), candidate, entry);
    putCoherence(of, candidate, entry);
  }

  private void putName(Mention mention, String written, KbCandidate candidate, EntryProfile entry) {
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
      elsewhere = entry.nameAt() >= 0;
      row.put(
          LinkFeature.FULL_NAME_BEFORE,
          elsewhere && entry.nameAt() < text.text().first(scene.around(mention).from()));
    }
    row.put(LinkFeature.FULL_NAME, elsewhere);
    row.put(LinkFeature.SURER_ELSEWHERE, scene.hasSurer(candidate));
  }

  private void putDescription(Mention mention, EntryProfile entry) {
    if (entry.descriptionLength() == 0) {
      return;
    }
    row.put(LinkFeature.HAS_DESCRIPTION, true);
    row.putLog(LinkFeature.DESCRIPTION_LENGTH, entry.descriptionLength());
    row.put(
        LinkFeature.DESCRIPTION_SHARE,
        entry.weight() == 0 ? 0 : entry.commonWeight() / entry.weight());
    row.putLog(LinkFeature.DESCRIPTION_WEIGHT, entry.commonWeight());
    var end = entry.descriptionEnd();
    row.putOdds(
        LinkFeature.DESCRIPTION_END_ODDS, scene.seen(LinkStatistics.DESCRIPTION, end), LINK_RATE);
    row.put(LinkFeature.DESCRIPTION_END, entry.endIsInText() && !mention.alias().contains(end));
    row.put(LinkFeature.WHOLE_DESCRIPTION, entry.allIsInText());
  }

  private void putTypes(Mention mention, KbCandidate candidate, EntryProfile entry) {
    if (candidate.types().isEmpty()) {
      return;
    }
    row.put(LinkFeature.HAS_TYPE, true);
    var type = new Count(0, 0);
    var agreement = new Count(0, 0);
    var entity =
        mention.entity() == Mention.NO_ENTITY ? "" : scene.entities().get(mention.entity()).type();
    for (String name : candidate.types()) {
      var ofType = scene.seen(LinkStatistics.TYPE, name);
      type = ofType.seen() > type.seen() ? ofType : type;
      var ofBoth = scene.seen(LinkStatistics.AGREEMENT, LinkStatistics.pair(entity, name));
      agreement = ofBoth.seen() > agreement.seen() ? ofBoth : agreement;
    }
    row.put(LinkFeature.TYPE_IN_TEXT, entry.typeIsInText());
    row.putOdds(LinkFeature.TYPE_ODDS, type, LINK_RATE);
    row.putOdds(LinkFeature.AGREEMENT_ODDS, agreement, LINK_RATE);
  }

  /** An object that is the mention itself is in the text anyway, so it says nothing. */
  private void putFacts(
      Mention mention, String written, KbCandidate candidate, EntryProfile entry) {
    int objects = 0;
    for (String object : entry.objects()) {
      objects += object.equals(mention.alias()) || object.equals(written) ? 0 : 1;
    }
    row.putLog(LinkFeature.FACT_OBJECTS, objects);
    row.putLog(LinkFeature.FACT_PREDICATES, entry.predicates());
    row.putLog(LinkFeature.FACTS, candidate.facts().size());
  }

  private void putCoherence(MentionCandidates of, KbCandidate candidate, EntryProfile entry) {
    int named = 0;
    boolean isNamed = false;
    var mentions = scene.mentions();
    for (int i = 0; i < mentions.size(); i++) {
      var other = mentions.get(i);
      if (other != of && !other.contains(of) && !of.contains(other)) {
        boolean says =
            scene.says(entry, i) && !other.mention().alias().equals(of.mention().alias());
        named += says ? 1 : 0;
        isNamed |= !isNamed && other.isName() && scene.isSaid(candidate, other);
      }
    }
    row.putLog(LinkFeature.NAMES_NEIGHBOURS, named);
    row.put(LinkFeature.NAMED_BY_NEIGHBOURS, isNamed);
  }
}
