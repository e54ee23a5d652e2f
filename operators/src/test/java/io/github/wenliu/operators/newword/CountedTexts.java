package io.github.wenliu.operators.newword;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Texts with their epochs, and what the stages make of them: windows, versions due, words. */
record CountedTexts(String channel, List<CountedText> texts) {

  /** A text and the epoch that it counts for. */
  record CountedText(long epoch, String text) {}

  /** The windows of each text in batches of their own, in the order of the texts. */
  List<WindowBatch> batches() {
    var batches = new ArrayList<WindowBatch>();
    for (CountedText text : texts) {
      var buffers = new WindowBuffers();
      Texts.cut(buffers, text.text(), text.epoch());
      drain(buffers, batches);
    }
    return batches;
  }

  /** The windows of all texts in one batch a shard. */
  List<WindowBatch> wholeBatches() {
    var buffers = new WindowBuffers();
    texts.forEach(text -> Texts.cut(buffers, text.text(), text.epoch()));
    var batches = new ArrayList<WindowBatch>();
    drain(buffers, batches);
    return batches;
  }

  private void drain(WindowBuffers buffers, List<WindowBatch> into) {
    buffers.drain(
        (direction, shard, batch) -> into.add(new WindowBatch(channel, direction, shard, batch)));
  }

  private CountedTexts until(long epoch) {
    return new CountedTexts(channel, texts.stream().filter(text -> text.epoch() <= epoch).toList());
  }

  /** The version of an epoch. */
  VersionDue due(long epoch, boolean last) {
    var counts = new SymbolCounts();
    until(epoch).texts().forEach(text -> counts.add(Texts.codes(text.text())));
    return new VersionDue(channel, epoch, last, false, counts.total(), counts.toByteArray(1));
  }

  private Map<Direction, CandidateFacts> counted(long epoch, int minCount) {
    var counts = new SymbolCounts();
    counts.add(due(epoch, false).symbols());
    var byDirection = new TreeMap<Direction, CandidateFacts>();
    for (WindowBatch batch : until(epoch).wholeBatches()) {
      byDirection
          .computeIfAbsent(
              batch.direction(), direction -> new CandidateFacts(direction, minCount, counts))
          .add(trie(batch.windows(), minCount));
    }
    return byDirection;
  }

  /** What the counting says of a version, one batch a direction and bucket. */
  List<FactBatch> facts(long epoch, boolean last, int minCount) {
    long total = due(epoch, last).total();
    var facts = new ArrayList<FactBatch>();
    counted(epoch, minCount)
        .forEach(
            (direction, ofDirection) ->
                ofDirection.drain(
                    (bucket, packed) ->
                        facts.add(
                            new FactBatch(
                                channel, epoch, last, total, direction, bucket, packed))));
    return facts;
  }

  /** What it says of the pairs of a version, one batch a direction. */
  List<PairBatch> pairs(long epoch, int minCount) {
    var pairs = new ArrayList<PairBatch>();
    counted(epoch, minCount)
        .forEach(
            (direction, ofDirection) ->
                pairs.add(new PairBatch(channel, epoch, direction, ofDirection.packedPairs())));
    return pairs;
  }

  /** The candidates of a version, best first, found without a stream. */
  List<WordScore> words(long epoch, int minCount) {
    var discoverer = new NewWordDiscoverer(minCount);
    until(epoch).texts().forEach(text -> discoverer.add(text.text()));
    return discoverer.words();
  }

  /** The candidates that facts and pairs tell of, by {@code channel epoch}, best first. */
  static Map<String, List<WordScore>> scored(List<FactBatch> facts, List<PairBatch> pairs) {
    var byBucket = new LinkedHashMap<String, List<FactBatch>>();
    for (FactBatch batch : facts) {
      byBucket
          .computeIfAbsent(
              batch.channel() + " " + batch.epoch() + "/" + batch.bucket(),
              unused -> new ArrayList<>())
          .add(batch);
    }
    var words = new LinkedHashMap<String, List<WordScore>>();
    byBucket.forEach(
        (key, batches) -> {
          var scored =
              WordScorer.score(
                  of(batches, Direction.FORWARD),
                  of(batches, Direction.BACKWARD),
                  features(batches.get(0), pairs),
                  true);
          scored.forEach(
              candidate ->
                  words
                      .computeIfAbsent(
                          key.substring(0, key.indexOf('/')), unused -> new ArrayList<>())
                      .add(candidate.score()));
        });
    words.values().forEach(of -> of.sort(WordScore::compareBestFirst));
    return words;
  }

  private static WordFeatures features(FactBatch version, List<PairBatch> pairs) {
    var sums = List.of(new PairSums(), new PairSums());
    for (PairBatch batch : pairs) {
      if (batch.channel().equals(version.channel()) && batch.epoch() == version.epoch()) {
        sums.get(batch.direction().ordinal()).add(batch.sums());
      }
    }
    return new WordFeatures(
        version.total(),
        sums.get(Direction.FORWARD.ordinal()),
        sums.get(Direction.BACKWARD.ordinal()));
  }

  private static NgramTrie trie(byte[] windows, int minCount) {
    var trie = new NgramTrie(minCount);
    trie.add(windows);
    return trie;
  }

  private static List<byte[]> of(List<FactBatch> batches, Direction direction) {
    return batches.stream()
        .filter(batch -> batch.direction() == direction)
        .map(FactBatch::facts)
        .toList();
  }
}
