package io.github.wenliu.operators.trends;

import java.util.List;

/** What is kept of one channel from epoch to epoch. */
interface TrendStore {

  /** {@code null} if nothing is kept. */
  TrendTotals totals() throws Exception;

  void setTotals(TrendTotals totals) throws Exception;

  /** {@code null} if nothing is kept of the word. */
  WordTrend get(String word) throws Exception;

  void put(String word, WordTrend trend) throws Exception;

  /** The words that are hot, in any order. */
  List<String> hotWords() throws Exception;

  void setHot(String word, boolean hot) throws Exception;

  /** The hottest words of the open window so far. */
  List<TopWord> top() throws Exception;

  void setTop(List<TopWord> top) throws Exception;
}
