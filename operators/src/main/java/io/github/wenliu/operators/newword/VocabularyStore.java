package io.github.wenliu.operators.newword;

/** Where the entries of a channel's vocabulary are kept. */
interface VocabularyStore {

  /** The entry of a word, {@code null} if there is none. */
  VocabularyEntry get(String word) throws Exception;

  void put(String word, VocabularyEntry entry) throws Exception;

  void remove(String word) throws Exception;
}
