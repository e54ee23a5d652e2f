package io.github.wenliu.operators.trends;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Keeps a channel in memory, for an input that ends. */
final class HeapTrendStore implements TrendStore {

  private final Map<String, WordTrend> trends = new HashMap<>();
  private final TreeSet<String> hot = new TreeSet<>();
  private TrendTotals totals;
  private List<TopWord> top = List.of();

  @Override
  public TrendTotals totals() {
    return totals;
  }

  @Override
  public void setTotals(TrendTotals totals) {
    this.totals = totals;
  }

  @Override
  public WordTrend get(String word) {
    return trends.get(word);
  }

  @Override
  public void put(String word, WordTrend trend) {
    trends.put(word, trend);
  }

  @Override
  public List<String> hotWords() {
    return List.copyOf(hot);
  }

  @Override
  public void setHot(String word, boolean isHot) {
    if (isHot) {
      hot.add(word);
    } else {
      hot.remove(word);
    }
  }

  @Override
  public List<TopWord> top() {
    return top;
  }

  @Override
  public void setTop(List<TopWord> top) {
    this.top = List.copyOf(top);
  }
}
