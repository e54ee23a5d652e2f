package io.github.wenliu.operators.document;

import java.util.List;

/**
 * The envelope: a document with one layer for each stage of the corridor. A layer that no stage has
 * filled is {@code null}, an empty one says that the stage found nothing.
 *
 * @param raw the record as it was read
 * @param document the document
 * @param effectiveMillis effective time in epoch milliseconds: the clock of everything downstream
 * @param epoch {@code floorDiv(effectiveMillis, epoch length)}
 * @param flags bits of {@link Flag}
 * @param words layer of the word tagger, in order of the text
 * @param entities layer of the extractor, sorted by start, end, type
 * @param relations layer of the extractor
 * @param communities ids of the communities that the document touches
 * @param versions what it was treated with
 */
public record EnrichedDocument(
    RawRecord raw,
    Document document,
    long effectiveMillis,
    long epoch,
    int flags,
    List<Word> words,
    List<Entity> entities,
    List<Relation> relations,
    List<String> communities,
    Versions versions) {

  public EnrichedDocument {
    if (raw == null || document == null || versions == null) {
      throw new IllegalArgumentException("an envelope has a record, a document and versions");
    }
  }

  /** A document as it leaves the door, with no layer yet. */
  public static EnrichedDocument entering(
      RawRecord raw, Document document, long effectiveMillis, long epoch, int flags) {
    return new EnrichedDocument(
        raw, document, effectiveMillis, epoch, flags, null, null, null, null, Versions.NONE);
  }

  /** A copy with the layer of the word tagger. */
  public EnrichedDocument withWords(List<Word> words, Versions versions) {
    return with(flags, words, entities, relations, communities, versions);
  }

  /**
   * A copy with the layer of the community tagger.
   *
   * @param words the same words with their communities
   * @param entities the same entities with theirs
   */
  public EnrichedDocument withCommunities(
      List<Word> words, List<Entity> entities, List<String> communities, Versions versions) {
    return with(flags, words, entities, relations, List.copyOf(communities), versions);
  }

  /** A copy with the layers of the extractor. */
  public EnrichedDocument withExtraction(
      List<Entity> entities, List<Relation> relations, Versions versions) {
    return with(flags, words, entities, relations, communities, versions);
  }

  /** A copy with one more flag. */
  public EnrichedDocument withFlag(Flag flag) {
    return with(flags | flag.bit(), words, entities, relations, communities, versions);
  }

  private EnrichedDocument with(
      int flags,
      List<Word> words,
      List<Entity> entities,
      List<Relation> relations,
      List<String> communities,
      Versions versions) {
    return new EnrichedDocument(
        raw,
        document,
        effectiveMillis,
        epoch,
        flags,
        copied(words),
        copied(entities),
        copied(relations),
        communities,
        versions);
  }

  private static <T> List<T> copied(List<T> layer) {
    return layer == null ? null : List.copyOf(layer);
  }
}
