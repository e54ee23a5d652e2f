package io.github.wenliu.operators.cluster;

import io.github.wenliu.operators.document.CodePointOrder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What is remembered of a channel's communities from version to version: where each node was found,
 * where it is published to be, and what waits to be confirmed. Never changed once made.
 *
 * <p>Packed: 21 bytes a node beside its name.
 */
final class TrackedCommunities {

  /** In place of a community or module: none. */
  static final int NONE = -1;

  /** Before the first version. */
  static final TrackedCommunities EMPTY =
      new TrackedCommunities(0, 1, 0, List.of(), new int[0], new String[0], room(0));

  /** Without the pulse of communities, and without contexts of late. */
  private static final byte FORMAT_BEFORE = 1;

  private static final byte FORMAT = 2;
  private static final int COMMUNITY_BYTES =
      2 * Long.BYTES + 3 * Integer.BYTES + Double.BYTES + Pulse.BYTES;
  private static final int NODE_BYTES = 4 * Integer.BYTES + 1;

  /**
   * Facts of the nodes, by their places among the names.
   *
   * @param module modules of the last partition that was found
   * @param community places of the published communities
   * @param wanted places of other communities in which they were found, but are not published yet
   * @param wantedFor in how many consecutive versions they were found there
   * @param shown whether they are among the members that were written
   */
  record Nodes(int[] module, int[] community, int[] wanted, int[] wantedFor, boolean[] shown) {}

  private final long versions;
  private final long nextNumber;
  private final double lateContexts;
  private final List<LiveCommunity> communities;
  private final int[] pending;
  private final String[] names;
  private final Nodes nodes;

  /**
   * @param versions how many there were
   * @param nextNumber of the next new community
   * @param lateContexts contexts of late in all
   * @param communities the published ones, oldest first
   * @param pending for each module, in how many consecutive versions it looked like a community
   *     that is not published yet
   * @param names the nodes, in the order of code points
   * @param nodes facts of the nodes
   */
  TrackedCommunities(
      long versions,
      long nextNumber,
      double lateContexts,
      List<LiveCommunity> communities,
      int[] pending,
      String[] names,
      Nodes nodes) {
    this.versions = versions;
    this.nextNumber = nextNumber;
    this.lateContexts = lateContexts;
    this.communities = List.copyOf(communities);
    this.pending = pending;
    this.names = names;
    this.nodes = nodes;
  }

  long versions() {
    return versions;
  }

  long nextNumber() {
    return nextNumber;
  }

  double lateContexts() {
    return lateContexts;
  }

  List<LiveCommunity> communities() {
    return communities;
  }

  int pending(int module) {
    return pending[module];
  }

  int modules() {
    return pending.length;
  }

  String name(int node) {
    return names[node];
  }

  int size() {
    return names.length;
  }

  Nodes nodes() {
    return nodes;
  }

  /**
   * The places here of other nodes, {@link #NONE} for new ones; both in the order of code points.
   */
  int[] places(String[] others) {
    int[] places = new int[others.length];
    int at = 0;
    for (int node = 0; node < others.length; node++) {
      while (at < names.length && CodePointOrder.compare(names[at], others[node]) < 0) {
        at++;
      }
      places[node] = at < names.length && names[at].equals(others[node]) ? at : NONE;
    }
    return places;
  }

  byte[] toByteArray() {
    var texts = new ArrayList<byte[]>();
    int room = 1 + 2 * Long.BYTES + Double.BYTES + (3 + pending.length) * Integer.BYTES;
    for (var community : communities) {
      texts.add(community.label().getBytes(StandardCharsets.UTF_8));
    }
    for (String name : names) {
      texts.add(name.getBytes(StandardCharsets.UTF_8));
    }
    for (byte[] text : texts) {
      room += Integer.BYTES + text.length;
    }
    room += communities.size() * COMMUNITY_BYTES + names.length * NODE_BYTES;
    var out = ByteBuffer.allocate(room);
    out.put(FORMAT).putLong(versions).putLong(nextNumber).putDouble(lateContexts);
    out.putInt(communities.size()).putInt(pending.length).putInt(names.length);
    for (byte[] text : texts) {
      out.putInt(text.length).put(text);
    }
    communities.forEach(community -> write(out, community));
    for (int versionsPending : pending) {
      out.putInt(versionsPending);
    }
    for (int node = 0; node < names.length; node++) {
      out.putInt(nodes.module()[node]).putInt(nodes.community()[node]);
      out.putInt(nodes.wanted()[node]).putInt(nodes.wantedFor()[node]);
      out.put((byte) (nodes.shown()[node] ? 1 : 0));
    }
    return out.array();
  }

  /**
   * @param packed what {@link #toByteArray} made, or {@code null} for none yet
   */
  static TrackedCommunities of(byte[] packed) {
    if (packed == null) {
      return EMPTY;
    }
    var in = ByteBuffer.wrap(packed);
    byte format = in.get();
    if (format != FORMAT && format != FORMAT_BEFORE) {
      throw new IllegalArgumentException("communities are packed in the unknown format " + format);
    }
    long versions = in.getLong();
    long nextNumber = in.getLong();
    double lateContexts = format == FORMAT ? in.getDouble() : 0;
    int communities = in.getInt();
    int[] pending = new int[in.getInt()];
    String[] names = new String[in.getInt()];
    String[] labels = new String[communities];
    readTexts(in, labels);
    readTexts(in, names);
    var live = new ArrayList<LiveCommunity>();
    for (String label : labels) {
      live.add(readCommunity(in, format, label));
    }
    for (int module = 0; module < pending.length; module++) {
      pending[module] = in.getInt();
    }
    return new TrackedCommunities(
        versions, nextNumber, lateContexts, live, pending, names, readNodes(in, names.length));
  }

  private static void write(ByteBuffer out, LiveCommunity community) {
    out.putLong(community.number()).putLong(community.bornMillis());
    out.putInt(community.sizeAtEvent()).putInt(community.fading()).putInt(community.size());
    out.putDouble(community.flow());
    var pulse = community.pulse();
    out.putDouble(pulse.late()).putDouble(pulse.silence());
    out.putDouble(pulse.expected()).putDouble(pulse.scatter());
  }

  private static LiveCommunity readCommunity(ByteBuffer in, byte format, String label) {
    long number = in.getLong();
    long bornMillis = in.getLong();
    int sizeAtEvent = in.getInt();
    int fading = in.getInt();
    int size = in.getInt();
    double flow = in.getDouble();
    var pulse =
        format == FORMAT
            ? new Pulse(in.getDouble(), in.getDouble(), in.getDouble(), in.getDouble())
            : Pulse.ofNew(0);
    return new LiveCommunity(number, bornMillis, sizeAtEvent, fading, pulse, label, size, flow);
  }

  private static Nodes readNodes(ByteBuffer in, int size) {
    var nodes = room(size);
    for (int node = 0; node < size; node++) {
      nodes.module()[node] = in.getInt();
      nodes.community()[node] = in.getInt();
      nodes.wanted()[node] = in.getInt();
      nodes.wantedFor()[node] = in.getInt();
      nodes.shown()[node] = in.get() != 0;
    }
    return nodes;
  }

  private static Nodes room(int size) {
    return new Nodes(new int[size], new int[size], new int[size], new int[size], new boolean[size]);
  }

  private static void readTexts(ByteBuffer in, String[] texts) {
    for (int i = 0; i < texts.length; i++) {
      byte[] bytes = new byte[in.getInt()];
      in.get(bytes);
      texts[i] = new String(bytes, StandardCharsets.UTF_8);
    }
  }
}
