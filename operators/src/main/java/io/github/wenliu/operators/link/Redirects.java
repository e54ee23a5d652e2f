package io.github.wenliu.operators.link;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Which entries lead to which others: their names belong to the entry at the end of the chain,
 * whether or not that one is there yet. There are no cycles. A change costs O(length of the chain +
 * redirects that lead through what is changed); memory is some 200 bytes and its names a redirect.
 * Not thread-safe.
 */
final class Redirects {

  /** Most of a channel. */
  static final int MAX_OF_CHANNEL = 100_000;

  private final Map<String, Channel> channels = new HashMap<>();
  private final int most;

  private static final class Channel {
    private final Map<String, Redirect> bySource = new HashMap<>();

    /** By target: the ids that lead to it directly. */
    private final Map<String, TreeSet<String>> sources = new HashMap<>();

    /** The id at the end of a chain. */
    private String end(String id) {
      var at = id;
      for (var next = bySource.get(at); next != null; next = bySource.get(at)) {
        at = next.target();
      }
      return at;
    }

    /** All redirects that lead to an id, the nearest first. */
    private List<Redirect> leadingTo(String id) {
      var found = new ArrayList<Redirect>();
      var next = new ArrayDeque<String>(List.of(id));
      while (!next.isEmpty()) {
        for (String source : sources.getOrDefault(next.remove(), new TreeSet<>())) {
          found.add(bySource.get(source));
          next.add(source);
        }
      }
      return found;
    }

    private Redirect take(String id) {
      var taken = bySource.remove(id);
      if (taken != null) {
        var same = sources.get(taken.target());
        same.remove(id);
        if (same.isEmpty()) {
          sources.remove(taken.target());
        }
      }
      return taken;
    }

    private void put(Redirect redirect) {
      bySource.put(redirect.id(), redirect);
      sources.computeIfAbsent(redirect.target(), unused -> new TreeSet<>()).add(redirect.id());
    }
  }

  Redirects() {
    this(MAX_OF_CHANNEL);
  }

  /**
   * @param most redirects of a channel
   */
  Redirects(int most) {
    this.most = most;
  }

  /** Goes on from what was kept. */
  void restore(Collection<Redirect> kept) {
    kept.forEach(redirect -> channel(redirect.channel()).put(redirect));
  }

  /** All of them, in no order. */
  List<Redirect> all() {
    return channels.values().stream().flatMap(of -> of.bySource.values().stream()).toList();
  }

  int size() {
    int size = 0;
    for (var channel : channels.values()) {
      size += channel.bySource.size();
    }
    return size;
  }

  boolean contains(String channel, String id) {
    var of = channels.get(channel);
    return of != null && of.bySource.containsKey(id);
  }

  /** Why a redirect cannot be, in one line; {@code null} if it can. */
  String problem(Redirect redirect) {
    var channel = channel(redirect.channel());
    if (leadsThrough(channel, redirect.target(), redirect.id())) {
      return "the redirect to " + redirect.target() + " leads back to the entry itself";
    }
    if (channel.bySource.size() >= most && !channel.bySource.containsKey(redirect.id())) {
      return "the channel has " + most + " redirects, and may have no more";
    }
    return null;
  }

  private static boolean leadsThrough(Channel channel, String from, String id) {
    var at = from;
    while (!at.equals(id)) {
      var next = channel.bySource.get(at);
      if (next == null) {
        return false;
      }
      at = next.target();
    }
    return true;
  }

  /**
   * Takes a redirect that has no {@link #problem}, in place of the one of its id.
   *
   * @return what changes for the entries that it, and all that lead to it, meant and mean
   */
  List<KbUpdate> put(Redirect redirect, long epoch) {
    var channel = channel(redirect.channel());
    var id = redirect.id();
    var end = channel.end(id);
    var before = channel.take(id);
    channel.put(redirect);
    var updates = new ArrayList<KbUpdate>();
    var newEnd = channel.end(id);
    if (!newEnd.equals(end)) {
      if (before != null) {
        updates.add(left(redirect, end, epoch));
      }
      updates.add(came(redirect, newEnd, epoch));
      move(channel, id, end, newEnd, epoch, updates);
    } else if (!redirect.names().equals(before.names())) {
      updates.add(came(redirect, newEnd, epoch));
    }
    return updates;
  }

  /**
   * Forgets a redirect.
   *
   * @return what changes thereby; nothing if there is none
   */
  List<KbUpdate> remove(String channelName, String id, long epoch) {
    var channel = channel(channelName);
    var end = channel.end(id);
    var before = channel.take(id);
    if (before == null) {
      return List.of();
    }
    var updates = new ArrayList<KbUpdate>();
    updates.add(left(before, end, epoch));
    move(channel, id, end, id, epoch, updates);
    return Collections.unmodifiableList(updates);
  }

  /** All that lead to an id mean another entry than before. */
  private static void move(
      Channel channel, String id, String end, String newEnd, long epoch, List<KbUpdate> to) {
    for (var leading : channel.leadingTo(id)) {
      to.add(left(leading, end, epoch));
      to.add(came(leading, newEnd, epoch));
    }
  }

  private static KbUpdate left(Redirect redirect, String end, long epoch) {
    return KbUpdate.names(redirect.channel(), end, redirect.id(), List.of(), epoch);
  }

  private static KbUpdate came(Redirect redirect, String end, long epoch) {
    return KbUpdate.names(redirect.channel(), end, redirect.id(), redirect.names(), epoch);
  }

  private Channel channel(String name) {
    return channels.computeIfAbsent(name, unused -> new Channel());
  }
}
