package io.github.wenliu.operators.cluster;

import io.github.wenliu.operators.cluster.PlantedStream.Planted;
import it.unimi.dsi.fastutil.ints.Int2IntOpenHashMap;
import it.unimi.dsi.fastutil.ints.IntArrayList;
import it.unimi.dsi.fastutil.longs.Long2IntOpenHashMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Makes a stream of documents about topics that are born, die, merge and split, and counts which of
 * their words stand near each other. A document is about one topic, drawn by how much it is talked
 * of (log-normal), and now and then half about a second one; its words are drawn from the topic's
 * (Zipf), from those that all topics share, and rarely from all. A function of the seed.
 */
final class StreamGenerator {

  private static final int TICKS = 60;
  private static final int TOPICS = 30;
  private static final int SHARED_WORDS = 100;
  private static final int LEAST_WORDS = 40;
  private static final int MOST_WORDS = 90;
  private static final int DOCUMENTS = 120;
  private static final int DOCUMENT_WORDS = 12;
  private static final int WINDOW = 5;
  private static final double SPREAD = 0.8;
  private static final double SHARED = 0.15;
  private static final double NOISE = 0.04;
  private static final double MIXED = 0.1;

  /** Chance of an event in a tick, from the second on. */
  static final double EVENT = 0.35;

  /** A topic in the order of how often its words are used. */
  private record Topic(int number, IntArrayList words, double weight) {}

  private final Random random;
  private final List<Topic> alive = new ArrayList<>();
  private final Int2IntOpenHashMap topicOf = new Int2IntOpenHashMap();
  private int topics;
  private int words = SHARED_WORDS;

  /** By tick: the documents, each the numbers of its words. */
  final List<List<int[]>> texts = new ArrayList<>();

  final List<List<long[]>> edges = new ArrayList<>();
  final List<Int2IntOpenHashMap> truth = new ArrayList<>();
  final List<Planted> planted = new ArrayList<>();

  /**
   * @param event chance of an event in a tick
   */
  StreamGenerator(long seed, double event) {
    random = new Random(seed);
    topicOf.defaultReturnValue(PlantedStream.NO_TOPIC);
    for (int word = 0; word < words; word++) {
      topicOf.put(word, PlantedStream.NO_TOPIC);
    }
    for (int i = 0; i < TOPICS; i++) {
      birth(0);
    }
    for (int tick = 0; tick < TICKS; tick++) {
      if (tick > 0 && random.nextDouble() < event) {
        change(tick);
      }
      truth.add(topicOf.clone());
      edges.add(documents());
    }
  }

  private void change(int tick) {
    switch (random.nextInt(4)) {
      case 0 -> birth(tick);
      case 1 -> death(tick);
      case 2 -> merger(tick);
      default -> split(tick);
    }
  }

  private void birth(int tick) {
    var own = new IntArrayList();
    int size = LEAST_WORDS + random.nextInt(MOST_WORDS - LEAST_WORDS);
    for (int i = 0; i < size; i++) {
      own.add(words++);
    }
    plant(tick, "birth", List.of(), own, Math.exp(SPREAD * random.nextGaussian()));
  }

  private void death(int tick) {
    var topic = alive.remove(random.nextInt(alive.size()));
    topic.words().forEach(word -> topicOf.put(word, PlantedStream.NO_TOPIC));
    planted.add(
        new Planted(tick, "death", new ArrayList<>(List.of(topic.number())), new ArrayList<>()));
  }

  private void merger(int tick) {
    var one = alive.remove(random.nextInt(alive.size()));
    var other = alive.remove(random.nextInt(alive.size()));
    var own = new IntArrayList();
    for (int i = 0; i < Math.max(one.words().size(), other.words().size()); i++) {
      for (var from : List.of(one, other)) {
        if (i < from.words().size()) {
          own.add(from.words().getInt(i));
        }
      }
    }
    plant(tick, "merge", List.of(one.number(), other.number()), own, one.weight() + other.weight());
  }

  private void split(int tick) {
    var whole = alive.remove(random.nextInt(alive.size()));
    var one = new IntArrayList();
    var other = new IntArrayList();
    whole.words().forEach(word -> (random.nextBoolean() ? one : other).add(word));
    plant(tick, "split", List.of(whole.number()), one, whole.weight() / 2);
    plant(tick, "split", List.of(whole.number()), other, whole.weight() / 2);
    var second = planted.remove(planted.size() - 1);
    planted.get(planted.size() - 1).topics().addAll(second.topics());
  }

  private void plant(int tick, String kind, List<Integer> from, IntArrayList own, double weight) {
    var topic = new Topic(topics++, own, weight);
    own.forEach(word -> topicOf.put(word, topic.number()));
    alive.add(topic);
    planted.add(
        new Planted(tick, kind, new ArrayList<>(List.of(topic.number())), new ArrayList<>(from)));
  }

  private List<long[]> documents() {
    var counts = new Long2IntOpenHashMap();
    var written = new ArrayList<int[]>();
    texts.add(written);
    for (int document = 0; document < DOCUMENTS; document++) {
      var topic = topic();
      var second = random.nextDouble() < MIXED ? topic() : topic;
      int[] text = new int[DOCUMENT_WORDS];
      for (int i = 0; i < text.length; i++) {
        text[i] = word(i < text.length / 2 ? topic : second);
      }
      written.add(text);
      for (int i = 0; i < text.length; i++) {
        for (int j = i + 1; j < Math.min(text.length, i + 1 + WINDOW); j++) {
          if (text[i] != text[j]) {
            counts.addTo(PlantedStream.pair(text[i], text[j]), 1);
          }
        }
      }
    }
    var tick = new ArrayList<long[]>();
    long[] pairs = counts.keySet().toLongArray();
    Arrays.sort(pairs);
    for (long pair : pairs) {
      tick.add(new long[] {pair, counts.get(pair)});
    }
    return tick;
  }

  private Topic topic() {
    double all = alive.stream().mapToDouble(Topic::weight).sum();
    double at = random.nextDouble() * all;
    for (var topic : alive) {
      at -= topic.weight();
      if (at < 0) {
        return topic;
      }
    }
    return alive.get(alive.size() - 1);
  }

  private int word(Topic topic) {
    double kind = random.nextDouble();
    if (kind < SHARED) {
      return zipf(SHARED_WORDS);
    }
    return kind < SHARED + NOISE
        ? random.nextInt(words)
        : topic.words().getInt(zipf(topic.words().size()));
  }

  /** A rank from 0, with a share in inverse proportion to the rank, nearly. */
  private int zipf(int size) {
    return (int) Math.min(size - 1, Math.floor(Math.pow(size + 1, random.nextDouble()) - 1));
  }
}
