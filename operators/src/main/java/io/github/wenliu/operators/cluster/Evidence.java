package io.github.wenliu.operators.cluster;

import java.util.List;

/**
 * Whether enough was counted, ever and of late, to tell something of modules and communities. A
 * search divides any graph into modules, also one of a few contexts, and the long memory goes on to
 * say what it said. So
 *
 * <ul>
 *   <li>a module is news when it has what a context of one topic leaves in it, not a scrap of one;
 *   <li>it must have been met of late, and a branch and its stem each for itself;
 *   <li>communities merge when of late contexts were met that join them;
 *   <li>a node that was not met has not gone elsewhere;
 *   <li>a community ends when its {@link Pulse} does. It is expected to be met by its share of all
 *       contexts, at the {@link Pace} of the others.
 * </ul>
 *
 * <p>O(edges + communities log communities), and the edges of each community that may have merged.
 */
final class Evidence {

  private static final double FIFTH = 0.2;

  /** Contexts within a module that make it news: what one text of a topic leaves, no less. */
  private static final double NEWS = 0.6;

  /** Contexts of late within a module or its stem by which they were met apart. */
  private static final double APART = 0.5;

  /** Contexts of late between two communities by which they were met together. */
  private static final double TOGETHER = 1;

  private final TrackedCommunities before;
  private final FoundModules found;
  private final Attendance communities;
  private final Attendance modules;

  /**
   * @param published communities of the nodes before
   */
  Evidence(TrackedCommunities before, FoundModules found, int[] published) {
    this.before = before;
    this.found = found;
    communities = new Attendance(found, before.communities().size(), published);
    modules = new Attendance(found, found.moduleCount(), found.modules());
  }

  /**
   * The pulses of the communities before after this version.
   *
   * @param least versions that an end takes at least
   */
  Pulse[] pulses(int least) {
    var pulses = new Pulse[before.communities().size()];
    double contexts = Math.max(0, found.lateContexts() - before.lateContexts() / 2);
    double[] expected = new double[pulses.length];
    double[] counted = new double[pulses.length];
    for (int old = 0; old < pulses.length; old++) {
      expected[old] = contexts * communities.share(old);
      counted[old] = pulse(old).counted(communities.late(old));
    }
    var pace = new Pace(expected, counted);
    for (int old = 0; old < pulses.length; old++) {
      pulses[old] = pulse(old).next(pace.of(old) * expected[old], communities.late(old), least);
    }
    return pulses;
  }

  private Pulse pulse(int old) {
    return before.communities().get(old).pulse();
  }

  /**
   * Whether a module may become a community.
   *
   * @param stems the heirs of those that it is a branch of, if any
   */
  boolean isNews(int module, List<Integer> stems) {
    return modules.ever(module) >= NEWS
        && !isSilent(module)
        && (stems.isEmpty() || modules.late(module) >= APART)
        && stems.stream().allMatch(stem -> modules.late(stem) >= APART);
  }

  /** Whether far less than its share was met of late within a module. */
  private boolean isSilent(int module) {
    return modules.late(module) < FIFTH * modules.share(module) * found.lateContexts();
  }

  /** Whether at least a fifth of what a node is met by as a rule was counted of late. */
  boolean isHeard(int node) {
    return found.recent().strength(node) / found.recent().totalStrength()
        >= FIFTH * found.network().strength(node) / found.network().totalStrength();
  }

  /** Whether two communities were met together of late. */
  boolean joins(int old, int other) {
    return communities.lateBetween(old, other) >= TOGETHER;
  }
}
