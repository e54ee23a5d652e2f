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

  /** What the counting says of a version, one batch a direction and bucket. */
  List<FactBatch> facts(long epoch, boolean last, int minCount) {
    var due = due(epoch, last);
    var counts = new SymbolCounts();
    counts.add(due.symbols());
    var byDirection = new TreeMap<Direction, CandidateFacts>();
    for (WindowBatch batch : until(epoch).wholeBatches()) {
      byDirection
          .computeIfAbsent(
              batch.direction(), direction -> new CandidateFacts(direction, minCount, counts))
          .add(trie(batch.windows(), minCount));
    }
    var facts = new ArrayList<FactBatch>();
    byDirection.forEach(
        (direction, ofDirection) ->
            ofDirection.drain(
                (bucket, packed) ->
                    facts.add(
                        new FactBatch(
                            channel, epoch, last, due.total(), direction, bucket, packed))));
    return facts;
  }

  /** The candidates of a version, best first, found without a stream. */
  List<WordScore> words(long epoch, int minCount) {
    var discoverer = new NewWordDiscoverer(minCount);
    until(epoch).texts().forEach(text -> discoverer.add(text.text()));
    return discoverer.words();
  }

  /** The candidates that facts tell of, by {@code channel epoch}, best first. */
  static Map<String, List<WordScore>> scored(List<FactBatch> facts) {
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
                  batches.get(0).total(),
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
