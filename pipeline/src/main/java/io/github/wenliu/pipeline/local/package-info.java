/**
 * Everything on one machine: a real broker and a real Flink cluster from Maven artifacts. Not part
 * of the job jar.
 */
package io.github.wenliu.pipeline.local;
