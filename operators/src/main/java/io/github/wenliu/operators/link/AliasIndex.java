package io.github.wenliu.operators.link;

import it.unimi.dsi.fastutil.longs.Long2IntOpenHashMap;
import it.unimi.dsi.fastutil.longs.Long2ObjectOpenHashMap;
import it.unimi.dsi.fastutil.longs.LongArrayList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which strings are aliases of the knowledge base, at any epoch that an open one may ask for. Knows
 * each alias by a 64-bit hash and the number of entries under it: 16 to 32 bytes, whatever its
 * length. Two strings of one hash are so unlikely that it does not matter: whoever asks for a wrong
 * one is answered with nothing.
 *
 * <p>Looking up is O(1); finding all aliases of a text is O(length) times the length of the longest
 * alias that begins with the same two characters, one step each. Not thread-safe.
 */
final class AliasIndex {

  /** Longest alias, in UTF-16 units of its normalised form. */
  static final int MAX_LENGTH = 64;

  /** Aliases of one part of a snapshot. */
  private static final int BLOCK = 1 << 15;

  /** Beginnings are told apart by so many bits. */
  private static final int HEAD_BITS = 16;

  private static final long PRIME = 0x9E3779B97F4A7C15L;

  private final Map<String, Channel> channels = new HashMap<>();

  /** What a channel knows. */
  private static final class Channel {
    /** Entries by hash of the alias, up to the epoch that was folded last. */
    private final Long2IntOpenHashMap entries = new Long2IntOpenHashMap();

    /** By hash: what is not folded yet. */
    private final Long2ObjectOpenHashMap<List<AliasMark>> coming = new Long2ObjectOpenHashMap<>();

    /** By head: length of the longest alias that ever began so. */
    private final byte[] longest = new byte[1 << HEAD_BITS];

    /**
     * Epochs in which something changed, above the one that was folded last: each with the hashes
     * of the aliases that did.
     */
    private final TreeMap<Long, LongArrayList> epochs = new TreeMap<>();

    /** Newest epoch with a change among what was folded; the least there is if none. */
    private long folded = Long.MIN_VALUE;
  }

  /** Hash of an alias in its normalised form. */
  static long hash(String alias) {
    long hash = 0;
    for (int i = 0; i < alias.length(); i++) {
      hash = step(hash, alias.charAt(i));
    }
    return finish(hash);
  }

  /** The hash of a string by its characters from left to right, before {@link #finish}. */
  static long step(long hash, char next) {
    return (hash + next + 1) * PRIME ^ hash >>> 29;
  }

  static long finish(long hash) {
    long mixed = (hash ^ hash >>> 32) * 0xD6E8FEB86659FD93L;
    return mixed ^ mixed >>> 32;
  }

  /** Hash of the first two characters. */
  static int head(String alias) {
    return head(alias.charAt(0), alias.length() > 1 ? alias.charAt(1) : 0);
  }

  static int head(char first, char second) {
    int mixed = (first * 31 + second) * 0x85EBCA6B;
    return (mixed ^ mixed >>> 15) & (1 << HEAD_BITS) - 1;
  }

  /** Takes a change of one alias. */
  void apply(AliasMark mark) {
    var channel = channels.computeIfAbsent(mark.channel(), name -> new Channel());
    if (mark.length() > 0) {
      channel.longest[mark.head()] = (byte) Math.max(channel.longest[mark.head()], mark.length());
    }
    if (mark.epoch() <= channel.folded) {
      // What holds for all time, by far the most.
      count(channel, mark);
      return;
    }
    var changed = channel.epochs.computeIfAbsent(mark.epoch(), epoch -> new LongArrayList());
    if (mark.length() > 0) {
      changed.add(mark.hash());
      channel.coming.computeIfAbsent(mark.hash(), hash -> new ArrayList<>(1)).add(mark);
    }
  }

  private static void count(Channel channel, AliasMark mark) {
    if (channel.entries.addTo(mark.hash(), mark.delta()) + mark.delta() == 0) {
      channel.entries.remove(mark.hash());
    }
  }

  /**
   * Forgets what was before an epoch.
   *
   * @param oldest the oldest epoch that anybody may still ask for
   */
  void fold(long oldest) {
    for (var channel : channels.values()) {
      while (!channel.epochs.isEmpty() && channel.epochs.firstKey() <= oldest) {
        var passed = channel.epochs.pollFirstEntry();
        channel.folded = passed.getKey();
        passed.getValue().forEach((long hash) -> fold(channel, hash));
      }
    }
  }

  private static void fold(Channel channel, long hash) {
    var coming = channel.coming.get(hash);
    if (coming == null) {
      // It changed more than once in the epoch.
      return;
    }
    for (var marks = coming.iterator(); marks.hasNext(); ) {
      var mark = marks.next();
      if (mark.epoch() <= channel.folded) {
        count(channel, mark);
        marks.remove();
      }
    }
    if (coming.isEmpty()) {
      channel.coming.remove(hash);
    }
  }

  /** The newest epoch, up to one, in which the channel's knowledge base changed; 0 if none. */
  long version(String channel, long entitled) {
    var of = channels.get(channel);
    if (of == null) {
      return 0;
    }
    Long open = of.epochs.floorKey(entitled);
    long version = open == null ? of.folded : open;
    return version == Long.MIN_VALUE ? 0 : version;
  }

  /** Length of the longest alias that may begin with these two characters; 0 if none does. */
  int longest(String channel, char first, char second) {
    var of = channels.get(channel);
    return of == null ? 0 : of.longest[head(first, second)];
  }

  /** Whether any entry stands under an alias of this hash at an epoch. */
  boolean contains(String channel, long hash, long entitled) {
    var of = channels.get(channel);
    if (of == null) {
      return false;
    }
    int entries = of.entries.get(hash);
    var coming = of.coming.get(hash);
    if (coming != null) {
      for (var mark : coming) {
        entries += mark.epoch() <= entitled ? mark.delta() : 0;
      }
    }
    return entries > 0;
  }

  /** How many different aliases there are, those of all channels and of open epochs together. */
  int size() {
    int size = 0;
    for (var channel : channels.values()) {
      size += channel.entries.size() + channel.coming.size();
    }
    return size;
  }

  /** The whole index, in parts of at most {@value #BLOCK} aliases. */
  List<AliasBlock> blocks() {
    var blocks = new ArrayList<AliasBlock>();
    channels.forEach((name, channel) -> addBlocks(name, channel, blocks));
    return blocks;
  }

  private static void addBlocks(String name, Channel channel, List<AliasBlock> to) {
    var coming = new ArrayList<AliasMark>();
    channel.coming.values().forEach(coming::addAll);
    long[] hashes = channel.entries.keySet().toLongArray();
    to.add(
        new AliasBlock(
            name,
            new long[0],
            new int[0],
            channel.longest.clone(),
            coming,
            List.copyOf(channel.epochs.keySet()),
            channel.folded));
    for (int from = 0; from < hashes.length; from += BLOCK) {
      long[] part = Arrays.copyOfRange(hashes, from, Math.min(from + BLOCK, hashes.length));
      int[] entries = Arrays.stream(part).mapToInt(channel.entries::get).toArray();
      to.add(
          new AliasBlock(name, part, entries, new byte[0], List.of(), List.of(), channel.folded));
    }
  }

  /** Takes a part of an index back in. */
  void restore(AliasBlock block) {
    var channel = channels.computeIfAbsent(block.channel(), name -> new Channel());
    channel.folded = block.folded();
    block.epochs().forEach(epoch -> channel.epochs.put(epoch, new LongArrayList()));
    for (int i = 0; i < block.longest().length; i++) {
      channel.longest[i] = block.longest()[i];
    }
    for (int i = 0; i < block.hashes().length; i++) {
      channel.entries.put(block.hashes()[i], block.entries()[i]);
    }
    for (var mark : block.coming()) {
      channel.epochs.get(mark.epoch()).add(mark.hash());
      channel.coming.computeIfAbsent(mark.hash(), hash -> new ArrayList<>(1)).add(mark);
    }
  }
}
