package io.github.wenliu.operators.document;

/**
 * Which versions of everything learned or shipped a document was treated with. What a stage has not
 * set is {@code null}; an epoch names a version, 0 the empty one that is valid before the first.
 *
 * @param normaliser version of the text normalisation
 * @param lexicon version of the base lexicon
 * @param scorer version of the new-word scorer
 * @param model name and version of the extraction model
 * @param scheme label schemes of the model: that of the entities, or of the relations, or both with
 *     a plus sign between
 * @param vocabulary epoch of the vocabulary
 * @param memberships epoch of the community memberships
 * @param kb epoch of the knowledge base
 */
public record Versions(
    String normaliser,
    String lexicon,
    String scorer,
    String model,
    String scheme,
    Long vocabulary,
    Long memberships,
    Long kb) {

  /** No stage has treated the document yet. */
  public static final Versions NONE = new Versions(null, null, null, null, null, null, null, null);

  /** A copy with what the word tagger sets. */
  public Versions withWords(String normaliser, String lexicon, String scorer, long vocabulary) {
    return new Versions(normaliser, lexicon, scorer, model, scheme, vocabulary, memberships, kb);
  }

  /** A copy that says what it is to be extracted with; {@code null} for nothing. */
  public Versions withModel(String model, String scheme) {
    return new Versions(normaliser, lexicon, scorer, model, scheme, vocabulary, memberships, kb);
  }

  /** A copy with what the community tagger sets. */
  public Versions withMemberships(long memberships) {
    return new Versions(normaliser, lexicon, scorer, model, scheme, vocabulary, memberships, kb);
  }

  /** A copy that says which version of the knowledge base it may know of. */
  public Versions withKb(long kb) {
    return new Versions(normaliser, lexicon, scorer, model, scheme, vocabulary, memberships, kb);
  }
}
