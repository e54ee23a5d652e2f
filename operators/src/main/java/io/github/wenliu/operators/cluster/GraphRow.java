package io.github.wenliu.operators.cluster;

import it.unimi.dsi.fastutil.ints.IntArrayList;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A word and the edges that it owns as bytes: the length of its name and its UTF-16 units, its
 * weight, the number of edges, and of each, in ascending order, by how much the other word's number
 * exceeds the one before, and the weight. Behind them, of each edge, what was added of late; a row
 * of before there was that ends without, and nothing was. Whole numbers have seven bits a byte,
 * lowest first; weights are the eight bytes of a double, those of late the four of a float.
 *
 * @param name the word
 * @param weight decayed number of contexts with the word
 * @param others the numbers of the words at the other ends of the edges, ascending
 * @param weights of the edges
 * @param recent what was added to them of late
 */
record GraphRow(String name, double weight, int[] others, double[] weights, float[] recent) {

  private static final int COUNT_BITS = 7;
  private static final int COUNT_MASK = (1 << COUNT_BITS) - 1;
  private static final int LONGEST_UNIT = 3;
  private static final int LONGEST_COUNT = 5;

  /** The row of a word, with the edges that it owns. */
  static GraphRow of(String name, double weight, int id, EdgeTable edges) {
    var owned = new IntArrayList();
    for (int edge = edges.firstOf(id); edge >= 0; edge = edges.nextOf(edge)) {
      owned.add(edge);
    }
    owned.sort((a, b) -> Integer.compare(edges.other(a), edges.other(b)));
    int[] others = new int[owned.size()];
    double[] weights = new double[owned.size()];
    float[] recent = new float[owned.size()];
    for (int i = 0; i < others.length; i++) {
      others[i] = edges.other(owned.getInt(i));
      weights[i] = edges.weight(owned.getInt(i));
      recent[i] = edges.recent(owned.getInt(i));
    }
    return new GraphRow(name, weight, others, weights, recent);
  }

  byte[] toByteArray() {
    var out =
        ByteBuffer.allocate(
            LONGEST_COUNT * 2
                + Double.BYTES
                + name.length() * LONGEST_UNIT
                + others.length * (LONGEST_COUNT + Double.BYTES + Float.BYTES));
    putCount(out, name.length());
    for (int i = 0; i < name.length(); i++) {
      putCount(out, name.charAt(i));
    }
    out.putDouble(weight);
    putCount(out, others.length);
    int before = 0;
    for (int i = 0; i < others.length; i++) {
      putCount(out, others[i] - before);
      out.putDouble(weights[i]);
      before = others[i];
    }
    for (float late : recent) {
      out.putFloat(late);
    }
    return Arrays.copyOf(out.array(), out.position());
  }

  static GraphRow of(byte[] bytes) {
    var in = ByteBuffer.wrap(bytes);
    char[] name = new char[count(in)];
    for (int i = 0; i < name.length; i++) {
      name[i] = (char) count(in);
    }
    double weight = in.getDouble();
    int[] others = new int[count(in)];
    double[] weights = new double[others.length];
    int before = 0;
    for (int i = 0; i < others.length; i++) {
      before += count(in);
      others[i] = before;
      weights[i] = in.getDouble();
    }
    float[] recent = new float[others.length];
    for (int i = 0; in.hasRemaining() && i < recent.length; i++) {
      recent[i] = in.getFloat();
    }
    return new GraphRow(new String(name), weight, others, weights, recent);
  }

  private static void putCount(ByteBuffer out, int count) {
    int rest = count;
    while (rest > COUNT_MASK) {
      out.put((byte) (rest | COUNT_MASK + 1));
      rest >>>= COUNT_BITS;
    }
    out.put((byte) rest);
  }

  private static int count(ByteBuffer in) {
    int count = 0;
    int shift = 0;
    byte next;
    do {
      next = in.get();
      count |= (next & COUNT_MASK) << shift;
      shift += COUNT_BITS;
    } while (next < 0);
    return count;
  }
}
