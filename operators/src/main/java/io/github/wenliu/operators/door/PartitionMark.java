package io.github.wenliu.operators.door;

/**
 * The largest believed event time of one partition.
 *
 * @param topic topic
 * @param partition partition of that topic
 * @param markMillis epoch milliseconds
 */
public record PartitionMark(String topic, int partition, long markMillis) {}
