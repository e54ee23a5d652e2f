package io.github.wenliu.operators.cluster.infomap;

import java.util.Arrays;

/** The modules of a node's neighbours, and the weight of its edges to each: of one at a time. */
final class Neighbourhood {

  /** The modules: the first {@link #size}. */
  private int[] near;

  private double[] link;
  private boolean[] isNear;
  private int size;

  Neighbourhood(int modules) {
    near = new int[modules];
    link = new double[modules];
    isNear = new boolean[modules];
  }

  /** Makes room for more modules. */
  void grow(int modules) {
    near = Arrays.copyOf(near, modules);
    link = Arrays.copyOf(link, modules);
    isNear = Arrays.copyOf(isNear, modules);
  }

  /** Looks around a node; what was there of another must be forgotten. */
  void gather(Rows rows, int[] module, int node) {
    int[] target = rows.target();
    double[] weight = rows.weight();
    int end = rows.end(node);
    int count = 0;
    for (int place = rows.begin(node); place < end; place++) {
      int candidate = module[target[place]];
      if (!isNear[candidate]) {
        isNear[candidate] = true;
        near[count++] = candidate;
      }
      link[candidate] += weight[place];
    }
    size = count;
  }

  int size() {
    return size;
  }

  /** One of the modules, by its rank in the order in which they came first. */
  int module(int rank) {
    return near[rank];
  }

  /** Weight of the edges to a module, 0 if it is not near. */
  double link(int module) {
    return link[module];
  }

  void forget() {
    for (int i = 0; i < size; i++) {
      link[near[i]] = 0;
      isNear[near[i]] = false;
    }
    size = 0;
  }
}
