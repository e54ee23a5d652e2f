package io.github.wenliu.operators.link;

import java.io.Serializable;

/**
 * Something that a knowledge base says of an entry.
 *
 * @param predicate such as 出生地; empty if unknown
 * @param object such as 绍兴; empty if unknown
 */
public record KbFact(String predicate, String object) implements Serializable {

  public KbFact {
    if (predicate == null || object == null) {
      throw new IllegalArgumentException("a fact has a predicate and an object");
    }
  }
}
