package io.github.wenliu.operators.link;

import io.github.wenliu.models.text.NormalizedText;
import it.unimi.dsi.fastutil.ints.IntOpenHashSet;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * What the features of an entry need to know of it and of the text, whatever mention may mean it.
 */
final class EntryProfile {

  /** Objects and predicates of facts that are shorter say nothing. */
  private static final int MIN_PART = 2;

  private final String name;
  private final int nameNumber;
  private final int nameAt;
  private final NormalizedText description;
  private final String descriptionEnd;
  private final boolean endIsInText;
  private final boolean allIsInText;
  private final boolean typeIsInText;

  /** Objects of its facts that stand in the text. */
  private final List<String> objects = new ArrayList<>();

  private final int predicates;

  /** How much its description says, and how much of that the text says too. */
  private final float[] weights;

  /** Description and objects of facts, normalised. */
  private final String said;

  private BitSet names;

  /**
   * @param candidate the entry under any of its names
   * @param search takes its name
   */
  EntryProfile(KbCandidate candidate, TextProfile text, StringSearch search) {
    var ofName = NormalizedText.of(candidate.name());
    name = ofName.normalized();
    nameNumber = search.add(name);
    nameAt = text.indexOf(name);
    description = NormalizedText.of(candidate.description());
    weights = weights(ofName, text);
    descriptionEnd = end(description);
    endIsInText = text.indexOf(descriptionEnd) >= 0;
    typeIsInText =
        candidate.types().stream()
            .anyMatch(type -> text.indexOf(NormalizedText.normalize(type)) >= 0);
    var all = new StringBuilder(description.normalized());
    allIsInText = text.indexOf(all.toString()) >= 0;
    int found = 0;
    for (KbFact fact : candidate.facts()) {
      var object = NormalizedText.normalize(fact.object());
      all.append('\n').append(object);
      if (has(text, object.strip())) {
        objects.add(object.strip());
      }
      found += has(text, NormalizedText.normalize(fact.predicate()).strip()) ? 1 : 0;
    }
    predicates = found;
    said = all.toString();
  }

  private static boolean has(TextProfile text, String part) {
    return part.length() >= MIN_PART && text.indexOf(part) >= 0;
  }

  /** What is of its name does not count, as a text that mentions it has that anyway. */
  private float[] weights(NormalizedText name, TextProfile text) {
    var ofName = new IntOpenHashSet();
    TextProfile.forEachGram(name, (gram, weight) -> ofName.add(gram));
    float[] sums = new float[2];
    TextProfile.forEachGram(
        description,
        (gram, weight) -> {
          if (!ofName.contains(gram)) {
            sums[0] += weight;
            sums[1] += text.hasGram(gram) ? weight : 0;
          }
        });
    return sums;
  }

  /** The last two symbols of a description, often what the entry is; empty without one. */
  static String end(NormalizedText description) {
    int symbols = description.symbols();
    return description.normalized(Math.max(0, symbols - 2), symbols);
  }

  /** Its name in normalised form. */
  String name() {
    return name;
  }

  /** Its name as the search knows it. */
  int nameNumber() {
    return nameNumber;
  }

  /** Where its name first stands, in UTF-16 units of the normalised text; -1 nowhere. */
  int nameAt() {
    return nameAt;
  }

  /** Length of its description in symbols. */
  int descriptionLength() {
    return description.symbols();
  }

  String descriptionEnd() {
    return descriptionEnd;
  }

  boolean endIsInText() {
    return endIsInText;
  }

  /** Whether the text has the whole description. */
  boolean allIsInText() {
    return allIsInText;
  }

  /** How much its description says, beyond its name. */
  float weight() {
    return weights[0];
  }

  /** How much of that the text says too. */
  float commonWeight() {
    return weights[1];
  }

  boolean typeIsInText() {
    return typeIsInText;
  }

  /** Objects of its facts that stand in the text, normalised. */
  List<String> objects() {
    return objects;
  }

  /** How many predicates of its facts stand in the text. */
  int predicates() {
    return predicates;
  }

  /**
   * Which names its description or an object of its facts has.
   *
   * @param search has all of them by now
   */
  BitSet names(StringSearch search) {
    if (names == null) {
      names = search.in(said);
    }
    return names;
  }
}
