package io.github.wenliu.operators.cluster;

import it.unimi.dsi.fastutil.ints.IntArrayList;
import it.unimi.dsi.fastutil.longs.Long2IntMap;
import it.unimi.dsi.fastutil.longs.Long2IntMaps;
import it.unimi.dsi.fastutil.longs.Long2IntOpenHashMap;
import it.unimi.dsi.fastutil.longs.LongArrayList;
import it.unimi.dsi.fastutil.objects.Object2IntOpenHashMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Sums of pairs of one channel, by epoch. What goes in may come in any order and in any portions:
 * the sums are the same. Not thread-safe; O(1) a pair.
 */
final class EdgeSums {

  private static final long SECOND = 0xFFFF_FFFFL;

  private final Object2IntOpenHashMap<String> numbers = new Object2IntOpenHashMap<>();
  private final ArrayList<String> names = new ArrayList<>();

  /** Counts by epoch, then by {@code first << 32 | second}. */
  private final TreeMap<Long, Long2IntOpenHashMap> epochs = new TreeMap<>();

  /** The counts that were added to last, and their epoch; {@code null} if they may be gone. */
  private Long2IntOpenHashMap newest;

  private long newestEpoch;

  private final Renumbering ofEpoch = new Renumbering();
  private long size;

  EdgeSums() {
    numbers.defaultReturnValue(-1);
  }

  boolean isEmpty() {
    return epochs.isEmpty();
  }

  /** The number of sums: pairs and words by epoch. */
  long size() {
    return size;
  }

  long firstEpoch() {
    return epochs.firstKey();
  }

  /** The number of a word in these sums, as long as they are not empty. */
  int number(String name) {
    int number = numbers.getInt(name);
    if (number < 0) {
      number = names.size();
      names.add(name);
      numbers.put(name, number);
    }
    return number;
  }

  /** Adds to a pair; both orders of two words are the same pair. */
  void add(long epoch, int one, int other, int count) {
    boolean ordered = one == other || names.get(one).compareTo(names.get(other)) < 0;
    add(of(epoch), ordered ? one : other, ordered ? other : one, count);
  }

  /** Adds the counts of a batch up to an epoch. */
  void add(EdgeBatch batch, long lastEpoch) {
    int[] own = new int[batch.names().length];
    for (int i = 0; i < own.length; i++) {
      own[i] = number(batch.names()[i]);
    }
    int[] entries = batch.entries();
    for (int e = 0; e < batch.epochs().length && batch.epochs()[e] <= lastEpoch; e++) {
      var sums = of(batch.epochs()[e]);
      for (int i = EdgeBatch.ENTRY * batch.startOf(e); i < EdgeBatch.ENTRY * batch.ends()[e]; ) {
        add(sums, own[entries[i++]], own[entries[i++]], entries[i++]);
      }
    }
  }

  private void add(Long2IntOpenHashMap sums, int first, int second, int count) {
    if (sums.addTo((long) first << Integer.SIZE | second, count) == 0) {
      size++;
    }
  }

  private Long2IntOpenHashMap of(long epoch) {
    if (newest == null || newestEpoch != epoch) {
      newest = epochs.computeIfAbsent(epoch, unused -> new Long2IntOpenHashMap());
      newestEpoch = epoch;
    }
    return newest;
  }

  /** Takes out the oldest epoch. */
  EpochEdges takeFirst() {
    var taken = epochs.pollFirstEntry();
    newest = null;
    var sums = taken.getValue();
    size -= sums.size();
    int[] first = new int[sums.size()];
    int[] second = new int[sums.size()];
    int[] counts = new int[sums.size()];
    int entries = 0;
    long contexts = 0;
    for (Long2IntMap.Entry entry : Long2IntMaps.fastIterable(sums)) {
      int one = firstOf(entry);
      if (names.get(one).equals(EdgeBatch.CONTEXTS)) {
        contexts = entry.getIntValue();
      } else {
        first[entries] = ofEpoch.of(one);
        second[entries] = ofEpoch.of(secondOf(entry));
        counts[entries++] = entry.getIntValue();
      }
    }
    var counted = new EdgeCounts(ofEpoch.take(), entries, first, second, counts);
    if (epochs.isEmpty()) {
      clear();
    }
    return new EpochEdges(taken.getKey(), contexts, counted);
  }

  /** Hands out everything, in batches by the bucket of the first word. */
  void forEachBatch(String channel, Consumer<EdgeBatch> out) {
    var buckets = new Bucket[EdgeBatch.BUCKETS];
    int[] bucketOf = new int[names.size()];
    for (int i = 0; i < bucketOf.length; i++) {
      bucketOf[i] = EdgeBatch.bucketOf(names.get(i));
    }
    epochs.forEach(
        (epoch, sums) -> {
          for (Long2IntMap.Entry entry : Long2IntMaps.fastIterable(sums)) {
            int bucket = bucketOf[firstOf(entry)];
            if (buckets[bucket] == null) {
              buckets[bucket] = new Bucket();
            }
            buckets[bucket].add(epoch, firstOf(entry), secondOf(entry), entry.getIntValue());
          }
        });
    for (int bucket = 0; bucket < buckets.length; bucket++) {
      if (buckets[bucket] != null) {
        out.accept(buckets[bucket].toBatch(channel, bucket));
      }
    }
  }

  void clear() {
    epochs.clear();
    newest = null;
    numbers.clear();
    names.clear();
    size = 0;
  }

  private static int firstOf(Long2IntMap.Entry entry) {
    return (int) (entry.getLongKey() >>> Integer.SIZE);
  }

  private static int secondOf(Long2IntMap.Entry entry) {
    return (int) (entry.getLongKey() & SECOND);
  }

  /** Numbers of a part of the names, from 0 in the order of asking. */
  private final class Renumbering {

    /** By number here, one more than the new number; 0 for none. */
    private int[] given = new int[16];

    private final IntArrayList used = new IntArrayList();

    int of(int number) {
      if (number >= given.length) {
        given = Arrays.copyOf(given, Math.max(names.size(), 2 * given.length));
      }
      if (given[number] == 0) {
        used.add(number);
        given[number] = used.size();
      }
      return given[number] - 1;
    }

    /** The names in the order of their new numbers; these are forgotten. */
    String[] take() {
      var taken = new String[used.size()];
      for (int i = 0; i < taken.length; i++) {
        taken[i] = names.get(used.getInt(i));
        given[used.getInt(i)] = 0;
      }
      used.clear();
      return taken;
    }
  }

  /** A batch in the making. */
  private final class Bucket {

    private final Renumbering ofBucket = new Renumbering();
    private final LongArrayList epochs = new LongArrayList();
    private final IntArrayList ends = new IntArrayList();
    private final IntArrayList entries = new IntArrayList();

    void add(long epoch, int first, int second, int count) {
      if (epochs.isEmpty() || epochs.getLong(epochs.size() - 1) != epoch) {
        epochs.add(epoch);
        ends.add(0);
      }
      entries.add(ofBucket.of(first));
      entries.add(ofBucket.of(second));
      entries.add(count);
      ends.set(ends.size() - 1, entries.size() / EdgeBatch.ENTRY);
    }

    EdgeBatch toBatch(String channel, int bucket) {
      return new EdgeBatch(
          channel,
          bucket,
          ofBucket.take(),
          epochs.toLongArray(),
          ends.toIntArray(),
          entries.toIntArray());
    }
  }
}
