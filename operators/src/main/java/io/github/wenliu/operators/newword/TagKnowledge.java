package io.github.wenliu.operators.newword;

import io.github.wenliu.operators.document.Setting;

/**
 * What the tagger learns on its broadcast side: a version of a vocabulary, or a setting. Exactly
 * one of the two is there.
 *
 * @param vocabulary a version, or {@code null}
 * @param setting a setting, or {@code null}
 */
public record TagKnowledge(VocabularyDelta vocabulary, Setting setting) {

  public TagKnowledge {
    if ((vocabulary == null) == (setting == null)) {
      throw new IllegalArgumentException("knowledge is either a vocabulary or a setting");
    }
  }

  public static TagKnowledge of(VocabularyDelta vocabulary) {
    return new TagKnowledge(vocabulary, null);
  }

  public static TagKnowledge of(Setting setting) {
    return new TagKnowledge(null, setting);
  }
}
