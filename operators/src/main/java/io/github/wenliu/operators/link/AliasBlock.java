package io.github.wenliu.operators.link;

import java.util.List;

/**
 * A part of an {@link AliasIndex} as it is kept in a snapshot; all parts of all channels are the
 * index.
 *
 * @param channel tenant
 * @param hashes of aliases
 * @param entries under each of them
 * @param longest by head: length of the longest alias; empty in all parts of a channel but one
 * @param coming changes that are not folded yet
 * @param epochs that they belong to, with those in which no alias changed
 * @param folded newest epoch that was folded
 */
public record AliasBlock(
    String channel,
    long[] hashes,
    int[] entries,
    byte[] longest,
    List<AliasMark> coming,
    List<Long> epochs,
    long folded) {

  public AliasBlock {
    if (hashes.length != entries.length) {
      throw new IllegalArgumentException(hashes.length + " hashes, " + entries.length + " counts");
    }
    coming = List.copyOf(coming);
    epochs = List.copyOf(epochs);
  }
}
