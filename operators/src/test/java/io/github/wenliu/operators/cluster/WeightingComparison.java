package io.github.wenliu.operators.cluster;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.wenliu.models.text.Segmenter;
import io.github.wenliu.models.text.Token;
import io.github.wenliu.operators.cluster.infomap.FlowNetwork;
import io.github.wenliu.operators.cluster.infomap.Infomap;
import io.github.wenliu.operators.document.Word;
import it.unimi.dsi.fastutil.doubles.DoubleArrayList;
import it.unimi.dsi.fastutil.ints.IntArrayList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * Compares what edges may weigh, how many a word keeps, and the stop list: how well communities
 * agree with planted topics, and how far those of two halves of real texts, taken at random, agree
 * with each other. Of graphs that are shared as counts of pairs, words have as many contexts as
 * their pairs have ends.
 */
final class WeightingComparison {

  private static final int SEEDS = 2;
  private static final int TITLES = 50_000;
  private static final int MANY = 1_000_000;
  private static final int LABEL = 6;
  private static final int LABELS = 8;

  private static final double[] LEAST_COUNTS = {0, CommunityParameters.DEFAULT.minCount()};
  private static final String SENTENCE_ENDS = "[。！？；\\n]";

  /** A partition with its nodes. */
  private record Communities(Map<String, Integer> modules, int count, double largest) {}

  private WeightingComparison() {}

  /**
   * Prints all.
   *
   * @param titles a file of texts that are a context each
   * @param news a file of texts whose sentences are
   * @param graphs a folder of graphs with their topics
   */
  static void run(Path titles, Path news, Path graphs) throws IOException {
    for (String name : new String[] {"cooc_14k", "cooc_170k", "cooc_510k"}) {
      if (Files.exists(graphs.resolve(name + ".txt.gz"))) {
        compareGraph(graphs, name);
      }
    }
    var texts = contexts(titles, "$^");
    var sentences = contexts(news, SENTENCE_ENDS);
    print(
        "%nplanted topics (%d made streams, all documents), halves of %d titles, of %d sentences%n",
        SEEDS, texts.size(), sentences.size());
    print(
        "weighting   top  stop   AMI   words  modules   halves AMI  words  modules  largest"
            + "   halves AMI  words  modules  largest%n");
    for (var weighting : EdgeWeighting.values()) {
      for (int top : new int[] {20, MANY}) {
        for (double stop : new double[] {0.01, 0.05}) {
          compare(parameters(weighting, top, stop), List.of(texts, sentences));
        }
      }
    }
    for (var weighting : EdgeWeighting.values()) {
      for (var contexts : List.of(texts, sentences)) {
        if (!contexts.isEmpty()) {
          printLabels(parameters(weighting, 20, CommunityParameters.DEFAULT.stopShare()), contexts);
        }
      }
    }
  }

  private static void compareGraph(Path graphs, String name) throws IOException {
    var from = new IntArrayList();
    var to = new IntArrayList();
    var count = new DoubleArrayList();
    PlantedStream.lines(
        graphs.resolve(name + ".txt.gz"),
        line -> {
          var fields = line.split(" ");
          from.add(Integer.parseInt(fields[0]));
          to.add(Integer.parseInt(fields[1]));
          count.add(Double.parseDouble(fields[2]));
        });
    int nodes = 1 + Math.max(max(from), max(to));
    int[] topics = new int[nodes];
    Arrays.fill(topics, PlantedStream.NO_TOPIC);
    PlantedStream.lines(
        graphs.resolve("truth").resolve(name + ".truth.gz"),
        line -> {
          var fields = line.split(" ");
          if (Integer.parseInt(fields[1]) >= 0) {
            topics[Integer.parseInt(fields[0])] = Integer.parseInt(fields[1]);
          }
        });
    var whole = FlowNetwork.of(nodes, from.toIntArray(), to.toIntArray(), count.toDoubleArray());
    print("%n%s%nweighting   top  least   AMI  words  modules%n", name);
    for (var weighting : EdgeWeighting.values()) {
      for (int top : new int[] {20, MANY}) {
        for (double least : LEAST_COUNTS) {
          double[] weight = new double[count.size()];
          for (int i = 0; i < weight.length; i++) {
            double ends = 2 * count.getDouble(i);
            double first = whole.strength(from.getInt(i));
            double second = whole.strength(to.getInt(i));
            double all = whole.totalStrength();
            double weighed = weighting.weight(ends, first, second, all, 1);
            weight[i] = count.getDouble(i) < least ? 0 : Math.max(0, weighed);
          }
          int[] ends = from.toIntArray();
          int[] others = to.toIntArray();
          var kept = HeaviestNeighbours.of(nodes, ends, others, weight, top);
          for (int i = 0; i < weight.length; i++) {
            weight[i] = kept.get(i) ? weight[i] : 0;
          }
          print("%-10s  %3s  %5.1f  ", weighting, top == MANY ? "all" : top, least);
          printAgreement(FlowNetwork.of(nodes, ends, others, weight), topics);
        }
      }
    }
  }

  private static int max(IntArrayList list) {
    return list.intStream().max().orElse(-1);
  }

  private static void printAgreement(FlowNetwork network, int[] topics) {
    int[] found = new Infomap(network).search(3, 1, (trial, best) -> {}).modules();
    var nodes = new IntArrayList();
    var modules = new HashSet<Integer>();
    for (int node = 0; node < topics.length; node++) {
      if (network.degree(node) > 0) {
        modules.add(found[node]);
        if (topics[node] != PlantedStream.NO_TOPIC) {
          nodes.add(node);
        }
      }
    }
    double agreement =
        PartitionAgreement.of(
                nodes.intStream().map(node -> found[node]).toArray(),
                nodes.intStream().map(node -> topics[node]).toArray())
            .adjusted();
    print("%.3f  %5d  %7d%n", agreement, nodes.size(), modules.size());
  }

  private static void compare(CommunityParameters parameters, List<List<Set<String>>> corpora) {
    double agreement = 0;
    double words = 0;
    double modules = 0;
    for (int seed = 1; seed <= SEEDS; seed++) {
      var stream = new StreamGenerator(seed, 0);
      var documents = new ArrayList<Set<String>>();
      for (var tick : stream.texts) {
        for (int[] text : tick) {
          var names = new LinkedHashSet<String>();
          Arrays.stream(text).forEach(word -> names.add(Integer.toString(word)));
          documents.add(names);
        }
      }
      var found = communities(parameters, documents);
      var truth = new HashMap<String, Integer>();
      stream.truth.get(0).forEach((word, topic) -> truth.put(Integer.toString(word), topic));
      truth.values().removeIf(topic -> topic == PlantedStream.NO_TOPIC);
      agreement += agreement(found.modules(), truth) / SEEDS;
      words += (double) found.modules().size() / SEEDS;
      modules += (double) found.count() / SEEDS;
    }
    print(
        "%-10s  %3s  %4.2f  %.3f  %6.0f  %7.0f",
        parameters.weighting(),
        parameters.topK() == MANY ? "all" : parameters.topK(),
        parameters.stopShare(),
        agreement,
        words,
        modules);
    for (var texts : corpora) {
      if (texts.isEmpty()) {
        continue;
      }
      var shuffled = new ArrayList<>(texts);
      Collections.shuffle(shuffled, new Random(1));
      int half = shuffled.size() / 2;
      var one = communities(parameters, shuffled.subList(0, half));
      var other = communities(parameters, shuffled.subList(half, shuffled.size()));
      print(
          "        %.3f  %6d  %7d  %6.3f",
          agreement(one.modules(), other.modules()),
          one.modules().size(),
          one.count(),
          one.largest());
    }
    print("%n");
  }

  private static void printLabels(CommunityParameters parameters, List<Set<String>> texts) {
    print("%n%s, top %d:%n", parameters.weighting(), parameters.topK());
    var graph = graph(parameters, texts);
    var input = graph.freeze();
    var network = input.network();
    int[] modules = new Infomap(network).improve(alone(network.nodes()), 1).modules();
    for (int module = 0; module < LABELS; module++) {
      int number = module;
      var members = new ArrayList<Integer>();
      for (int node = 0; node < modules.length; node++) {
        if (modules[node] == number) {
          members.add(node);
        }
      }
      members.sort((a, b) -> Double.compare(network.strength(b), network.strength(a)));
      print(
          "  %5d  %s%n",
          members.size(),
          String.join(
              " ", members.stream().limit(LABEL).map(node -> input.names()[node]).toList()));
    }
  }

  private static Communities communities(CommunityParameters parameters, List<Set<String>> texts) {
    var input = graph(parameters, texts).freeze();
    var network = input.network();
    var partition = new Infomap(network).improve(alone(network.nodes()), 1);
    var modules = new HashMap<String, Integer>();
    double[] flow = new double[partition.moduleCount()];
    for (int node = 0; node < network.nodes(); node++) {
      modules.put(input.names()[node], partition.modules()[node]);
      flow[partition.modules()[node]] += network.strength(node) / network.totalStrength();
    }
    return new Communities(
        modules, partition.moduleCount(), Arrays.stream(flow).max().orElse(Double.NaN));
  }

  private static CooccurrenceGraph graph(CommunityParameters parameters, List<Set<String>> texts) {
    var graph = new CooccurrenceGraph(parameters);
    var contexts = new Contexts(0, texts);
    graph.fold(0, texts.size(), contexts.shuffled(new Random(1)));
    return graph;
  }

  private static int[] alone(int nodes) {
    int[] alone = new int[nodes];
    Arrays.setAll(alone, node -> node);
    return alone;
  }

  /** Of the words that are in both. */
  private static double agreement(Map<String, Integer> one, Map<String, Integer> other) {
    var both = one.keySet().stream().filter(other::containsKey).sorted().toList();
    return PartitionAgreement.of(
            both.stream().mapToInt(one::get).toArray(),
            both.stream().mapToInt(other::get).toArray())
        .adjusted();
  }

  private static CommunityParameters parameters(EdgeWeighting weighting, int top, double stop) {
    var usual = CommunityParameters.DEFAULT;
    return new CommunityParameters(
        usual.context(),
        usual.maxPairs(),
        usual.halfLifeEpochs(),
        weighting,
        usual.minCount(),
        stop,
        top,
        10 * MANY,
        usual.versionPairs(),
        usual.versionShare(),
        usual.minSize(),
        usual.hysteresis(),
        usual.memberHysteresis(),
        usual.shownMembers());
  }

  /** Parts of texts evenly over a file, each a context of its content words; none without it. */
  private static List<Set<String>> contexts(Path file, String ends) throws IOException {
    if (!Files.exists(file)) {
      return List.of();
    }
    var segmenter = Segmenter.base();
    var json = new ObjectMapper();
    var lines = new ArrayList<String>();
    PlantedStream.lines(file, lines::add);
    var texts = new ArrayList<String>();
    for (String line : lines) {
      texts.addAll(List.of(json.readTree(line).path("text").asText().split(ends)));
    }
    var contexts = new ArrayList<Set<String>>();
    int step = Math.max(1, texts.size() / TITLES);
    for (int i = 0; i < texts.size() && contexts.size() < TITLES; i += step) {
      var text = texts.get(i);
      var names = new LinkedHashSet<String>();
      for (Token token : segmenter.segment(text)) {
        var word =
            new Word(token.start(), token.end(), token.startUtf16(), token.endUtf16(), false, null);
        var name = ContentWords.name(text, word);
        if (name != null) {
          names.add(name);
        }
      }
      contexts.add(names);
    }
    return contexts;
  }

  private static void print(String format, Object... values) {
    System.out.printf(Locale.ROOT, format, values);
  }
}
