package io.github.wenliu.operators.cluster;

import static io.github.wenliu.operators.cluster.TrackedCommunities.NONE;

import io.github.wenliu.operators.document.CodePointOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;

/**
 * Gives communities stable ids over the versions of a channel and tells what happens to them. The
 * modules of each version are matched with the published communities ({@link Succession}), changes
 * are held back until they have lasted ({@link Transition}), and what is left is told ({@link
 * VersionReport}). A function of the tracked communities and the found modules alone; how modules
 * are numbered does not matter.
 *
 * <p>O(nodes log nodes) a version.
 */
final class CommunityTracker {

  private final CommunityParameters parameters;

  CommunityTracker(CommunityParameters parameters) {
    this.parameters = parameters;
  }

  /** The next version of a channel. */
  CommunityVersion next(TrackedCommunities before, FoundModules foundModules) {
    var found = foundModules.inOrder();
    var transition = new Transition(before, found, parameters);
    var report = new VersionReport(before, found, transition, parameters);
    var memberships = memberships(before, found, transition, report);
    return new CommunityVersion(
        report.states(), report.events(), memberships, tracked(before, found, transition, report));
  }

  private static MembershipChange memberships(
      TrackedCommunities before, FoundModules found, Transition transition, VersionReport report) {
    var joined = new HashMap<String, String>();
    var left = new ArrayList<String>();
    boolean[] isHere = new boolean[before.size()];
    int[] known = transition.known();
    for (int node = 0; node < found.nodes(); node++) {
      int now = transition.community()[node];
      int then = known[node] == NONE ? NONE : before.nodes().community()[known[node]];
      if (known[node] != NONE) {
        isHere[known[node]] = true;
      }
      if (now != NONE && now != then) {
        joined.put(found.names()[node], report.id(now));
      } else if (now == NONE && then != NONE) {
        left.add(found.names()[node]);
      }
    }
    for (int place = 0; place < isHere.length; place++) {
      if (!isHere[place] && before.nodes().community()[place] != NONE) {
        left.add(before.name(place));
      }
    }
    left.sort(CodePointOrder::compare);
    return new MembershipChange(found.channel(), found.epoch(), joined, left);
  }

  private static TrackedCommunities tracked(
      TrackedCommunities before, FoundModules found, Transition transition, VersionReport report) {
    int[] places = new int[transition.slots()];
    List<LiveCommunity> live = new ArrayList<>();
    for (int slot = 0; slot < places.length; slot++) {
      places[slot] = NONE;
      if (report.live(slot) != null) {
        places[slot] = live.size();
        live.add(report.live(slot));
      }
    }
    var nodes =
        new TrackedCommunities.Nodes(
            found.modules(),
            placed(places, transition.community()),
            placed(places, transition.wanted()),
            transition.wantedFor(),
            report.shown());
    return new TrackedCommunities(
        before.versions() + 1,
        before.nextNumber() + transition.slots() - transition.olds(),
        found.lateContexts(),
        live,
        transition.pending(),
        found.names(),
        nodes);
  }

  private static int[] placed(int[] places, int[] slots) {
    int[] placed = new int[slots.length];
    Arrays.setAll(placed, node -> slots[node] == NONE ? NONE : places[slots[node]]);
    return placed;
  }
}
