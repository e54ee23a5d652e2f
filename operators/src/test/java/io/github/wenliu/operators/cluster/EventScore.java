package io.github.wenliu.operators.cluster;

import io.github.wenliu.operators.cluster.PlantedStream.Planted;
import it.unimi.dsi.fastutil.ints.Int2DoubleOpenHashMap;
import it.unimi.dsi.fastutil.ints.Int2IntOpenHashMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Compares events with planted ones. A community has the topic that holds more than half of the
 * flow of its members with a topic. A planted event is found by the first event not taken yet that
 * comes at its tick or up to a number of ticks later and is
 *
 * <ul>
 *   <li>for a birth: a community of that topic that is born or splits off;
 *   <li>for a death: a community that dies, of that topic just before it was planted;
 *   <li>for a merger: a community that dies into another, each of one of the two topics just before
 *       it was planted;
 *   <li>for a split: a community that splits off its parent, each of one of the two new topics.
 * </ul>
 *
 * A merger with the death that goes with it counts as one event. Growing and shrinking are not
 * planted and not counted.
 */
final class EventScore {

  private static final double HALF = 0.5;
  private static final List<String> KINDS = List.of("birth", "death", "merge", "split");

  /**
   * An event with who was where.
   *
   * @param members of the community, of a dead one before
   * @param other members of the parent, or of what the dead one went into
   */
  private record Told(
      int tick, CommunityEvent event, Map<Integer, Double> members, Map<Integer, Double> other) {}

  /** Of one kind. */
  static final class Tally {

    /** Planted events. */
    int planted;

    /** Planted events for which one was told. */
    int found;

    /** Events that were told. */
    int told;

    /** Told events for which one was planted. */
    int right;

    /** Ticks from planting to telling, of those found together. */
    int ticks;

    void add(Tally other) {
      planted += other.planted;
      found += other.found;
      told += other.told;
      right += other.right;
      ticks += other.ticks;
    }
  }

  private final PlantedStream stream;
  private final List<Told> told = new ArrayList<>();

  EventScore(PlantedStream stream) {
    this.stream = stream;
  }

  /**
   * Takes the events of a tick.
   *
   * @param before members of the communities before it, with their flow
   * @param after and after it
   */
  void add(
      int tick,
      List<CommunityEvent> events,
      Map<String, Map<Integer, Double>> before,
      Map<String, Map<Integer, Double>> after) {
    for (var event : events) {
      switch (event.type()) {
        case BORN -> told.add(new Told(tick, event, after.get(event.community()), Map.of()));
        case SPLIT ->
            told.add(
                new Told(
                    tick,
                    event,
                    after.get(event.community()),
                    after.getOrDefault(event.parents().get(0), Map.of())));
        case DIED ->
            told.add(
                new Told(
                    tick,
                    event,
                    before.get(event.community()),
                    event.into() == null ? Map.of() : before.getOrDefault(event.into(), Map.of())));
        default -> {
          // A merger is told by those that die.
        }
      }
    }
  }

  /**
   * By kind of what was planted.
   *
   * @param window ticks within which an event must be told
   * @param from tick from which on events count
   */
  Map<String, Tally> tally(int window, int from) {
    var tallies = new TreeMap<String, Tally>();
    KINDS.forEach(kind -> tallies.put(kind, new Tally()));
    boolean[] taken = new boolean[told.size()];
    for (var planted : stream.planted()) {
      int found = find(planted, window, taken);
      if (planted.tick() >= from) {
        var tally = tallies.get(planted.kind());
        tally.planted++;
        tally.found += found >= 0 ? 1 : 0;
        tally.ticks += found >= 0 ? told.get(found).tick() - planted.tick() : 0;
      }
    }
    for (int i = 0; i < taken.length; i++) {
      if (told.get(i).tick() >= from) {
        var tally = tallies.get(kind(told.get(i)));
        tally.told++;
        tally.right += taken[i] ? 1 : 0;
      }
    }
    return tallies;
  }

  /**
   * The pairs of words that are told as reasons of planted mergers and splits that were found.
   *
   * @param events how many were found
   * @param silent how many of them come without a pair
   * @param pairs how many pairs are told
   * @param right how many of the pairs are between the two topics that merged, or within one of the
   *     two that came of the split
   */
  record Reasons(String kind, int events, int silent, int pairs, int right) {}

  /** The reasons of planted events of a kind that were told within a window. */
  Reasons reasons(String kind, int window) {
    int events = 0;
    int silent = 0;
    int pairs = 0;
    int right = 0;
    boolean[] taken = new boolean[told.size()];
    for (var planted : stream.planted()) {
      int found = find(planted, window, taken);
      if (found >= 0 && planted.kind().equals(kind)) {
        var because = told.get(found).event().because();
        events++;
        silent += because.isEmpty() ? 1 : 0;
        pairs += because.size();
        right += (int) because.stream().filter(pair -> isReason(planted, pair)).count();
      }
    }
    return new Reasons(kind, events, silent, pairs, right);
  }

  private boolean isReason(Planted planted, ExplainingEdge pair) {
    boolean isMerger = planted.kind().equals("merge");
    var topics = stream.topics(isMerger ? Math.max(0, planted.tick() - 1) : planted.tick());
    int one = topics.get(Integer.parseInt(pair.one()));
    int other = topics.get(Integer.parseInt(pair.other()));
    return isMerger
        ? isPair(planted.sources(), one, other)
        : one == other && planted.topics().contains(one);
  }

  private static String kind(Told one) {
    return switch (one.event().type()) {
      case BORN -> "birth";
      case SPLIT -> "split";
      default -> one.event().into() == null ? "death" : "merge";
    };
  }

  private int find(Planted planted, int window, boolean[] taken) {
    for (int i = 0; i < taken.length; i++) {
      int tick = told.get(i).tick();
      boolean inTime = tick >= planted.tick() && tick <= planted.tick() + window;
      if (!taken[i] && inTime && isThis(planted, told.get(i))) {
        taken[i] = true;
        return i;
      }
    }
    return -1;
  }

  private boolean isThis(Planted planted, Told one) {
    boolean died = one.event().type() == CommunityEvent.Type.DIED;
    var topics = stream.topics(died ? Math.max(0, planted.tick() - 1) : one.tick());
    int topic = topic(one.members(), topics);
    int other = topic(one.other(), topics);
    return switch (planted.kind()) {
      case "birth" -> !died && topic == planted.topics().get(0);
      case "death" -> died && topic == planted.topics().get(0);
      case "merge" -> died && isPair(planted.sources(), topic, other);
      case "split" ->
          one.event().type() == CommunityEvent.Type.SPLIT && isPair(planted.topics(), topic, other);
      default -> throw new IllegalArgumentException("kind " + planted.kind());
    };
  }

  private static boolean isPair(List<Integer> topics, int one, int other) {
    return one != other && topics.contains(one) && topics.contains(other);
  }

  /** The topic that has more than half of the flow of the members with a topic. */
  private static int topic(Map<Integer, Double> members, Int2IntOpenHashMap topics) {
    var flows = new Int2DoubleOpenHashMap();
    double withTopic = 0;
    for (var member : members.entrySet()) {
      int topic = topics.get((int) member.getKey());
      if (topic != PlantedStream.NO_TOPIC) {
        flows.addTo(topic, member.getValue());
        withTopic += member.getValue();
      }
    }
    for (var flow : flows.int2DoubleEntrySet()) {
      if (flow.getDoubleValue() > HALF * withTopic) {
        return flow.getIntKey();
      }
    }
    return PlantedStream.NO_TOPIC;
  }
}
