package io.github.wenliu.operators.newword;

/**
 * What a subtask has read of a channel since it last said so.
 *
 * @param channel tenant
 * @param texts packed, each with its epoch; see {@link SymbolBuffer}
 */
public record SymbolBatch(String channel, byte[] texts) {}
