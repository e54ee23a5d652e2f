/**
 * Files of documents, one a line: the one reader that every command shares, and sending what it
 * reads to Kafka.
 */
package io.github.wenliu.pipeline.files;
