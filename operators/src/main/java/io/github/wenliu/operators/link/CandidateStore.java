package io.github.wenliu.operators.link;

/** The entries of an alias that are too many to be weighed, by their ids. */
interface CandidateStore {

  boolean contains(String id) throws Exception;

  void put(KbCandidate candidate) throws Exception;

  void remove(String id) throws Exception;

  Iterable<KbCandidate> all() throws Exception;
}
