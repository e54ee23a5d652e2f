/**
 * Everything that touches Kafka: topics, clients, the source with its watermarks, the guarded
 * sinks, the preflight.
 */
package io.github.wenliu.pipeline.kafka;
