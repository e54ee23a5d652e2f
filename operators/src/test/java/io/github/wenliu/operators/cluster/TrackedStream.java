package io.github.wenliu.operators.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wenliu.operators.cluster.infomap.FlowNetwork;
import io.github.wenliu.operators.document.CodePointOrder;
import it.unimi.dsi.fastutil.doubles.DoubleArrayList;
import it.unimi.dsi.fastutil.ints.IntArrayList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/**
 * Versions of one channel, one after the other, each through packed bytes, as in Flink state. What
 * a reader of the topics would know is kept beside it and checked after each version.
 */
final class TrackedStream {

  static final long EPOCH_MILLIS = 10_000;
  static final int SHOWN_MEMBERS = 4;

  private static final double CONTEXTS = 10;
  private static final String SEPARATOR = " ";

  /**
   * An edge.
   *
   * @param pair two letters
   * @param late how much of its weight came of late
   */
  record Edge(String pair, double weight, double late) {}

  private final CommunityTracker tracker;
  private final CommunityParameters parameters;
  private final Set<String> everBorn = new HashSet<>();
  private byte[] packed;
  private long epoch;
  private double[] met = new double[0];
  private String[] counted = new String[0];

  /** What was counted of two letters, ever and of late, by both. */
  private final TreeMap<String, Double> ever = new TreeMap<>();

  private final TreeMap<String, Double> late = new TreeMap<>();
  private List<Edge> edges = List.of();

  /** Memberships as the changes tell them. */
  final TreeMap<String, String> memberships = new TreeMap<>(CodePointOrder::compare);

  /** The compacted topic. */
  final TreeMap<String, CommunityState> states = new TreeMap<>();

  CommunityVersion last;

  TrackedStream(int hysteresis, int minSize) {
    this(parameters(hysteresis, minSize));
  }

  TrackedStream(CommunityParameters parameters) {
    this.parameters = parameters;
    tracker = new CommunityTracker(parameters);
  }

  static CommunityParameters parameters(int hysteresis, int minSize) {
    return ParametersBut.published(minSize, hysteresis, hysteresis, SHOWN_MEMBERS);
  }

  /**
   * By how many contexts the modules of the next version are met, each ten times else; in the order
   * of their numbers.
   */
  TrackedStream met(double... contexts) {
    met = contexts;
    return this;
  }

  /** What the next version counts, ten contexts within each group, whatever its modules. */
  TrackedStream counting(String... groups) {
    counted = groups;
    return this;
  }

  /** The edges of the next version. */
  TrackedStream linked(Edge... ofNext) {
    edges = List.of(ofNext);
    return this;
  }

  /** A version in which each group of letters is a module; earlier letters have more flow. */
  TrackedStream next(String... groups) {
    var modules = new TreeMap<String, Integer>(CodePointOrder::compare);
    for (int module = 0; module < groups.length; module++) {
      for (String name : groups[module].split("")) {
        modules.put(name, module);
      }
    }
    var flow = new TreeMap<String, Double>(CodePointOrder::compare);
    modules.keySet().forEach(name -> flow.put(name, 1 - name.charAt(0) / 1024.0));
    return next(modules, flow, false);
  }

  TrackedStream next(TreeMap<String, Integer> modules, TreeMap<String, Double> flow, boolean last) {
    var names = modules.keySet().toArray(String[]::new);
    return next(
        names,
        flow.values().stream().mapToDouble(Double::doubleValue).toArray(),
        modules.values().stream().mapToInt(Integer::intValue).toArray(),
        last);
  }

  TrackedStream next(String[] names, double[] flow, int[] modules, boolean isLast) {
    count(names, modules);
    var found =
        new FoundModules(
            "main",
            epoch,
            (epoch + 1) * EPOCH_MILLIS,
            names,
            flow,
            edges.isEmpty() ? network(names, ever) : network(names, Edge::weight),
            modules,
            edges.isEmpty() ? network(names, late) : network(names, Edge::late),
            1,
            isLast);
    met = new double[0];
    counted = new String[0];
    edges = List.of();
    var rates = new HashMap<String, Double>();
    for (int node = 0; node < names.length; node++) {
      rates.put(names[node], flow[node]);
    }
    var before = new TreeMap<>(memberships);
    var living = new TreeMap<>(states);
    last = tracker.next(TrackedCommunities.of(packed), found);
    packed = last.tracked().toByteArray();
    assertThat(TrackedCommunities.of(packed).toByteArray()).isEqualTo(packed);
    epoch++;
    read();
    assertThat(memberships).isEqualTo(published());
    assertRanked();
    assertStatesAgree(rates, isLast);
    assertExplained(before, living);
    assertSizesAreEnough();
    return this;
  }

  /** A context within a module is counted alike of each two of its nodes. */
  private void count(String[] names, int[] modules) {
    late.replaceAll((pair, contexts) -> contexts / 2);
    var groups = new TreeMap<Integer, List<String>>();
    for (int node = 0; node < names.length && counted.length == 0; node++) {
      groups.computeIfAbsent(modules[node], unused -> new ArrayList<>()).add(names[node]);
    }
    for (int group = 0; group < counted.length; group++) {
      groups.put(group, List.of(counted[group].split("")));
    }
    groups.forEach(
        (module, group) -> {
          double ends = group.size() * (group.size() - 1.0);
          double contexts = module < met.length ? met[module] : CONTEXTS;
          for (int i = 0; i < group.size(); i++) {
            for (int j = 0; j < i; j++) {
              ever.merge(group.get(j) + SEPARATOR + group.get(i), contexts / ends, Double::sum);
              late.merge(group.get(j) + SEPARATOR + group.get(i), contexts / ends, Double::sum);
            }
          }
        });
  }

  private static FlowNetwork network(String[] names, Map<String, Double> counted) {
    var from = new IntArrayList();
    var to = new IntArrayList();
    var weight = new DoubleArrayList();
    for (int i = 0; i < names.length; i++) {
      for (int j = 0; j < i; j++) {
        var contexts = counted.get(names[j] + SEPARATOR + names[i]);
        if (contexts != null && contexts > 0) {
          from.add(j);
          to.add(i);
          weight.add((double) contexts);
        }
      }
    }
    return FlowNetwork.of(names.length, from.toIntArray(), to.toIntArray(), weight.toDoubleArray());
  }

  private FlowNetwork network(String[] names, ToDoubleFunction<Edge> weight) {
    return FlowNetwork.of(
        names.length,
        edges.stream().mapToInt(edge -> node(names, edge.pair().substring(0, 1))).toArray(),
        edges.stream().mapToInt(edge -> node(names, edge.pair().substring(1))).toArray(),
        edges.stream().mapToDouble(weight).toArray());
  }

  private static int node(String[] names, String name) {
    return Arrays.binarySearch(names, name, CodePointOrder::compare);
  }

  byte[] packed() {
    return packed;
  }

  /** Events without their order: {@code born c1}, {@code died c2 into c1}, … */
  List<String> told() {
    return last.events().stream()
        .map(
            event ->
                event.type().label()
                    + " "
                    + event.community()
                    + (event.parents().isEmpty() ? "" : " of " + String.join(",", event.parents()))
                    + (event.into() == null ? "" : " into " + event.into()))
        .toList();
  }

  /** The members of each community in the order of their names. */
  Map<String, String> groups() {
    var groups = new TreeMap<String, String>();
    memberships.forEach((name, community) -> groups.merge(community, name, String::concat));
    return groups;
  }

  private void read() {
    last.memberships().left().forEach(name -> assertThat(memberships.remove(name)).isNotNull());
    last.memberships()
        .joined()
        .forEach(
            (name, community) ->
                assertThat(memberships.put(name, community)).isNotEqualTo(community));
    for (var state : last.states()) {
      if (state.isGone()) {
        assertThat(states.remove(state.community())).isNotNull();
      } else {
        states.put(state.community(), state);
      }
    }
  }

  private Map<String, String> published() {
    var published = new HashMap<String, String>();
    var tracked = last.tracked();
    for (int node = 0; node < tracked.size(); node++) {
      int community = tracked.nodes().community()[node];
      if (community >= 0) {
        published.put(tracked.name(node), tracked.communities().get(community).id());
      }
    }
    return published;
  }

  private void assertRanked() {
    var ids = new ArrayList<String>();
    for (var state : last.states()) {
      assertThat(state.seq()).isEqualTo(ids.size());
      ids.add(state.community());
    }
    assertThat(ids).isSorted().doesNotHaveDuplicates();
    ids.clear();
    for (var event : last.events()) {
      assertThat(event.seq()).isEqualTo(ids.size());
      ids.add(event.community());
    }
    assertThat(ids).isSorted().doesNotHaveDuplicates();
  }

  private void assertStatesAgree(Map<String, Double> rates, boolean isLast) {
    var sizes = new TreeMap<String, Integer>();
    memberships.values().forEach(community -> sizes.merge(community, 1, Integer::sum));
    assertThat(states.keySet()).isEqualTo(sizes.keySet());
    for (var state : states.values()) {
      assertThat(state.size()).isEqualTo(sizes.get(state.community()));
      var largest =
          memberships.keySet().stream()
              .filter(name -> memberships.get(name).equals(state.community()))
              .sorted(Comparator.comparing(rates::get, Comparator.reverseOrder()))
              .limit(parameters.shownMembers())
              .toList();
      assertThat(state.members())
          .extracting(CommunityMember::name)
          .containsExactlyInAnyOrderElementsOf(largest);
      assertThat(state.label())
          .isEqualTo(String.join("、", largest.subList(0, Math.min(3, largest.size()))));
      if (isLast) {
        assertThat(state.epoch()).isEqualTo(epoch - 1);
      }
    }
  }

  /** Every change of a node's community has an event, or is a move between two that live on. */
  private void assertExplained(Map<String, String> before, TreeMap<String, CommunityState> living) {
    var news = new HashSet<String>();
    var dead = new HashSet<String>();
    for (var event : last.events()) {
      switch (event.type()) {
        case BORN, SPLIT -> {
          news.add(event.community());
          assertThat(everBorn.add(event.community())).as("%s is new", event).isTrue();
          assertThat(event.sizeBefore()).isZero();
        }
        case DIED -> dead.add(event.community());
        default -> assertThat(living).containsKey(event.community());
      }
    }
    assertThat(living.keySet()).containsAll(dead);
    var now = new HashSet<>(living.keySet());
    now.removeAll(dead);
    now.addAll(news);
    assertThat(states.keySet()).isEqualTo(now);
    var here = new HashSet<String>(Arrays.asList(names()));
    before.forEach(
        (name, community) -> {
          if (here.contains(name) && !memberships.containsKey(name)) {
            assertThat(dead).as("%s has left %s", name, community).contains(community);
          }
        });
  }

  private void assertSizesAreEnough() {
    last.events().stream()
        .filter(event -> event.sizeBefore() == 0)
        .forEach(event -> assertThat(event.size()).isGreaterThanOrEqualTo(parameters.minSize()));
  }

  private String[] names() {
    var names = new String[last.tracked().size()];
    Arrays.setAll(names, last.tracked()::name);
    return names;
  }
}
