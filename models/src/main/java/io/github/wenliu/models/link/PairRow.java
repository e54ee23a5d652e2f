package io.github.wenliu.models.link;

/**
 * Pairs of one document that are scored in one row of a batch.
 *
 * @param pairs all of the document
 * @param from first of them
 * @param to behind the last
 */
record PairRow(LinkPairs pairs, int from, int to) {

  int size() {
    return to - from;
  }
}
