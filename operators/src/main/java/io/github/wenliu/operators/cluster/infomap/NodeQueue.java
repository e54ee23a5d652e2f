package io.github.wenliu.operators.cluster.infomap;

/** Nodes that may want to move: a ring, in which each stands at most once. */
final class NodeQueue {

  private final int[] ring;
  private final boolean[] queued;
  private int head;
  private int waiting;

  NodeQueue(int nodes) {
    ring = new int[nodes];
    queued = new boolean[nodes];
  }

  boolean isEmpty() {
    return waiting == 0;
  }

  int size() {
    return waiting;
  }

  void add(int node) {
    if (!queued[node]) {
      int tail = head + waiting;
      ring[tail >= ring.length ? tail - ring.length : tail] = node;
      queued[node] = true;
      waiting++;
    }
  }

  /** Adds the neighbours of a node that are in other modules. */
  void addNeighbours(Rows rows, int[] module, int node) {
    int[] target = rows.target();
    int end = rows.end(node);
    for (int place = rows.begin(node); place < end; place++) {
      if (module[target[place]] != module[node]) {
        add(target[place]);
      }
    }
  }

  int take() {
    int node = ring[head];
    head = head + 1 == ring.length ? 0 : head + 1;
    waiting--;
    queued[node] = false;
    return node;
  }

  /** Puts those that wait in random order; only before the first is taken. */
  void shuffle(SplitMix chance) {
    chance.shuffle(ring, waiting);
  }

  void clear() {
    while (!isEmpty()) {
      take();
    }
  }
}
