package io.github.wenliu.operators.link;

import io.github.wenliu.models.text.NormalizedText;
import it.unimi.dsi.fastutil.ints.IntOpenHashSet;

/**
 * What the features of a candidate need to know of it, whatever the mention; found out when it is
 * asked for. Not thread-safe.
 */
final class EntryProfile {

  private final KbCandidate candidate;
  private String name;
  private NormalizedText description;

  /** Grams of the name, which a text that mentions it has anyway. */
  private IntOpenHashSet nameGrams;

  /** Description and objects of facts, normalised. */
  private String said;

  EntryProfile(KbCandidate candidate) {
    this.candidate = candidate;
  }

  KbCandidate candidate() {
    return candidate;
  }

  /** Its name in normalised form. */
  String name() {
    if (name == null) {
      name = NormalizedText.normalize(candidate.name());
    }
    return name;
  }

  NormalizedText description() {
    if (description == null) {
      description = NormalizedText.of(candidate.description());
    }
    return description;
  }

  /** The last two symbols of the description, often what the entry is; empty without one. */
  String descriptionEnd() {
    int symbols = description().symbols();
    return description.normalized(Math.max(0, symbols - 2), symbols);
  }

  boolean isOfName(int gram) {
    if (nameGrams == null) {
      var grams = new IntOpenHashSet();
      TextProfile.forEachGram(
          NormalizedText.of(candidate.name()), (some, weight) -> grams.add(some));
      nameGrams = grams;
    }
    return nameGrams.contains(gram);
  }

  /** Whether its description or an object of its facts has a normalised string. */
  boolean says(String normalized) {
    if (said == null) {
      var all = new StringBuilder(description().normalized());
      for (KbFact fact : candidate.facts()) {
        all.append('\n').append(NormalizedText.normalize(fact.object()));
      }
      said = all.toString();
    }
    return said.contains(normalized);
  }
}
