package io.github.wenliu.operators.newword;

/**
 * The symbols that a subtask has read for an epoch since it last said so.
 *
 * @param channel tenant
 * @param epoch the epoch that they count for
 * @param total their number
 * @param symbols occurrences of each, packed; see {@link SymbolCounts}
 */
public record EpochSymbols(String channel, long epoch, long total, byte[] symbols) {}
