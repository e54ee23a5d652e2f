package io.github.wenliu.operators.link;

import io.github.wenliu.operators.document.EnrichedDocument;
import java.util.List;

/**
 * A document on its way through linking.
 *
 * @param document with its entities; its versions name the version of the knowledge base
 * @param mentions what may mean something, by start, then longest first
 * @param answers one for each different alias of the mentions; an empty list before they came
 */
public record LinkTask(
    EnrichedDocument document, List<Mention> mentions, List<AliasAnswer> answers) {

  public LinkTask {
    mentions = List.copyOf(mentions);
    answers = List.copyOf(answers);
  }

  /** Names the document: {@code topic-partition-offset}. */
  public String key() {
    return document.raw().origin();
  }

  /** The same with the answers. */
  public LinkTask with(List<AliasAnswer> answers) {
    return new LinkTask(document, mentions, answers);
  }

  /** How many answers it waits for: the different aliases of its mentions. */
  public int questions() {
    return (int) mentions.stream().map(Mention::alias).distinct().count();
  }
}
