package io.github.wenliu.operators.cluster;

/**
 * A version of a channel's communities that is being made.
 *
 * @param epoch the version: all epochs up to it are in the graph, and none behind it
 * @param last whether the input has ended
 */
public record VersionRun(long epoch, boolean last) {}
