/**
 * Bytes to documents and enriched documents to bytes: the contracts of the topics, without Kafka
 * and without Flink.
 */
package io.github.wenliu.pipeline.codec;
