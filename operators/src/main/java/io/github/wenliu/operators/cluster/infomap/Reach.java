package io.github.wenliu.operators.cluster.infomap;

import it.unimi.dsi.fastutil.ints.IntArrayList;
import java.util.Arrays;

/**
 * Whether nodes of a module still reach one another within it. Two of them are looked for at a
 * time, from both sides in turn: the side whose next row costs less goes on. So where a module has
 * fallen apart, only the smaller part is ever seen whole.
 *
 * <p>O(edges of the nodes reached): mostly of a few; twice those of the smaller part, if there are
 * two.
 */
final class Reach {

  private final Side side = new Side(1);
  private final Side other = new Side(2);

  /** Of each node the number of the side that has reached it, or 0. */
  private byte[] reachedBy = new byte[0];

  /** Makes room for more nodes. */
  void grow(int nodes) {
    reachedBy = Arrays.copyOf(reachedBy, nodes);
  }

  /**
   * Looks whether nodes reach one another.
   *
   * @param nodes nodes of one module
   * @return all nodes of a connected part of it that has some of these, but not all; none if there
   *     is no such part
   */
  int[] part(Rows rows, int[] module, IntArrayList nodes) {
    side.begin(rows, nodes.getInt(0));
    int[] part = new int[0];
    for (int i = 1; i < nodes.size() && part.length == 0; i++) {
      if (reachedBy[nodes.getInt(i)] == 0) {
        other.begin(rows, nodes.getInt(i));
        part = meet(rows, module);
      }
    }
    side.forget();
    other.forget();
    return part;
  }

  /** Goes on until the sides meet and are one, or one of them is whole. */
  private int[] meet(Rows rows, int[] module) {
    while (!side.isWhole() && !other.isWhole()) {
      boolean isOther = other.nextCost() < side.nextCost();
      if ((isOther ? other : side).advance(rows, module, (isOther ? side : other).number)) {
        side.join(other);
        return new int[0];
      }
    }
    return (side.isWhole() ? side : other).reached.toIntArray();
  }

  /** What has been reached from one node, or from several that are connected. */
  private final class Side {

    private final byte number;
    private final IntArrayList reached = new IntArrayList();

    /** Nodes of which the neighbours are still to be looked at, from {@link #head} on. */
    private final IntArrayList waiting = new IntArrayList();

    private int head;
    private long nextCost;

    Side(int number) {
      this.number = (byte) number;
    }

    void begin(Rows rows, int node) {
      head = 0;
      nextCost = rows.end(node) - rows.begin(node);
      reach(node);
    }

    private void reach(int node) {
      reachedBy[node] = number;
      reached.add(node);
      waiting.add(node);
    }

    boolean isWhole() {
      return head == waiting.size();
    }

    /** How many edges will have been looked at after the next row. */
    long nextCost() {
      return nextCost;
    }

    /**
     * Looks at the neighbours of the next node.
     *
     * @return whether the other side has reached one of these
     */
    boolean advance(Rows rows, int[] module, byte others) {
      int node = waiting.getInt(head);
      int[] target = rows.target();
      int end = rows.end(node);
      for (int place = rows.begin(node); place < end; place++) {
        int next = target[place];
        if (module[next] == module[node] && reachedBy[next] != number) {
          if (reachedBy[next] == others) {
            return true;
          }
          reach(next);
        }
      }
      if (++head < waiting.size()) {
        int next = waiting.getInt(head);
        nextCost += rows.end(next) - rows.begin(next);
      }
      return false;
    }

    /** Takes over what another has reached, which is connected with this. */
    void join(Side joined) {
      for (int i = 0; i < joined.reached.size(); i++) {
        reachedBy[joined.reached.getInt(i)] = number;
      }
      reached.addAll(joined.reached);
      for (int i = joined.head; i < joined.waiting.size(); i++) {
        waiting.add(joined.waiting.getInt(i));
      }
      joined.reached.clear();
      joined.waiting.clear();
    }

    void forget() {
      for (int i = 0; i < reached.size(); i++) {
        reachedBy[reached.getInt(i)] = 0;
      }
      reached.clear();
      waiting.clear();
    }
  }
}
